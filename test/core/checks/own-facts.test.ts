import type { Answer } from 'dns-packet';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { systemClock } from '../../../packages/core/src/io/clock.ts';
import { createTools } from '../../../packages/core/src/io/process/create-tools.ts';
import type { InstanceHealth } from '../../../packages/core/src/platforms/platform.ts';
import { selfSigned } from '../../support/certificates.ts';
import { lastAttempt } from './last-attempt.ts';
import { closeServers, serve, serveSocket } from './loopback.ts';
import { postgresServer, rows } from './postgres-server.ts';
import { serveTls, testRoot, trustTestRoot } from './secure-loopback.ts';
import { closeSockets, type GrpcAnswer, serveDns, serveHealth, serveWebSocket } from './small-servers.ts';

beforeAll(trustTestRoot);
afterEach(() => {
  closeServers();
  closeSockets();
});

const grpc = (answer: GrpcAnswer) => async () =>
  `grpc: { host: 127.0.0.1, port: ${await serveHealth(answer)}, tls: false }`;
const a: Answer = { type: 'A', name: 'shop.example', ttl: 60, data: '192.0.2.1' };
const dns =
  (rcode: number, answers: readonly Answer[] = [], more = '') =>
  async () =>
    `dns: { name: shop.example, server: "127.0.0.1:${(await serveDns({ rcode, answers })).port}"${more} }`;
const tls =
  (identity: Parameters<typeof serveTls>[0], type = 'tls') =>
  async () =>
    `${type}: { host: 127.0.0.1, port: ${await serveTls(identity)}, server-name: shop.example${type === 'tcp' ? ', tls: true' : ''} }`;
const websocket =
  (onConnection: (socket: WebSocket) => void, more = '') =>
  async () =>
    `websocket: { url: "ws://127.0.0.1:${await serveWebSocket(onConnection)}/"${more} }`;
const postgres =
  (...found: readonly string[]) =>
  async () =>
    `postgres: "postgres://app@${await postgresServer({ query: rows(...found) })}/shop"`;
const redis = (reply: string) => async () => {
  const url = await serveSocket((socket) => socket.once('data', () => socket.write(reply)));
  return `redis: ${url.replace('http', 'redis')}`;
};
const http = (status: number) => async () =>
  `http: ${await serve((_, response) => response.writeHead(status).end('ok'))}`;
const exec = (code: number) => async () =>
  `exec: [${JSON.stringify(process.execPath)}, -e, "console.log('ok'); process.exit(${code})"]`;
const fly = (...machines: readonly InstanceHealth[]) =>
  Object.assign(async () => 'fly-machines: true', { machines });
const machine = (instance: string, healthy: boolean): InstanceHealth => ({
  instance,
  healthy,
  note: 'checked',
  atRest: false,
  checks: 1,
});

const expired = testRoot.leaf({ names: ['shop.example'], from: -30, to: -3 });
const early = testRoot.leaf({ names: ['shop.example'], from: 3, to: 30 });
const foreign = testRoot.leaf({ names: ['other.example'] });
const own = selfSigned({ names: ['shop.example'] });
const ownExpired = selfSigned({ names: ['shop.example'], from: -30, to: -3 });

async function judged(
  make: (() => Promise<string>) & { machines?: readonly InstanceHealth[] },
  expected: string,
) {
  const said = expected === '' ? '' : `\n  expect: { ${expected} }`;
  const { outcome } = await lastAttempt(`- name: c\n  ${await make()}${said}\n  timeout: 2s`, {
    tools: createTools({ clock: systemClock, print: () => {} }),
    platformHealth: async () => make.machines ?? [],
  });
  return outcome;
}

/** One fact that does not hold: what is asserted besides it, and what is said of the very fact. */
type Row = readonly [fact: string, server: Parameters<typeof judged>[0], besides: string, itself: string];

const facts: readonly Row[] = [
  ['grpc: the health', grpc({ health: 2 }), 'grpc-status: 0', 'health: NOT_SERVING'],
  [
    'grpc: the health, where the status may be anything',
    grpc({ health: 2 }),
    'grpc-status: { gte: 0 }',
    'health: { exists: true }',
  ],
  [
    'grpc: the health, where a failure is allowed too',
    grpc({ health: 2 }),
    'grpc-status: { in: [0, 5] }',
    'health: { in: [SERVING, NOT_SERVING] }',
  ],
  ['grpc: the status', grpc({ status: 5 }), 'health: { exists: false }', 'grpc-status: 5'],
  ['grpc: the status, of several', grpc({ status: 5 }), 'grpc-message: ""', 'grpc-status: { in: [0, 5] }'],
  ['grpc: the status, not OK', grpc({ status: 5 }), 'duration: { lt: 2s }', 'grpc-status: { not-equals: 0 }'],
  [
    'grpc: the status, above OK',
    grpc({ status: 5 }),
    'header: { content-type: application/grpc }',
    'grpc-status: { gt: 0 }',
  ],
  [
    'grpc: that there is a status',
    grpc({ status: 'none' }),
    'health: SERVING',
    'grpc-status: { exists: false }',
  ],
  ['dns: an answer', dns(0), 'rcode: NOERROR', 'answers: { count: 0 }'],
  [
    'dns: an answer, where the code may be many',
    dns(0),
    'rcode: { not-equals: SERVFAIL }',
    'answers: { exists: false }',
  ],
  [
    'dns: an answer, where it is spoken of',
    dns(0),
    'answers: { not-contains: 192.0.2.9 }',
    'answers: { empty: true }',
  ],
  ['dns: an answer, by its count', dns(0), 'duration: { lt: 2s }', 'answers: { count: { lte: 3 } }'],
  ['dns: the code', dns(3), 'answers: { count: 0 }', 'rcode: NXDOMAIN'],
  ['dns: the code, of several', dns(3), 'answers: { empty: true }', 'rcode: { in: [NOERROR, NXDOMAIN] }'],
  ['dns: the code, not good', dns(3), 'answers: { exists: false }', 'rcode: { not-equals: NOERROR }'],
  ['dns: the code, by a pattern', dns(3), 'duration: { lt: 2s }', 'rcode: { starts-with: NX }'],
  ['dns: the wanted code', dns(0, [a], ', rcode: NXDOMAIN'), 'answers: 192.0.2.1', 'rcode: NOERROR'],
  [
    'tls: the chain',
    tls(own),
    'self-signed: true, host-matches: true, days-left: { gte: 1 }',
    'trusted: false',
  ],
  ['tls: the name', tls(foreign), 'trusted: true, days-left: { gte: 1 }', 'host-matches: false'],
  ['tls: the end', tls(expired), 'host-matches: true, trusted: false', 'days-left: { lt: 0 }'],
  ['tls: the end, of its own', tls(expired), 'version: { gte: 1.2 }', 'leaf-days-left: { lt: 0 }'],
  [
    'tls: the end, of one that nobody vouches for',
    tls(ownExpired),
    'trusted: false',
    'trusted: false, days-left: { lt: 0 }',
  ],
  ['tls: the beginning', tls(early), 'trusted: false, days-left: { gte: 1 }', 'valid-from: { exists: true }'],
  ['tcp: the chain', tls(own, 'tcp'), 'host-matches: true, self-signed: true', 'trusted: false'],
  ['tcp: the name', tls(foreign, 'tcp'), 'trusted: true', 'host-matches: false'],
  ['tcp: the end', tls(expired, 'tcp'), 'trusted: false', 'days-left: { lt: 0 }'],
  ['websocket: how it ends', websocket((one) => one.close(1011)), 'status: 101', 'close-code: 1011'],
  [
    'websocket: how it ends, a little later',
    websocket((one) => setTimeout(() => one.close(1011), 100)),
    'header: { upgrade: websocket }',
    'close-code: 1011',
  ],
  [
    'websocket: how it ends, after a message',
    websocket((one) => one.send('hi', () => one.close(1013))),
    'message: hi',
    'close-code: 1013',
  ],
  [
    'websocket: how it ends, in pieces',
    websocket((one) => one.terminate()),
    'duration: { lt: 2s }',
    'close-code: 1006',
  ],
  [
    'websocket: how it ends, after the dialogue',
    websocket(
      (one) => one.on('message', () => one.send('pong', () => one.close(1011))),
      ', send: ping, expect: pong',
    ),
    'messages: { count: 1 }',
    'close-code: 1011',
  ],
  [
    'websocket: the upgrade',
    async () => `websocket: ${(await http(403)()).slice(6)}`,
    'header: { date: { exists: true } }',
    'status: 403',
  ],
  ['postgres: a row', postgres(), 'value: { exists: false }', 'rows: { count: 0 }'],
  [
    'postgres: a row, where they are spoken of',
    postgres(),
    'rows: { not-contains: broken }',
    'rows: { empty: true }',
  ],
  ['redis: PONG', redis('+HELLO\r\n'), 'duration: { lt: 2s }', 'reply: HELLO'],
  ['exec: the exit code', exec(3), 'stdout: ok', 'exit-code: 3'],
  ['fly-machines: one at least', fly(), 'failing: { empty: true }', 'machines: 0'],
  [
    'fly-machines: none that fails',
    fly(machine('m1', true), machine('m2', false)),
    'machines: 2',
    'passing: { gte: 50% }',
  ],
];

describe('what a type asserts by itself is switched off by naming that very fact', () => {
  it.each(facts)('%s', async (_, server, besides, itself) => {
    const outcomes = [await judged(server, ''), await judged(server, besides), await judged(server, itself)];
    expect(outcomes).toEqual(['fail', 'fail', 'pass']);
  });
});

it('an http check, which must assert something, has a good status unless that is named', async () => {
  const besides = 'body: ok, header: { date: { exists: true } }';
  expect([await judged(http(500), besides), await judged(http(500), 'status: 500')]).toEqual([
    'fail',
    'pass',
  ]);
});

describe('an answer that holds in all its facts passes, whichever are named', () => {
  it.each<[string, () => Promise<string>, string]>([
    ['grpc', grpc({}), 'grpc-status: 0'],
    ['grpc, both', grpc({}), 'grpc-status: 0, health: SERVING'],
    ['dns', dns(0, [a]), 'rcode: NOERROR'],
    ['dns, any code', dns(0, [a]), 'rcode: { in: [NOERROR, NXDOMAIN] }'],
    ['websocket that stays', websocket(() => {}), 'status: 101'],
    ['websocket that is closed well', websocket((one) => one.close(1000)), 'status: 101'],
    ['websocket that is closed without a code', websocket((one) => one.close()), 'status: 101'],
    ['websocket that does not know us', websocket((one) => one.close(4401, 'who?')), 'status: 101'],
  ])('%s', async (_, server, expected) => {
    expect([await judged(server, ''), await judged(server, expected)]).toEqual(['pass', 'pass']);
  });
});

describe('gRPC over another HTTP status than 200 fails', () => {
  it.each(['', 'grpc-status: 0', 'health: SERVING', 'grpc-status: 0, health: SERVING'])(
    'whatever is asserted: %s',
    async (expected) => {
      expect(await judged(grpc({ http: 503 }), expected)).toBe('fail');
    },
  );
});
