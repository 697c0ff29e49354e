import { createServer } from 'node:http';
import { createServer as createGrpcServer } from 'node:http2';
import type { Server } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { check, closeServers, refusingUrl } from './loopback.ts';
import { testRoot, trustTestRoot } from './secure-loopback.ts';

beforeAll(trustTestRoot);
afterEach(closeServers);

const commit = 'c'.repeat(40);
const pages: Readonly<Record<string, readonly [string, string]>> = {
  '/': ['text/html', '<script src="/app.js"></script>'],
  '/app.js': ['text/javascript', 'start()'],
  '/version.json': ['application/json', JSON.stringify({ commit })],
};
const web = createServer((request, response) => {
  const [type, body] = pages[request.url?.split('?')[0] ?? ''] ?? ['text/plain', ''];
  response.setHeader('content-type', type);
  response.end(body);
});
const grpc = createGrpcServer().on('stream', (stream) => {
  const head = { ':status': 200, 'content-type': 'application/grpc' };
  stream.respond(head, { waitForTrailers: true });
  stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
  stream.end(Buffer.from([0, 0, 0, 0, 2, 0x08, 1]));
});
const secure = createTlsServer(testRoot.leaf({ names: ['shop.example'] }));

/** A port where nothing listens yet, and how that changes. */
async function closedPort(server: Server): Promise<{ readonly port: number; open(): void }> {
  const port = Number(new URL(await refusingUrl()).port);
  return {
    port,
    open: () => {
      server.listen(port, '127.0.0.1');
    },
  };
}

it('asks a check of every type again that finds nobody at first', { timeout: 30_000 }, async () => {
  const [http, rpc, tls] = await Promise.all([web, grpc, secure].map(closedPort));
  const host = 'host: 127.0.0.1';
  const checks = `target: http://127.0.0.1:${http?.port}
checks:
- { name: http, http: GET /, expect: { status: 200 } }
- { name: assets, assets: / }
- { name: tcp, tcp: { ${host}, port: ${http?.port} } }
- { name: tls, tls: { ${host}, port: ${tls?.port}, server-name: shop.example } }
- { name: grpc, grpc: { ${host}, port: ${rpc?.port}, tls: false } }
scenarios:
- { name: visit, steps: [{ name: home, http: GET /, expect: { status: 200 } }] }
`;
  const release = `target: http://127.0.0.1:${http?.port}
release: { path: /version.json, jsonpath: $.commit }
`;
  const first = new Set<string>();
  const openLate = ({ check: name, outcome }: { check: string; outcome: string }) => {
    first.add(`${name}: ${outcome}`);
    if (first.size === 7) for (const one of [http, rpc, tls]) one?.open();
  };
  const options = { looksTwice: true, onProgress: openLate, variables: { sha: commit } };
  const reports = await Promise.all([checks, release].map((text) => check(text, options)));
  const seen = reports.flatMap(({ results }) =>
    results.map(({ name, outcome, attemptCount }) => `${name}: ${outcome}, attempt ${attemptCount}`),
  );
  expect(seen).toEqual([
    'http: pass, attempt 2',
    'assets: pass, attempt 2',
    'tcp: pass, attempt 2',
    'tls: pass, attempt 2',
    'grpc: pass, attempt 2',
    'visit / home: pass, attempt 2',
    'release: pass, attempt 2',
  ]);
  for (const server of [web, grpc, secure]) server.close();
});
