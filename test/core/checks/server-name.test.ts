import { createServer } from 'node:https';
import type { TLSSocket } from 'node:tls';
import { createSecureContext } from 'node:tls';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { serverNameOf } from '../../../packages/core/src/checks/exchange/server-name.ts';
import { connectProxy } from '../../support/connect-proxy.ts';
import { lastAttempt } from './last-attempt.ts';
import { closeServers, listen } from './loopback.ts';
import { testRoot, trustTestRoot } from './secure-loopback.ts';

beforeAll(trustTestRoot);
afterEach(closeServers);

it.each([
  ['shop.example.', 'shop.example'],
  ['shop.example', 'shop.example'],
  ['127.0.0.1', ''],
  ['::1', ''],
])('the name to ask for of %s is %j', (host, name) => {
  expect(serverNameOf(host)).toBe(name);
});

describe('a host with a dot at its end is asked for without it', () => {
  it.each([
    ['http', '{ name: c, http: "https://shop.example.:PORT/", expect: { status: 200 } }'],
    [
      'http, by its server-name',
      '{ name: c, http: { url: "https://shop.example:PORT/", tls: { server-name: shop.example. } }, expect: { status: 200 } }',
    ],
    ['tls', '{ name: c, tls: "shop.example.:PORT" }'],
    ['tcp', '{ name: c, tcp: { host: shop.example., port: PORT, tls: true } }'],
    ['redis', '{ name: c, redis: "rediss://shop.example.:PORT/0", expect: { duration: { lt: 5s } } }'],
  ])('%s', async (_, text) => {
    const identity = testRoot.leaf({ names: ['shop.example'] });
    const asked: string[] = [];
    const server = createServer(
      {
        ...identity,
        SNICallback: (name, done) => {
          asked.push(name);
          done(null, createSecureContext(identity));
        },
      },
      (_, response) => response.end('ok'),
    );
    server.on('secureConnection', (socket: TLSSocket) => socket.on('error', () => {}));
    const proxy = await connectProxy({ kind: 'tunnels', to: await listen(server) });
    await using _proxy = proxy;
    const env = { https_proxy: `http://127.0.0.1:${proxy.port}` };
    await lastAttempt(`- ${text.replaceAll('PORT', '4443')}`, { env });
    expect([...new Set(asked)]).toEqual(['shop.example']);
  });
});
