import type { Program } from '../program.ts';

const { createServer } = process.getBuiltinModule('node:http');

/**
 * A private service: nothing outside reaches it, and the platform's own checks ask its `/healthz`.
 * WORKER_HEALTH=failing makes that answer 500. With WORKER_ENDS_AFTER_MS it ends by itself, with WORKER_EXIT_CODE (0).
 */
export const run: Program['run'] = (_, env) => {
  const { WORKER_ENDS_AFTER_MS: endsAfterMs, WORKER_EXIT_CODE: code = '0' } = env;
  if (endsAfterMs !== undefined) setTimeout(() => process.exit(Number(code)), Number(endsAfterMs));
  const failing = env.WORKER_HEALTH === 'failing';
  const body = failing ? 'the queue does not answer' : 'ok';
  const server = createServer((_, response) => response.writeHead(failing ? 500 : 200).end(body));
  server.listen(Number(env.LOOPBACK_PORT), '127.0.0.1', () =>
    process.stdout.write(`worker waits on ${env.PORT}\n`),
  );
};
