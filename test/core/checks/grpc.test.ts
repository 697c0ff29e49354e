// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the check language
import {
  createSecureServer,
  createServer,
  type IncomingHttpHeaders,
  type ServerHttp2Stream,
} from 'node:http2';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { selfSigned } from '../../support/certificates.ts';
import { connectProxy } from '../../support/connect-proxy.ts';
import { lastAttempt } from './last-attempt.ts';
import { closeServers, listen, refusingUrl, serve, serveSocket } from './loopback.ts';
import { serveTls, testRoot, trustTestRoot } from './secure-loopback.ts';

beforeAll(trustTestRoot);
afterEach(closeServers);

type OnCall = (stream: ServerHttp2Stream, headers: IncomingHttpHeaders, message: Buffer) => void;

/** A gRPC server in the clear; answers its port. */
function serveGrpc(onCall: OnCall, server = createServer()): Promise<number> {
  server.on('sessionError', () => {});
  server.on('stream', (stream, headers) => {
    stream.on('error', () => {});
    const pieces: Buffer[] = [];
    stream.on('data', (piece: Buffer) => pieces.push(piece));
    stream.on('end', () => onCall(stream, headers, Buffer.concat(pieces)));
  });
  return listen(server);
}

const type = { 'content-type': 'application/grpc' };

/** Answers a message, then the status in trailers. */
function replies(
  message: Buffer,
  trailers: Readonly<Record<string, string>> = { 'grpc-status': '0' },
): OnCall {
  return (stream) => {
    stream.respond({ ':status': 200, ...type }, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers(trailers));
    stream.end(message);
  };
}

/** A status without a message, all in the headers. */
function trailersOnly(status: number, message = ''): OnCall {
  return (stream) => {
    const said = message === '' ? {} : { 'grpc-message': encodeURIComponent(message) };
    stream.respond({ ':status': 200, ...type, 'grpc-status': String(status), ...said }, { endStream: true });
  };
}

const health = (status: number) => Buffer.from([0, 0, 0, 0, 2, 0x08, status]);
const serving = replies(health(1));

async function asked(onCall: OnCall, keys = '', more = '') {
  const port = await serveGrpc(onCall);
  return lastAttempt(`- name: c\n  grpc: { host: 127.0.0.1, port: ${port}, tls: false, ${keys} }\n${more}`);
}

const line = 'gRPC health of 127.0.0.1:PORT → ';
const passed = {
  outcome: 'pass',
  reason: 'verified',
  class: undefined,
  summary: `${line}SERVING`,
  failures: [],
};

describe('a gRPC server in the clear that is asked over TLS', () => {
  it('is told to be one, with what to write', async () => {
    const port = await serveGrpc(serving);
    const attempt = await lastAttempt(`- { name: c, grpc: { host: 127.0.0.1, port: ${port} } }`);
    expect(attempt.summary).toContain(
      'the server does not speak TLS here (ERR_SSL_WRONG_VERSION_NUMBER), and `grpc` does unless told otherwise: write `tls: false` where it serves in the clear',
    );
  });
});

describe('a grpc check', () => {
  it('passes when the server serves', async () => {
    expect(await asked(serving)).toEqual(passed);
  });

  it.each<[string, OnCall, string, string, string]>([
    ['a server that does not serve', replies(health(2)), 'fail', 'assertion', 'NOT_SERVING'],
    ['one that does not know', replies(Buffer.from([0, 0, 0, 0, 0])), 'fail', 'assertion', 'UNKNOWN'],
    ['one that answers nothing', replies(Buffer.alloc(0)), 'fail', 'assertion', 'no health status'],
    [
      'a service that is not registered',
      trailersOnly(5, 'unknown service'),
      'fail',
      'assertion',
      'NOT_FOUND "unknown service": the service "" is not registered',
    ],
    [
      'a server without a health service',
      trailersOnly(12),
      'fail',
      'assertion',
      'UNIMPLEMENTED: the server has no health service',
    ],
    [
      'a call without credentials',
      trailersOnly(16, 'token löst'),
      'fail',
      'assertion',
      'UNAUTHENTICATED "token löst"',
    ],
    [
      'a status in the trailers after all',
      replies(health(1), { 'grpc-status': '13', 'grpc-message': '50% broken' }),
      'fail',
      'assertion',
      'INTERNAL "50% broken"',
    ],
    [
      'a server that is not ready, which is worth waiting for',
      trailersOnly(14),
      'fail',
      'gateway',
      'UNAVAILABLE',
    ],
    ['a status nobody knows', trailersOnly(99), 'fail', 'assertion', 'status 99'],
    [
      'a web page',
      (stream) => {
        stream.respond({ ':status': 404, 'content-type': 'text/html' });
        stream.end('<h1>');
      },
      'fail',
      'assertion',
      'not gRPC: HTTP status 404, text/html',
    ],
    [
      'a gateway in trouble',
      (stream) => stream.respond({ ':status': 503 }, { endStream: true }),
      'fail',
      'gateway',
      'not gRPC: HTTP status 503, no content-type',
    ],
  ])('tells %s', async (_, server, outcome, failureClass, actual) => {
    expect(await asked(server)).toEqual({
      outcome,
      reason: outcome === 'error' ? 'checks-error' : 'checks-failed',
      class: failureClass,
      summary: line + actual,
      failures: [`health: SERVING: ${actual}`],
    });
  });

  it('lets the check say otherwise', async () => {
    expect(await asked(trailersOnly(12), '', '  expect: { grpc-status: 12 }')).toMatchObject({
      outcome: 'pass',
    });
    expect(await asked(replies(health(2)), '', '  expect: { health: NOT_SERVING }')).toMatchObject({
      outcome: 'pass',
    });
  });

  it('asks for the service by name, with its metadata', async () => {
    const seen: unknown[] = [];
    const service = `shop.${'x'.repeat(200)}`;
    const server: OnCall = (stream, headers, message) => {
      seen.push(
        headers[':path'],
        headers.te,
        headers['x-tenant'],
        headers[':authority'],
        message.toString('hex'),
      );
      serving(stream, headers, message);
    };
    const { outcome } = await asked(
      server,
      `service: ${service}, server-name: shop.example, metadata: { X-Tenant: demo }`,
    );
    const [path, te, tenant, authority, message] = seen;
    expect([outcome, path, te, tenant]).toEqual(['pass', '/grpc.health.v1.Health/Check', 'trailers', 'demo']);
    expect(authority).toMatch(/^shop\.example:\d+$/);
    // Flag, length 208, field 1, length 205 in two bytes, name.
    expect(message).toBe(`00000000d00acd01${Buffer.from(service).toString('hex')}`);
  });

  it('sends no secret in the clear', async () => {
    const text =
      'secrets: [TOKEN]\nchecks:\n  - { name: c, grpc: { host: shop.example, tls: false, metadata: { authorization: "${TOKEN}" } } }';
    await expect(lastAttempt(text, { secrets: { TOKEN: 'abcdef' } })).rejects.toThrow(
      'The checks cannot be used: checks:3:5: Check "c": A secret would go over plain grpc to shop.example:80. Use TLS, or set `allow-insecure: true`.',
    );
  });
});

describe('a grpc check that gets no reply', () => {
  const goaway = (code: number) => {
    const server = createServer();
    server.on('session', (session) => session.goaway(code, 0));
    return serveGrpc(() => {}, server);
  };
  const portOf = (url: string) => Number(new URL(url).port);
  it.each<[string, () => Promise<number>, string, string]>([
    [
      'fails when nothing listens',
      async () => portOf(await refusingUrl()),
      'connect',
      'connect ECONNREFUSED 127.0.0.1:PORT',
    ],
    [
      'fails when nobody answers',
      () => serveGrpc(() => {}),
      'timeout',
      'connected, but no answer within 300 ms',
    ],
    ['names a GOAWAY', () => goaway(11), 'connect', 'the server is going away (GOAWAY ENHANCE_YOUR_CALM)'],
    [
      'names a GOAWAY of a server that shuts down',
      () => goaway(0),
      'connect',
      'the server is going away (GOAWAY NO_ERROR)',
    ],
    [
      'knows a server that speaks HTTP/1.1',
      async () => portOf(await serve((_, response) => response.end('hi'))),
      'assertion',
      'the answer is not HTTP/2: Protocol error',
    ],
    [
      'fails when the stream is reset',
      () => serveGrpc((stream) => stream.close(2)),
      'connect',
      'ERR_HTTP2_STREAM_ERROR Stream closed with error code NGHTTP2_INTERNAL_ERROR before any answer',
    ],
    [
      'fails when the connection is cut',
      async () => portOf(await serveSocket((one) => one.once('data', () => one.end()))),
      'connect',
      'the connection was closed before any answer',
    ],
  ])('%s', async (_, server, failureClass, why) => {
    const text = `- name: c\n  grpc: { host: 127.0.0.1, port: ${await server()}, tls: false }\n  timeout: 300ms`;
    expect(await lastAttempt(text)).toEqual({
      outcome: 'fail',
      reason: 'checks-failed',
      class: failureClass,
      summary: line + why,
      failures: [],
    });
  });
});

describe('grpc over TLS', () => {
  const good = testRoot.leaf({ names: ['shop.example'] });

  it('is the default, through the proxy of the environment', async () => {
    const proxy = await connectProxy({
      kind: 'tunnels',
      to: await serveGrpc(serving, createSecureServer(good)),
    });
    await using _ = proxy;
    const env = { https_proxy: `http://127.0.0.1:${proxy.port}` };
    expect(await lastAttempt('- { name: c, grpc: shop.example }', { env })).toMatchObject({
      outcome: 'pass',
      summary: 'gRPC health of shop.example:443 → SERVING',
    });
    expect(proxy.asked).toEqual(['CONNECT shop.example:443']);
  });

  it('verifies who answers', async () => {
    const port = await serveGrpc(serving, createSecureServer(selfSigned({ names: ['127.0.0.1'] })));
    expect(await lastAttempt(`- { name: c, grpc: "127.0.0.1:${port}" }`)).toMatchObject({
      class: 'tls-verdict',
      summary: `${line}the certificate is self-signed: nobody vouches for it`,
    });
  });

  it('needs a server that chooses HTTP/2', async () => {
    const keys = `host: 127.0.0.1, port: ${await serveTls(good)}, server-name: shop.example`;
    expect(await lastAttempt(`- { name: c, grpc: { ${keys} } }`)).toMatchObject({
      class: 'assertion',
      summary: `${line}the server does not offer HTTP/2 (it did not choose h2 by ALPN)`,
    });
  });
});

it('a server without a health service fails a check that names the health', async () => {
  expect(await asked(trailersOnly(12), '', '  expect: { health: SERVING }')).toMatchObject({
    outcome: 'fail',
    failures: ['health: SERVING: UNIMPLEMENTED: the server has no health service'],
  });
});
