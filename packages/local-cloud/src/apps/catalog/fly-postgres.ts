import { createServer } from 'node:http';
import type { Program } from '../program.ts';

/** The part of a Fly Postgres machine that answers its checks: POSTGRES_ROLE says which of the cluster it is. */
export const run: Program['run'] = (_command, env) => {
  const findings: Readonly<Record<string, string>> = {
    '/flycheck/pg': '[✓] connections: 16 used, 3 reserved, 300 max (4.9ms)',
    '/flycheck/role': env.POSTGRES_ROLE ?? 'replica',
    '/flycheck/vm': '[✓] checkDisk: 900 MB (90.0%) free space on /data/ (51.9µs)',
  };
  const server = createServer(({ url = '/' }, response) => {
    const finding = findings[url];
    response.writeHead(finding === undefined ? 404 : 200, { 'content-type': 'text/plain' });
    response.end(finding ?? 'not found');
  });
  server.listen(Number(env.LOOPBACK_PORT), '127.0.0.1');
};
