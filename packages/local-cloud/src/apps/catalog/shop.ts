import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Environment, Program } from '../program.ts';
import { databaseAnswers } from './shop/database.ts';
import { joinLive } from './shop/live.ts';
import { json, type Page, pagesOf } from './shop/pages.ts';

// An `import` of it reads every export, and one of those loads a whole HTTP client: 40 ms of each start.
const { createServer } = process.getBuiltinModule('node:http');

export const commands: Program['commands'] = ['migrate', 'work'];

/**
 * A small web shop. It reads its version and its way of being broken from the environment baked into its image:
 * VERSION, COMMIT; SHOP_CRASH_AT_START=true, SHOP_CRASH_AFTER_MS, SHOP_EXIT_CODE (of a crash and of `migrate`),
 * SHOP_COMMAND_HANGS=true, SHOP_IGNORE_SIGTERM=true, SHOP_SAYS (logged at start), SHOP_HEALTHY_AFTER_MS, SHOP_SLOW_MS, SHOP_LIVE=refused,
 * SHOP_HOSTILE (see `shop/hostile.ts`), SHOP_WITHOUT_HEADER (a security header left out), DATABASE_URL (what `/api/orders` needs), and those of its pages.
 * SHOP_ENDS_AFTER_MS: the web process ends by itself, in good order. The command `work` runs until it is stopped, as a
 * worker does; with SHOP_WORK_ENDS_AFTER_MS it ends by itself, with SHOP_WORK_EXIT_CODE (0).
 */
export const run: Program['run'] = (command, env) => {
  const exitCode = Number(env.SHOP_EXIT_CODE ?? 0);
  if (env.SHOP_SAYS !== undefined) print(env.SHOP_SAYS);
  if (command[0] === 'work' || (command.length > 0 && env.SHOP_COMMAND_HANGS === 'true')) work(command, env);
  else if (command.length > 0) runCommand(command, exitCode);
  else if (env.SHOP_CRASH_AT_START === 'true') crash('cannot read the catalogue', exitCode);
  else serve(env, exitCode);
};

function serve(env: Environment, exitCode: number): void {
  if (env.SHOP_CRASH_AFTER_MS !== undefined) {
    setTimeout(() => crash('out of memory', exitCode), Number(env.SHOP_CRASH_AFTER_MS));
  }
  if (env.SHOP_ENDS_AFTER_MS !== undefined) end('all sold', { afterMs: env.SHOP_ENDS_AFTER_MS, code: 0 });
  if (env.SHOP_IGNORE_SIGTERM === 'true') process.on('SIGTERM', () => print('SIGTERM ignored'));
  const shop = openShop(env);
  const slowMs = Number(env.SHOP_SLOW_MS ?? 0);
  const server = createServer((request, response) => {
    setTimeout(() => void shop.answer(request, response), slowMs);
  });
  server.on('upgrade', (request, socket, head) => {
    const path = pathOf(request);
    const welcome = path === '/live' && env.SHOP_LIVE !== 'refused';
    print(`UPGRADE ${path} ${welcome ? 101 : 403}`);
    if (welcome) void joinLive(request, socket, head);
    else socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
  });
  server.listen(Number(env.LOOPBACK_PORT), '127.0.0.1', () =>
    print(`shop ${env.VERSION} listens on ${env.PORT}`),
  );
}

const securityHeaders: Readonly<Record<string, string>> = {
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'content-security-policy': "default-src 'self'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'strict-origin-when-cross-origin',
};

function openShop(env: Environment) {
  const healthyAt = performance.now() + Number(env.SHOP_HEALTHY_AFTER_MS ?? 0);
  const { [env.SHOP_WITHOUT_HEADER ?? '']: _, ...security } = securityHeaders;
  // Made when first asked for: an instance that is only started and probed for its health needs none.
  let pages: Readonly<Record<string, Page>> | undefined;

  async function pageAt(path: string): Promise<Page> {
    if (path === '/healthz' && performance.now() < healthyAt) return json({ status: 'warming up' }, 503);
    if (path === '/healthz') return health(env);
    if (path === '/api/orders') return orders(env);
    pages ??= pagesOf(env);
    return pages[path] ?? json({ error: `nothing at ${path}` }, 404);
  }

  return {
    async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
      const path = pathOf(request);
      if (env.SHOP_HOSTILE !== undefined) {
        const { hostileAnswer } = await import('./shop/hostile.ts');
        const hostile = hostileAnswer(env.SHOP_HOSTILE, path);
        if (hostile !== undefined) return hostile(request, response);
      }
      const { status, headers, body } = await pageAt(path);
      if (path !== '/healthz') print(`${request.method} ${path} ${status}`);
      response.writeHead(status, { ...security, ...headers, 'content-length': Buffer.byteLength(body) });
      response.end(request.method === 'HEAD' ? undefined : body);
    },
  };
}

function health(env: Environment): Page {
  return env.SHOP_HEALTH === 'failing' ? json({ status: 'failing' }, 500) : json({ status: 'ok' });
}

async function orders({ DATABASE_URL: url }: Environment): Promise<Page> {
  if (url !== undefined && !(await databaseAnswers(url))) {
    return json({ error: 'the database does not answer' }, 500);
  }
  return json({ orders: [{ id: 1, item: 2 }] });
}

function pathOf({ url = '/' }: IncomingMessage): string {
  return url.replace(/\?.*$/, '');
}

function runCommand([name = '']: readonly string[], exitCode: number): void {
  print(`running ${name}`);
  print(exitCode === 0 ? 'migrated 3 tables' : 'migration 0007 failed: column exists');
  process.exitCode = exitCode;
}

function work([name = '']: readonly string[], env: Environment): void {
  print(`running ${name}`);
  setInterval(() => {}, 60_000);
  const { SHOP_WORK_ENDS_AFTER_MS: afterMs, SHOP_WORK_EXIT_CODE: code = '0' } = env;
  if (name === 'work' && afterMs !== undefined) end('nothing left to do', { afterMs, code: Number(code) });
}

function end(why: string, { afterMs, code }: { afterMs: string; code: number }): void {
  setTimeout(() => process.stdout.write(`${why}\n`, () => process.exit(code)), Number(afterMs));
}

function crash(why: string, exitCode: number): void {
  process.stderr.write(`fatal: ${why}\n`, () => process.exit(exitCode === 0 ? 1 : exitCode));
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
