import type { RequestListener } from 'node:http';
import { createServer as createHttp2Server } from 'node:http2';
import { afterEach, describe, expect, it } from 'vitest';
import { check, closeServers, listen, serve } from './loopback.ts';

afterEach(closeServers);

const challenge = { 'cf-mitigated': 'challenge', 'content-type': 'text/html' };
const challenging: RequestListener = (_, response) => {
  response.writeHead(403, challenge).end('<title>Just a moment...</title>');
};

/** How a check ends whose `shop.fly.dev` is on loopback. */
async function ended(port: string | number, text: string, host = 'shop.fly.dev'): Promise<string> {
  const whole = `- name: c\n  resolve: "${host}:${port}:127.0.0.1"\n  ${text}\n`;
  const variables = { url: `http://${host}:${port}`, sha: 'c0ffee00' };
  const { outcome, reason } = await check(whole, { variables });
  return `${outcome}/${reason}`;
}

describe('what a host of Fly’s own answers is the app’s doing, and no challenge of an edge', () => {
  it.each<[string, string]>([
    ['http', 'http: /\n  expect: { status: 200 }'],
    ['release', 'release: { path: /, jsonpath: $.commit }'],
    ['assets', 'assets: /'],
    ['websocket', 'websocket: /live'],
  ])('%s', async (_, text) => {
    const { port } = new URL(await serve(challenging));
    expect(await ended(port, text)).toBe('fail/checks-failed');
    expect(await ended(port, text, 'shop.fly.dev.example')).toBe('error/challenged');
  });

  it('one asset of a page', async () => {
    const url = await serve((request, response) => {
      if (request.url === '/app.css') return challenging(request, response);
      response.writeHead(200, { 'content-type': 'text/html' });
      response.end('<!doctype html><link rel=stylesheet href=/app.css>');
    });
    expect(await ended(new URL(url).port, 'assets: /')).toBe('fail/checks-failed');
  });

  it.each([
    ['one that was led there', 'other.example', 'shop.fly.dev', 'fail/checks-failed'],
    ['not one that it leads to', 'shop.fly.dev', 'other.example', 'error/challenged'],
  ])('%s', async (_, from, to, expected) => {
    const url = await serve((request, response) => {
      if (request.url !== '/go') return challenging(request, response);
      response.writeHead(302, { location: `http://${to}:${request.socket.localPort}/` }).end();
    });
    const { port } = new URL(url);
    const text = `- name: c
  resolve: ["${from}:${port}:127.0.0.1", "${to}:${port}:127.0.0.1"]
  http: { url: "http://${from}:${port}/go", follow: true }
  expect: { status: 200 }`;
    const { outcome, reason } = await check(text);
    expect(`${outcome}/${reason}`).toBe(expected);
  });

  it('grpc', async () => {
    const server = createHttp2Server((_, response) => {
      response.writeHead(403, challenge);
      response.end();
    });
    const port = await listen(server);
    expect(await ended(port, `grpc: { host: Shop.fly.dev, port: ${port}, tls: false }`)).toBe(
      'fail/checks-failed',
    );
  });
});
