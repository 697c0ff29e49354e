import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Program } from '../program.ts';

/**
 * A small web shop. It reads its version and its way of being broken from the environment baked into its image:
 * VERSION, COMMIT; SHOP_HEALTH=failing, SHOP_HEALTHY_AFTER_MS, SHOP_ROOT_STATUS, SHOP_ERROR_BODY=true,
 * SHOP_SLOW_MS, SHOP_REPORTED_COMMIT (a stale build), SHOP_CRASH_AT_START=true, SHOP_CRASH_AFTER_MS, SHOP_EXIT_CODE
 * (of a crash and of `migrate`), SHOP_COMMAND_HANGS=true, SHOP_IGNORE_SIGTERM=true, SHOP_SAYS (logged at start).
 * The command `work` runs until it is stopped, as a worker does.
 */
export const run: Program['run'] = (command, env) => {
  const exitCode = Number(env.SHOP_EXIT_CODE ?? 0);
  if (env.SHOP_SAYS !== undefined) print(env.SHOP_SAYS);
  if (command[0] === 'work' || (command.length > 0 && env.SHOP_COMMAND_HANGS === 'true')) work(command);
  else if (command.length > 0) runCommand(command, exitCode);
  else if (env.SHOP_CRASH_AT_START === 'true') crash('cannot read the catalogue', exitCode);
  else serve(env, exitCode);
};

function serve(env: Environment, exitCode: number): void {
  if (env.SHOP_CRASH_AFTER_MS !== undefined) {
    setTimeout(() => crash('out of memory', exitCode), Number(env.SHOP_CRASH_AFTER_MS));
  }
  if (env.SHOP_IGNORE_SIGTERM === 'true') process.on('SIGTERM', () => print('SIGTERM ignored'));
  const pages = pagesOf(env);
  const warmingUp = { ...pages, '/healthz': json({ status: 'warming up' }, 503) };
  const healthyAt = performance.now() + Number(env.SHOP_HEALTHY_AFTER_MS ?? 0);
  const slowMs = Number(env.SHOP_SLOW_MS ?? 0);
  const server = createServer((request, response) => {
    const now = performance.now() < healthyAt ? warmingUp : pages;
    setTimeout(() => answer(now, request, response), slowMs);
  });
  server.listen(Number(env.PORT), '127.0.0.1', () => print(`shop ${env.VERSION} listens on ${env.PORT}`));
}

interface Page {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

type Environment = Parameters<Program['run']>[1];

type Pages = Readonly<Record<string, Page>>;

function pagesOf(env: Environment): Pages {
  const version = env.VERSION ?? 'v0';
  const commit = env.SHOP_REPORTED_COMMIT ?? env.COMMIT ?? '';
  const hash = createHash('sha256').update(`${version} ${env.COMMIT}`).digest('hex').slice(0, 8);
  const items = [
    { id: 1, name: 'Rope', price: 39 },
    { id: 2, name: 'Harness', price: 89 },
  ];
  const root = Number(env.SHOP_ROOT_STATUS ?? 200);
  const home =
    env.SHOP_ERROR_BODY === 'true' ? json({ error: 'database is read-only' }) : html(version, hash);
  return {
    '/': { ...home, status: root },
    '/healthz': env.SHOP_HEALTH === 'failing' ? json({ status: 'failing' }, 500) : json({ status: 'ok' }),
    '/version.json': json({ version, commit }),
    '/api/items': json({ items }),
    [`/assets/app-${hash}.js`]: page('text/javascript', `document.title = 'Shop ${version}';\n`),
    [`/assets/app-${hash}.css`]: page('text/css', 'body { font: 1rem sans-serif }\n'),
  };
}

function answer(pages: Pages, request: IncomingMessage, response: ServerResponse): void {
  const [path = '/'] = (request.url ?? '/').split('?');
  const { status, type, body } = pages[path] ?? json({ error: `nothing at ${path}` }, 404);
  if (path !== '/healthz') print(`${request.method} ${path} ${status}`);
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

function html(version: string, hash: string): Page {
  const head = `<title>Shop</title><link rel="stylesheet" href="/assets/app-${hash}.css"><script src="/assets/app-${hash}.js" defer></script>`;
  return page(
    'text/html',
    `<!doctype html><html><head>${head}</head><body><h1>Shop ${version}</h1></body></html>\n`,
  );
}

function json(value: object, status = 200): Page {
  return { status, type: 'application/json; charset=utf-8', body: JSON.stringify(value) };
}

function page(type: string, body: string): Page {
  return { status: 200, type: `${type}; charset=utf-8`, body };
}

function runCommand([name = '']: readonly string[], exitCode: number): void {
  print(`running ${name}`);
  if (name !== 'migrate') {
    crash(`${name}: command not found`, 127);
    return;
  }
  print(exitCode === 0 ? 'migrated 3 tables' : 'migration 0007 failed: column exists');
  process.exitCode = exitCode;
}

function work([name = '']: readonly string[]): void {
  print(`running ${name}`);
  setInterval(() => {}, 60_000);
}

function crash(why: string, exitCode: number): void {
  process.stderr.write(`fatal: ${why}\n`, () => process.exit(exitCode === 0 ? 1 : exitCode));
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
