import { createServer } from 'node:http2';
import { afterEach, describe, expect, it } from 'vitest';
import { lastAttempt } from './last-attempt.ts';
import { closeServers, listen } from './loopback.ts';

afterEach(closeServers);

const message = (status: number) => Buffer.from([0, 0, 0, 0, 2, 0x08, status]);
const serving = message(1);

/** What becomes of a health check that is answered with this, and `grpc-status: 0` in the trailers. */
async function judged(type: string | undefined, body: Buffer, expected = '') {
  const server = createServer();
  server.on('stream', (stream) => {
    const headers = { ':status': 200, ...(type === undefined ? {} : { 'content-type': type }) };
    stream.respond(headers, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
    stream.end(body);
  });
  const port = await listen(server);
  const text = `- name: c\n  grpc: { host: 127.0.0.1, port: ${port}, tls: false }\n${expected}`;
  const { outcome, failures } = await lastAttempt(text);
  return [outcome, ...(failures ?? [])];
}

describe('a health check by gRPC', () => {
  it.each(['application/grpc', 'application/grpc+proto', 'Application/gRPC; charset=utf-8'])(
    'takes an answer of the type %s',
    async (type) => {
      expect(await judged(type, serving)).toEqual(['pass']);
    },
  );

  it.each([
    ['a page', 'text/html', 'text/html'],
    ['one for browsers', 'application/grpc-web', 'application/grpc-web'],
    ['one without a type', undefined, 'no content-type'],
  ])('takes none of another: %s', async (_, type, said) => {
    const failure = `health: SERVING: not gRPC: HTTP status 200, ${said}`;
    expect(await judged(type, serving)).toEqual(['fail', failure]);
    expect(await judged(type, serving, '  expect: { grpc-status: 0, health: SERVING }\n')).toEqual([
      'fail',
      failure,
    ]);
  });

  it.each([
    ['another that says otherwise', Buffer.concat([serving, message(2)])],
    ['another that says the same', Buffer.concat([serving, serving])],
    ['the beginning of another', Buffer.concat([serving, Buffer.from([0, 0])])],
  ])('is answered by one message, and not by %s after it', async (_, body) => {
    expect(await judged('application/grpc', body)).toEqual([
      'fail',
      'health: SERVING: more than the one message that a health check is answered with',
    ]);
    expect((await judged('application/grpc', body, '  expect: { health: SERVING }\n'))[0]).toBe('fail');
  });
});
