import { readFileSync } from 'node:fs';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { HttpError } from '#core';
import { createHttp, type Http, type HttpRequest } from '#core/io';
import { type Cloud, startCloud } from '#local-cloud';
import { readProxies } from '../../../../packages/core/src/io/http/proxy.ts';
import { connectProxy, type ProxyMood } from '../../../support/connect-proxy.ts';
import { echoService } from '../../../support/echo-service.ts';
import { manualClock } from '../../../support/manual-clock.ts';
import { answers, scriptedServer } from '../../../support/scripted-server.ts';

function open(env: Record<string, string>): Http {
  return createHttp({ clock: manualClock(), env, userAgent: 'belay/test' });
}

/** For this test alone: its CA is trusted, and it is closed in the end. */
function trust(cloud: Cloud): void {
  const trusted = getCACertificates();
  onTestFinished(async () => {
    setDefaultCACertificates(trusted);
    await cloud.close();
  });
  setDefaultCACertificates([...trusted, readFileSync(cloud.caFile, 'utf8')]);
}

const read = { method: 'GET', retry: 'read' } as const;

describe('a request through a proxy', () => {
  it('reaches production host names over CONNECT and TLS, and keeps the tunnel', async () => {
    const cloud = await startCloud({ services: [] });
    trust(cloud);
    await cloud.downloads.publish('1.2.3', import.meta.filename);
    const http = open({ HTTPS_PROXY: cloud.proxyUrl });
    const latest = { ...read, url: 'https://github.com/superfly/flyctl/releases/latest' };
    const tags = [await http.request(latest), await http.request(latest)].map(
      ({ headers }) => headers.location,
    );
    const tag = 'https://github.com/superfly/flyctl/releases/tag/v1.2.3';
    expect(tags).toEqual([tag, tag]);
  });

  it('may have had its effect when the tunnel breaks behind it, so one that is sent once is not sent again', async () => {
    const cloud = await startCloud({ services: [echoService] });
    trust(cloud);
    cloud.faults.add({ kind: 'reset-after', route: 'effects.create' });
    const http = open({ HTTPS_PROXY: cloud.proxyUrl });
    const request = http.request({ method: 'POST', url: 'https://api.echo.test/effects', retry: 'once' });
    await expect(request).rejects.toMatchObject({ kind: 'reset', attempts: 1, maybeEffective: true });
  });

  it('is tunnelled with the credentials of the proxy’s URL', async () => {
    await using server = await scriptedServer(answers(200));
    await using proxy = await connectProxy({ kind: 'tunnels', to: server.port });
    const request = open({ HTTPS_PROXY: `http://me:p%40ss@127.0.0.1:${proxy.port}` }).request({
      ...read,
      url: 'https://api.fly.io/graphql',
    });
    // The server behind the tunnel speaks no TLS, which shows that the tunnel itself was never read as an answer.
    await expect(request).rejects.toMatchObject({ kind: 'tls', attempts: 1, maybeEffective: false });
    const basic = `Basic ${Buffer.from('me:p@ss').toString('base64')}`;
    expect([proxy.asked, proxy.credentials]).toEqual([['CONNECT api.fly.io:443'], [basic]]);
  });

  it('is sent whole to the proxy when it is plain http', async () => {
    await using proxy = await connectProxy({ kind: 'hangs-up' });
    const http = open({ http_proxy: `127.0.0.1:${proxy.port}` });
    const answer = await http.request({ ...read, url: 'http://shop.example/health' });
    expect([answer.text, proxy.asked]).toEqual(['by the proxy', ['GET http://shop.example/health']]);
  });

  it('goes around the proxy for what NO_PROXY names', async () => {
    await using proxy = await connectProxy({ kind: 'hangs-up' });
    await using server = await scriptedServer(answers(200, 'direct'));
    const http = open({ HTTP_PROXY: `http://127.0.0.1:${proxy.port}`, NO_PROXY: 'other.example, 127.0.0.1' });
    const answer = await http.request({ ...read, url: server.url });
    expect([answer.text, proxy.asked]).toEqual(['direct', []]);
  });
});

describe('a proxy that does not serve', () => {
  const once: HttpRequest = { method: 'POST', url: 'https://api.fly.io/x', retry: 'once', timeoutMs: 5_000 };

  const moods: [string, ProxyMood, string, number][] = [
    [
      'refuses us',
      { kind: 'refuses', status: 407 },
      'no tunnel through the proxy: 407 Proxy Authentication Required',
      1,
    ],
    ['refuses the host', { kind: 'refuses', status: 403 }, 'no tunnel through the proxy: 403 Forbidden', 1],
    [
      'is overloaded',
      { kind: 'refuses', status: 503 },
      'no tunnel through the proxy: 503 Service Unavailable',
      6,
    ],
    ['hangs up', { kind: 'hangs-up' }, 'no tunnel through the proxy: it closed the connection', 6],
  ];

  it.each(moods)('leaves no doubt about a mutation when it %s', async (_, mood, reason, attempts) => {
    await using proxy = await connectProxy(mood);
    const error: HttpError = await open({ HTTPS_PROXY: `http://me:secret@127.0.0.1:${proxy.port}` })
      .request(once)
      .then(Promise.reject, (caught) => caught);
    expect({ ...error, message: error.message }).toMatchObject({
      message: `POST https://api.fly.io/x → proxy ${reason}`,
      maybeEffective: false,
      attempts,
    });
  });

  it('is named when nothing listens there', async () => {
    const error: HttpError = await open({ HTTPS_PROXY: 'http://127.0.0.1:9' })
      .request(once)
      .then(Promise.reject, (caught) => caught);
    expect(error.message).toBe(
      'POST https://api.fly.io/x → proxy the proxy cannot be reached (ECONNREFUSED)',
    );
  });

  it('does not outlast the attempt when it never answers', async () => {
    await using proxy = await connectProxy({ kind: 'never-answers' });
    const request = open({ HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` }).request({
      ...once,
      timeoutMs: 150,
      deadlineMs: 200,
    });
    await expect(request).rejects.toMatchObject({ maybeEffective: false });
  });

  it('does not delay a cancellation', async () => {
    await using proxy = await connectProxy({ kind: 'never-answers' });
    const signal = AbortSignal.timeout(30);
    const request = open({ HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` }).request({ ...once, signal });
    await expect(request).rejects.toThrow('The operation was aborted due to timeout');
  });
});

describe('the proxy variables', () => {
  it.each([
    ['none', {}, undefined],
    ['empty ones', { HTTPS_PROXY: '', HTTP_PROXY: ' ' }, undefined],
    ['NO_PROXY alone', { NO_PROXY: '*' }, undefined],
    [
      'lower case before upper',
      { https_proxy: 'http://a:1', HTTPS_PROXY: 'http://b:2' },
      { HTTPS_PROXY: 'http://a:1', NO_PROXY: '' },
    ],
    [
      'no scheme',
      { HTTPS_PROXY: 'proxy.example:3128' },
      { HTTPS_PROXY: 'http://proxy.example:3128', NO_PROXY: '' },
    ],
    [
      'NO_PROXY, whose names mean their subdomains to curl and flyctl',
      { HTTP_PROXY: 'http://a:1', NO_PROXY: 'example.com,.corp  127.0.0.1,*.x.y,10.0.0.1-10.0.0.9' },
      {
        HTTP_PROXY: 'http://a:1',
        NO_PROXY: 'example.com,.example.com,.corp,127.0.0.1,*.x.y,10.0.0.1-10.0.0.9',
      },
    ],
  ])('may be %s', (_, env, proxies) => {
    expect(readProxies(env, '24.19.0')).toEqual(proxies);
  });

  it('refuse a proxy that speaks no HTTP, without printing its credentials', () => {
    expect(() => readProxies({ HTTPS_PROXY: 'socks5://me:secret@a:1' }, '24.19.0')).toThrow(
      expect.objectContaining({
        code: 'proxy-unusable',
        what: 'HTTPS_PROXY does not name an http or https proxy',
        next: 'Set HTTPS_PROXY to a value such as http://proxy.example:3128, or leave it empty',
      }),
    );
  });

  it.each(['20.19.0', '24.4.1'])('refuse Node %s, which would go around the proxy', (version) => {
    expect(() => readProxies({ HTTPS_PROXY: 'http://a:1' }, version)).toThrow(
      expect.objectContaining({
        code: 'proxy-unusable',
        what: `a proxy is set, and this runner’s Node ${version} cannot use one`,
      }),
    );
  });

  it.each(['24.5.0', '26.0.0'])('are fine with Node %s', (version) => {
    expect(readProxies({ HTTPS_PROXY: 'http://a:1' }, version)).toBeDefined();
  });

  it('reject the request, not the opening of the door', async () => {
    const http = open({ HTTPS_PROXY: 'socks5://a:1' });
    await expect(http.request({ ...read, url: 'https://api.fly.io/' })).rejects.toMatchObject({
      code: 'proxy-unusable',
    });
  });
});
