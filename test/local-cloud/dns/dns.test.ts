import { createSocket } from 'node:dgram';
import { Resolver } from 'node:dns/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Cloud, startCloud } from '#local-cloud';
import { type EchoService, echoService } from '../../support/echo-service.ts';

let cloud: Cloud;
let echo: EchoService;
const resolver = new Resolver({ timeout: 2_000, tries: 1 });

beforeAll(async () => {
  cloud = await startCloud({ services: [echoService] });
  echo = cloud.service(echoService);
  resolver.setServers([cloud.dnsServer]);
});
beforeEach(() => cloud.reset());
afterAll(() => cloud.close());

/** What a resolver finds, or the code with which it fails. */
async function found(name: string, type: string): Promise<unknown> {
  return resolver.resolve(name, type).catch(({ code }) => code);
}

async function put(body: unknown): Promise<{ status: number; body: unknown }> {
  const answer = await fetch(`${cloud.proxyUrl}/_cloud/dns`, { method: 'PUT', body: JSON.stringify(body) });
  return { status: answer.status, body: await answer.json() };
}

describe('the DNS server', () => {
  it('knows the emulated hosts and the applications there are', async () => {
    echo.apps.set('shop.apps.echo.test', { kind: 'nothing' });
    expect({
      api: await found('api.echo.test', 'A'),
      six: await found('api.echo.test', 'AAAA'),
      app: await found('Shop.Apps.Echo.test', 'A'),
      gone: await found('cart.apps.echo.test', 'A'),
      other: await found('example.com', 'A'),
    }).toEqual({
      api: ['127.0.0.1'],
      six: 'ENODATA',
      app: ['127.0.0.1'],
      gone: 'ENOTFOUND',
      other: 'ENOTFOUND',
    });
  });

  it.each([
    { type: 'A', data: '203.0.113.7', answer: ['203.0.113.7'] },
    { type: 'AAAA', data: '2001:db8::7', answer: ['2001:db8::7'] },
    { type: 'CNAME', data: 'shop.fly.dev', answer: ['shop.fly.dev'] },
    { type: 'NS', data: 'ns.example.com', answer: ['ns.example.com'] },
    { type: 'TXT', data: ['v=spf1', '-all'], answer: [['v=spf1', '-all']] },
    {
      type: 'MX',
      data: { preference: 10, exchange: 'mail.example.com' },
      answer: [{ priority: 10, exchange: 'mail.example.com' }],
    },
    {
      type: 'SRV',
      data: { priority: 1, weight: 2, port: 443, target: 'a.example.com' },
      answer: [{ priority: 1, weight: 2, port: 443, name: 'a.example.com' }],
    },
    {
      type: 'CAA',
      data: { flags: 0, tag: 'issue', value: 'letsencrypt.org' },
      answer: [{ critical: 0, issue: 'letsencrypt.org' }],
    },
  ])('answers a $type record that was put', async ({ type, data, answer }) => {
    expect((await put({ name: 'shop.example.com', type, data })).status).toBe(200);
    // Some versions of Node repeat the type in each record.
    expect(await found('shop.example.com', type)).toMatchObject(answer);
  });

  it('follows an alias as far as it knows', async () => {
    await put([
      { name: 'www.example.com', type: 'CNAME', data: 'shop.example.com' },
      { name: 'shop.example.com', type: 'CNAME', data: 'api.echo.test' },
      { name: 'dangling.example.com', type: 'CNAME', data: 'nowhere.example.com' },
      { name: 'circle.example.com', type: 'CNAME', data: 'circle.example.com' },
    ]);
    expect({
      www: await found('www.example.com', 'A'),
      dangling: await found('dangling.example.com', 'A'),
      circle: await found('circle.example.com', 'A'),
    }).toEqual({ www: ['127.0.0.1'], dangling: 'ENOTFOUND', circle: 'ESERVFAIL' });
  });

  it('says how long an answer is good', async () => {
    await put({ name: 'shop.example.com', type: 'A', data: '203.0.113.7', ttl: 5 });
    expect(await resolver.resolve4('shop.example.com', { ttl: true })).toEqual([
      { address: '203.0.113.7', ttl: 5 },
    ]);
  });

  it.each([
    { rcode: 'SERVFAIL', code: 'ESERVFAIL' },
    { rcode: 'NXDOMAIN', code: 'ENOTFOUND' },
    { rcode: 'REFUSED', code: 'EREFUSED' },
    { rcode: 'FORMERR', code: 'EFORMERR' },
  ])('refuses a name with $rcode when told to, a host’s too', async ({ rcode, code }) => {
    await put({ name: 'api.echo.test', rcode });
    expect(await found('api.echo.test', 'A')).toBe(code);
  });

  it('takes what is put in place of what the name had', async () => {
    await put([{ name: 'shop.example.com', type: 'A', data: '203.0.113.7' }]);
    await put([1, 2].map((last) => ({ name: 'Shop.example.com', type: 'A', data: `10.0.0.${last}` })));
    expect(await found('shop.example.com', 'A')).toEqual(['10.0.0.1', '10.0.0.2']);
    await put({ name: 'shop.example.com', rcode: 'SERVFAIL' });
    expect(await found('shop.example.com', 'A')).toBe('ESERVFAIL');
    await put({ name: 'shop.example.com', type: 'A', data: '10.0.0.3' });
    expect(await found('shop.example.com', 'A')).toEqual(['10.0.0.3']);
    await fetch(`${cloud.proxyUrl}/_cloud/dns`, { method: 'DELETE' });
    expect(await found('shop.example.com', 'A')).toBe('ENOTFOUND');
  });

  it.each([
    {
      name: 'no name',
      entry: { type: 'A', data: '10.0.0.1' },
      problem: 'name: missing; expected a host name such as shop.example.com',
    },
    {
      name: 'an unknown type',
      entry: { name: 'a.test', type: 'SPF', data: '' },
      problem: 'type: expected one of A, AAAA, CAA, CNAME, MX, NS, SRV, TXT, got "SPF"',
    },
    {
      name: 'data of another type',
      entry: { name: 'a.test', type: 'A', data: '::1' },
      problem: 'data: expected an IPv4 address, got "::1"',
    },
    {
      name: 'data without a part',
      entry: { name: 'a.test', type: 'MX', data: { preference: 1 } },
      problem: 'data: expected {preference, exchange}, got {"preference":1}',
    },
    {
      name: 'a time that is none',
      entry: { name: 'a.test', type: 'A', data: '10.0.0.1', ttl: -1 },
      problem: 'ttl: expected seconds, a whole number from 0, got -1',
    },
    {
      name: 'a refusal that is none',
      entry: { name: 'a.test', rcode: 'NOERROR' },
      problem: 'rcode: expected one of FORMERR, SERVFAIL, NXDOMAIN, NOTIMP, REFUSED, got "NOERROR"',
    },
  ])('takes nothing of a list with $name in it', async ({ entry, problem }) => {
    const good = { name: 'shop.example.com', type: 'A', data: '10.0.0.1' };
    expect(await put([good, entry])).toEqual({ status: 400, body: { problems: [`[1] ${problem}`] } });
    expect(cloud.zone.list()).toEqual([]);
  });

  it('survives what is no question', async () => {
    const socket = createSocket('udp4');
    const [host = '', port] = cloud.dnsServer.split(':');
    await new Promise((sent) => socket.send(Buffer.from('nonsense'), Number(port), host, sent));
    socket.close();
    expect(await found('api.echo.test', 'A')).toEqual(['127.0.0.1']);
  });
});
