import type { Answer } from 'dns-packet';
import { afterEach, describe, expect, it } from 'vitest';
import { connectProxy } from '../../support/connect-proxy.ts';
import { lastAttempt } from './last-attempt.ts';
import { closeSockets, serveDns, type Zone } from './small-servers.ts';

afterEach(closeSockets);

const name = 'shop.example';
const a = (data: string, ttl = 60): Answer => ({ type: 'A', name, ttl, data });

async function looked(zone: Zone, keys = '', more = '') {
  const { port } = await serveDns(zone);
  return lastAttempt(`- name: c\n  dns: { name: ${name}, server: "127.0.0.1:${port}"${keys} }\n${more}`);
}

const line = 'DNS A shop.example at 127.0.0.1:PORT → ';

describe('a dns check', () => {
  it('passes on one answer', async () => {
    expect(await looked({ answers: [a('192.0.2.1')] })).toEqual({
      outcome: 'pass',
      reason: 'verified',
      class: undefined,
      summary: `${line}NOERROR, 1 answer`,
      failures: [],
    });
  });

  it.each<[string, Zone, string, string]>([
    ['a name that does not exist', { rcode: 3 }, 'NXDOMAIN', 'rcode: NOERROR: NXDOMAIN'],
    ['a name without such a record', {}, 'NOERROR', 'answers: at least one: no A record'],
    ['a server that fails', { rcode: 2 }, 'SERVFAIL', 'rcode: NOERROR: SERVFAIL'],
    ['a server that refuses', { rcode: 5 }, 'REFUSED', 'rcode: NOERROR: REFUSED'],
    ['a server that does not understand', { rcode: 1 }, 'FORMERR', 'rcode: NOERROR: FORMERR'],
    ['a server that cannot', { rcode: 4 }, 'NOTIMP', 'rcode: NOERROR: NOTIMP'],
  ])('fails on %s', async (_, zone, rcode, failure) => {
    expect(await looked(zone)).toEqual({
      outcome: 'fail',
      reason: 'checks-failed',
      class: 'assertion',
      summary: `${line}${rcode}, 0 answers`,
      failures: [failure],
    });
  });

  it.each<[string, Zone, string, string, readonly string[]]>([
    ['a code that is wanted', { rcode: 3 }, ', rcode: NXDOMAIN', '', []],
    ['no answer, where the check says so', {}, '', '  expect: { answers: { exists: false } }', []],
    [
      'any code, where expect asks for it',
      { rcode: 5 },
      '',
      '  expect: { rcode: { in: [NXDOMAIN, REFUSED] } }',
      [],
    ],
    ['one address as itself', { answers: [a('192.0.2.1')] }, '', '  expect: { answers: 192.0.2.1 }', []],
    [
      'several in order, whatever the server’s',
      { answers: [a('192.0.2.2'), a('192.0.2.1')] },
      '',
      '  expect: { answers: { equals: [192.0.2.1, 192.0.2.2], count: 2, each: { starts-with: "192." } } }',
      [],
    ],
    [
      'several, each of them',
      { answers: [a('192.0.2.2'), a('192.0.2.1')] },
      '',
      '  expect: { answers: { contains: 192.0.2.2, not-contains: 192.0.2, not-equals: 192.0.2.9 } }',
      [],
    ],
    [
      'several, one of which is another',
      { answers: [a('192.0.2.2'), a('192.0.2.1')] },
      '',
      '  expect: { answers: 192.0.2.1 }',
      ['answers: equals "192.0.2.1": 1 of 2 hold, the first that does not: "192.0.2.2"'],
    ],
    [
      'one address as a list',
      { answers: [a('192.0.2.77')] },
      '',
      '  expect: { answers: { equals: [192.0.2.77], count: 1, not-contains: 192.0.2.7 } }',
      [],
    ],
    [
      'one address that is another',
      { answers: [a('192.0.2.77')] },
      '',
      '  expect: { answers: { contains: 192.0.2.7 } }',
      ['answers: contains "192.0.2.7": ["192.0.2.77"]'],
    ],
    [
      'text that begins so, alone',
      { answers: [{ type: 'TXT', name, data: ['v=spf1 ', '-all'] }] },
      ', type: TXT',
      '  expect: { answers: { contains: v=spf1 } }',
      [],
    ],
    [
      'text among others',
      {
        answers: [
          { type: 'TXT', name, data: ['v=spf1'] },
          { type: 'TXT', name, data: ['site=a'] },
        ],
      },
      ', type: TXT',
      '  expect: { answers: { contains: site=a, any: { starts-with: v=spf } } }',
      [],
    ],
    [
      'a part of one text among others',
      {
        answers: [
          { type: 'TXT', name, data: ['v=spf1 include:x'] },
          { type: 'TXT', name, data: ['google=abc'] },
        ],
      },
      ', type: TXT',
      '  expect: { answers: { contains: v=spf1, not-contains: v=DMARC1 } }',
      [],
    ],
    [
      'a part of one text among others that no text may have',
      {
        answers: [
          { type: 'TXT', name, data: ['v=spf1 include:x'] },
          { type: 'TXT', name, data: ['google=abc'] },
        ],
      },
      ', type: TXT',
      '  expect: { answers: { not-contains: google } }',
      ['answers: not contains "google": ["google=abc","v=spf1 include:x"]'],
    ],
    [
      'the shortest TTL',
      { answers: [a('192.0.2.2', 300), a('192.0.2.1', 20)] },
      '',
      '  expect: { ttl: { lte: 60 }, duration: { lt: 4s } }',
      [],
    ],
    [
      'a TTL that is too long',
      { answers: [a('192.0.2.2', 300)] },
      '',
      '  expect: { ttl: { lte: 60 } }',
      ['ttl: at most 60: 300'],
    ],
    [
      'a mail server as dig writes it',
      { answers: [{ type: 'MX', name, ttl: 5, data: { preference: 10, exchange: 'mx.example' } }] },
      ', type: MX',
      '  expect: { answers: 10 mx.example }',
      [],
    ],
    [
      'text over several strings',
      { answers: [{ type: 'TXT', name, data: ['v=spf1 ', '-all'] }] },
      ', type: TXT',
      '  expect: { answers: "v=spf1 -all" }',
      [],
    ],
    [
      'a service',
      {
        answers: [{ type: 'SRV', name, data: { priority: 1, weight: 2, port: 5060, target: 'sip.example' } }],
      },
      ', type: SRV',
      '  expect: { answers: 1 2 5060 sip.example }',
      [],
    ],
    [
      'an authority',
      { answers: [{ type: 'CAA', name, data: { flags: 0, tag: 'issue', value: 'letsencrypt.org' } }] },
      ', type: CAA',
      `  expect: { answers: '0 issue "letsencrypt.org"' }`,
      [],
    ],
    [
      'a start of authority',
      {
        answers: [
          {
            type: 'SOA',
            name,
            data: {
              mname: 'ns.example',
              rname: 'root.example',
              serial: 7,
              refresh: 2,
              retry: 3,
              expire: 4,
              minimum: 5,
            },
          },
        ],
      },
      ', type: SOA',
      '  expect: { answers: ns.example root.example 7 2 3 4 5 }',
      [],
    ],
    [
      'an alias',
      { answers: [{ type: 'CNAME', name, data: 'cdn.example' }] },
      ', type: CNAME',
      '  expect: { answers: cdn.example }',
      [],
    ],
    [
      'a TTL that Node does not tell',
      { answers: [{ type: 'CNAME', name, data: 'cdn.example' }] },
      ', type: CNAME',
      '  expect: { ttl: 60 }',
      ['ttl: equals 60: Node tells the TTL of A and AAAA records only'],
    ],
  ])('reads %s', async (_, zone, keys, more, failures) => {
    expect((await looked(zone, keys, more)).failures).toEqual(failures);
  });

  it('asks for the host of the target, an international name, and an address backwards', async () => {
    const { port, asked } = await serveDns({ answers: [] });
    const ask = (keys: string) =>
      lastAttempt(
        `target: https://www.shop.example/\nchecks:\n  - { name: c, dns: { ${keys} server: "127.0.0.1:${port}" } }`,
      );
    await ask('');
    await ask('name: Bücher.example, type: AAAA,');
    await ask('name: _dmarc.shop.example, type: TXT,');
    await ask('name: 192.0.2.1, type: PTR,');
    expect(asked).toEqual([
      'A www.shop.example',
      'AAAA xn--bcher-kva.example',
      'TXT _dmarc.shop.example',
      'PTR 1.2.0.192.in-addr.arpa',
    ]);
  });

  it('asks once, and is done when its time is up', async () => {
    const { port, asked } = await serveDns({ rcode: 'silent' });
    const text = `- name: c\n  dns: { name: ${name}, server: "127.0.0.1:${port}" }\n  timeout: 150ms`;
    const { class: failureClass, summary } = await lastAttempt(text);
    expect([failureClass, asked]).toEqual(['resolve', ['A shop.example']]);
    expect(summary).toMatch(
      /^DNS A shop\.example at 127\.0\.0\.1:PORT → (the name was not resolved within 150 ms|no DNS server answered in time)$/,
    );
  });

  it('fails when nobody listens there', async () => {
    const { port } = await serveDns({});
    closeSockets();
    const text = `- { name: c, dns: { name: ${name}, server: "127.0.0.1:${port}" } }`;
    expect(await lastAttempt(text)).toEqual({
      outcome: 'fail',
      reason: 'checks-failed',
      class: 'connect',
      summary: `${line}no DNS server listens there (ECONNREFUSED)`,
      failures: [],
    });
  });

  it('never goes through a proxy', async () => {
    const proxy = await connectProxy({ kind: 'refuses', status: 502 });
    await using _ = proxy;
    const { port } = await serveDns({ answers: [a('192.0.2.1')] });
    const url = `http://127.0.0.1:${proxy.port}`;
    const text = `- { name: c, dns: { name: ${name}, server: "127.0.0.1:${port}" } }`;
    expect(await lastAttempt(text, { env: { https_proxy: url, http_proxy: url } })).toMatchObject({
      outcome: 'pass',
    });
    expect(proxy.asked).toEqual([]);
  });
});
