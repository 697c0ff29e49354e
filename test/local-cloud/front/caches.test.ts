import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type CacheBypass, type Cloud, startCloud } from '#local-cloud';
import { type EchoService, echoService } from '../../support/echo-service.ts';
import { proxied } from '../../support/proxied.ts';

let cloud: Cloud;
let echo: EchoService;
let build = 'old';
const app = createServer(({ url }, response) => {
  response.writeHead(url === '/nothing' ? 404 : 200, { 'x-build': build }).end(`${build} build`);
});
const host = 'shop.apps.echo.test';

beforeAll(async () => {
  cloud = await startCloud({ services: [echoService] });
  echo = cloud.service(echoService);
  app.listen(0, '127.0.0.1');
  await once(app, 'listening');
});
beforeEach(async () => {
  await cloud.reset();
  build = 'old';
  echo.apps.set(host, { kind: 'app', port: (app.address() as AddressInfo).port });
});
afterAll(async () => {
  app.close();
  await cloud.close();
});

async function ask(path = '/', headers: Record<string, string> = {}, method = 'GET') {
  const answer = await proxied(cloud, `https://${host}${path}`, { headers, method });
  return { text: answer.text, cache: answer.headers['x-cache'], age: answer.headers.age };
}

const fresh = { text: 'new build', cache: 'MISS', age: undefined };
const noCache = { 'cache-control': 'no-cache' };

describe('a cache in front of an application', () => {
  it('answers the old build, with its age, until its time is over', async () => {
    cloud.caches.put({ host, seconds: 60 });
    expect(await ask()).toEqual({ text: 'old build', cache: 'MISS', age: undefined });
    build = 'new';
    cloud.clock.advance(10_000);
    expect(await ask()).toEqual({ text: 'old build', cache: 'HIT', age: '10' });
    cloud.clock.advance(50_000);
    expect(await ask()).toEqual(fresh);
  });

  it.each([
    { name: 'no-cache', path: '/', headers: noCache },
    { name: 'a query it has not seen', path: '/?unique=1', headers: {} },
  ])('is asked past by $name', async ({ path, headers }) => {
    cloud.caches.put({ host, seconds: 60 });
    await ask();
    build = 'new';
    expect(await ask(path, headers)).toEqual(fresh);
  });

  const deaf: { name: CacheBypass; path: string; headers: Record<string, string> }[] = [
    { name: 'no-cache', path: '/', headers: noCache },
    { name: 'query', path: '/?unique=1', headers: {} },
  ];

  it.each(deaf)('may ignore $name', async ({ name, path, headers }) => {
    cloud.caches.put({ host, seconds: 60, ignores: [name] });
    await ask();
    build = 'new';
    expect(await ask(path, headers)).toEqual({ text: 'old build', cache: 'HIT', age: '0' });
  });

  it('keeps what no-cache brought for those who ask next', async () => {
    cloud.caches.put({ host, seconds: 60 });
    await ask();
    build = 'new';
    await ask('/', noCache);
    expect((await ask()).text).toBe('new build');
  });

  it.each([
    { name: 'what was not found', path: '/nothing', method: 'GET' },
    { name: 'what was posted', path: '/', method: 'POST' },
  ])('does not keep $name', async ({ path, method }) => {
    cloud.caches.put({ host, seconds: 60 });
    await ask(path, {}, method);
    build = 'new';
    expect((await ask(path, {}, method)).text).toBe('new build');
  });

  it('hides nothing from who asks what the application itself serves', async () => {
    cloud.caches.put({ host, seconds: 60 });
    await ask();
    build = 'new';
    expect(String((await cloud.serves(host)).body)).toBe('new build');
  });

  it('is set by the control API, which refuses what it does not know', async () => {
    const put = async (body: unknown) => {
      const url = `${cloud.proxyUrl}/_cloud/caches`;
      const answer = await fetch(url, { method: 'PUT', body: JSON.stringify(body) });
      return { status: answer.status, body: await answer.json() };
    };
    const rule = { host, seconds: 60, ignores: ['query'] };
    expect(await put(rule)).toEqual({ status: 200, body: [rule] });
    expect(await put({ seconds: 0, ignores: ['cookies'] })).toEqual({
      status: 400,
      body: {
        problems: [
          'host: missing; expected a host name such as shop.fly.dev',
          'seconds: expected a number above 0, got 0',
          'ignores: expected a list of no-cache, query, got ["cookies"]',
        ],
      },
    });
    await fetch(`${cloud.proxyUrl}/_cloud/caches`, { method: 'DELETE' });
    expect(cloud.caches.list()).toEqual([]);
  });
});
