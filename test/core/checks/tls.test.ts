import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Authority, type Identity, selfSigned, selfSignedRsa } from '../../support/certificates.ts';
import { connectProxy } from '../../support/connect-proxy.ts';
import { lastAttempt } from './last-attempt.ts';
import { closeServers, refusingUrl, serveSocket } from './loopback.ts';
import { chained, serveTls, testRoot, trustTestRoot } from './secure-loopback.ts';

beforeAll(trustTestRoot);
afterEach(closeServers);

const upper = new Authority('Upper', { under: testRoot });
const lower = new Authority('Lower', { under: upper });
const other = new Authority('Other Root');
const otherLower = new Authority('Other Lower', { under: other });
const good = testRoot.leaf({ names: ['shop.example'] });

/** The check of one server under the name of `shop.example`, or another. */
async function judged(identity: Identity, keys = 'server-name: shop.example', expected = '') {
  const port = await serveTls(identity);
  return lastAttempt(`- name: c\n  tls: { host: 127.0.0.1, port: ${port}, ${keys} }\n${expected}`);
}

const date = (days: number) =>
  new Date(Date.now() + days * 86_400_000 + 3_600_000).toISOString().slice(0, 10);

describe('a tls check passes', () => {
  it.each<[string, Identity, string]>([
    ['a certificate of a trusted root', good, 'shop.example'],
    [
      'intermediates sent in order',
      chained(lower.leaf({ names: ['shop.example'] }), lower, upper),
      'shop.example',
    ],
    [
      'the root sent as well',
      chained(lower.leaf({ names: ['shop.example'] }), lower, upper, testRoot),
      'shop.example',
    ],
    [
      'the same certificate sent twice',
      chained(lower.leaf({ names: ['shop.example'] }), lower, lower, upper),
      'shop.example',
    ],
    ['a wildcard for one label', testRoot.leaf({ names: ['*.shop.example'] }), 'www.shop.example'],
    ['an address among its names', testRoot.leaf({ names: ['127.0.0.1'] }), '127.0.0.1'],
    ['an international name', testRoot.leaf({ names: ['xn--bcher-kva.example'] }), 'Bücher.example'],
  ])('%s', async (_, identity, name) => {
    expect(await judged(identity, `server-name: ${name}`)).toEqual({
      outcome: 'pass',
      reason: 'verified',
      class: undefined,
      summary: `TLS 127.0.0.1:PORT → TLS 1.3, certificate until ${date(90)}`,
      failures: [],
    });
  });
});

describe('a tls check refuses, each for its own reason,', () => {
  const chain = (why: string) => `certificate chain: trusted: ${why}`;
  const name = (why: string) => `certificate name: for the host: ${why}`;
  it.each<[string, Identity, string, readonly (string | RegExp)[]]>([
    [
      'an expired certificate, with its date',
      testRoot.leaf({ names: ['shop.example'], from: -30, to: -3 }),
      'shop.example',
      [new RegExp(`^certificate chain: trusted: the certificate expired 2 days ago, on ${date(-3)}T.*Z$`)],
    ],
    [
      'one that is not valid yet',
      testRoot.leaf({ names: ['shop.example'], from: 2, to: 30 }),
      'shop.example',
      [/^certificate chain: trusted: the certificate is not valid before \d{4}-.*Z$/],
    ],
    [
      'an expired intermediate',
      (() => {
        const expired = new Authority('Expired', { under: testRoot, from: -30, to: -2 });
        return chained(expired.leaf({ names: ['shop.example'] }), expired);
      })(),
      'shop.example',
      [
        /^certificate chain: trusted: the certificate of "CN=Expired" in the chain expired 1 day ago, on .*Z$/,
      ],
    ],
    [
      'a wrong host',
      testRoot.leaf({ names: ['other.example', 'www.other.example'] }),
      'shop.example',
      [name('the certificate is for other.example, www.other.example, not for shop.example')],
    ],
    [
      'a self-signed one',
      selfSigned({ names: ['shop.example'] }),
      'shop.example',
      [chain('the certificate is self-signed: nobody vouches for it')],
    ],
    [
      'an untrusted root',
      chained(other.leaf({ names: ['shop.example'] }), other),
      'shop.example',
      [chain('the chain ends at "CN=Other Root", a root that is not trusted here')],
    ],
    [
      'an untrusted root that was not sent',
      chained(otherLower.leaf({ names: ['shop.example'] }), otherLower),
      'shop.example',
      [
        chain(
          'the chain breaks off at "CN=Other Lower": its issuer "CN=Other Root" was not sent and is not trusted here',
        ),
      ],
    ],
    [
      'a missing intermediate',
      lower.leaf({ names: ['shop.example'] }),
      'shop.example',
      [
        chain(
          'an intermediate certificate is missing: the issuer "CN=Lower" was not sent and is not trusted here',
        ),
      ],
    ],
    [
      'a reversed chain',
      chained(lower.leaf({ names: ['shop.example'] }), upper, lower),
      'shop.example',
      [
        chain(
          'the chain is sent in the wrong order ("CN=shop.example", "CN=Upper", "CN=Lower"): each certificate must have issued the one before it',
        ),
      ],
    ],
    [
      'a wildcard for two labels',
      testRoot.leaf({ names: ['*.shop.example'] }),
      'a.www.shop.example',
      [
        name(
          'the certificate is for *.shop.example, not for a.www.shop.example: a wildcard stands for one label',
        ),
      ],
    ],
    [
      'an address that is not among its names',
      testRoot.leaf({ names: ['shop.example', '127.0.0.2'] }),
      '127.0.0.1',
      [name('the certificate is for shop.example, 127.0.0.2, not for the address 127.0.0.1')],
    ],
    [
      'another international name',
      testRoot.leaf({ names: ['xn--bcher-kva.example'] }),
      'bäcker.example',
      [name('the certificate is for xn--bcher-kva.example, not for bäcker.example (xn--bcker-gra.example)')],
    ],
    [
      'an expired one of an untrusted root for a wrong host, all three',
      chained(other.leaf({ names: ['other.example'], from: -30, to: -3 }), other),
      'shop.example',
      [
        /the certificate expired 2 days ago/,
        chain('the chain ends at "CN=Other Root", a root that is not trusted here'),
        name('the certificate is for other.example, not for shop.example'),
      ],
    ],
  ])('%s', async (_, identity, host, reasons) => {
    const { outcome, reason, class: failureClass, failures } = await judged(identity, `server-name: ${host}`);
    expect({ outcome, reason, failureClass }).toEqual({
      outcome: 'fail',
      reason: 'checks-failed',
      failureClass: 'tls-verdict',
    });
    expect(failures).toEqual(
      reasons.map((one) => (typeof one === 'string' ? one : expect.stringMatching(one))),
    );
  });
});

const own = (keys: string) => `server-name: shop.example, ${keys}`;

describe('a tls check asserts', () => {
  it.each<[string, string, string, readonly string[]]>([
    ['days left in its own mapping', own('days-left: { gte: 14 }'), '', []],
    ['too few days left', own('days-left: { gte: 91 }'), '', ['days-left: at least 91: 90']],
    ['the days of the leaf apart', own('leaf-days-left: 90'), '', []],
    ['its names', own('subject: CN=shop.example, issuer: CN=Test Root, san: [shop.example]'), '', []],
    ['its key', own('key: ec, key-bits: { gte: 256 }, signature: ecdsa-with-SHA256'), '', []],
    [
      'the forms of its numbers',
      own('serial: { matches: "^[0-9A-F]+$" }, fingerprint: { matches: "^([0-9A-F]{2}:){31}[0-9A-F]{2}$" }'),
      '',
      [],
    ],
    ['its dates', own('valid-from: { lt: "2100" }, valid-to: { gt: "2026" }'), '', []],
    ['the version as a number', own('version: { gte: 1.2 }, cipher: { starts-with: TLS_AES }'), '', []],
    ['another version', own('version: TLSv1.2'), '', ['version: equals 1.2: 1.3']],
    ['that nothing is stapled', own('ocsp-stapled: false, ocsp-status: { exists: false }'), '', []],
    [
      'in expect as well',
      own('trusted: true'),
      '  expect: { host-matches: true, self-signed: false, duration: { lt: 4s } }',
      [],
    ],
    ['the protocol that was chosen', own('alpn: h2'), '  expect: { alpn: h2 }', []],
  ])('%s', async (_, keys, expected, failures) => {
    const port = await serveTls({ ...good, ALPNProtocols: ['h2', 'http/1.1'] });
    const text = `- name: c\n  tls: { host: 127.0.0.1, port: ${port}, ${keys.replace(/: CN=(\S[^,]*)/g, ': "CN=$1"')} }\n${expected}`;
    expect((await lastAttempt(text)).failures).toEqual(failures);
  });

  it('the earliest end on the verified chain, not on all that was sent', async () => {
    const brief = new Authority('Brief', { under: testRoot, to: 20 });
    const spare = new Authority('Spare', { to: 1 });
    const chain = chained(brief.leaf({ names: ['shop.example'] }), brief, spare);
    const { failures } = await judged(chain, own('days-left: 20, leaf-days-left: 90'));
    expect(failures).toEqual([]);
  });

  it('that a certificate is not trusted, where it says so itself', async () => {
    const identity = selfSigned({ names: ['other.example'] });
    expect(
      await judged(identity, own('trusted: false, self-signed: true, host-matches: false')),
    ).toMatchObject({
      outcome: 'pass',
    });
    expect(await judged(identity, own('trusted: false'), '  expect: { host-matches: true }')).toMatchObject({
      outcome: 'fail',
      failures: ['host-matches: equals true: false'],
    });
  });

  it('nothing of the order when the plain question is asked', async () => {
    const reversed = chained(lower.leaf({ names: ['shop.example'] }), upper, lower);
    expect(await judged(reversed, own('trusted: true'))).toMatchObject({ outcome: 'pass' });
  });
});

describe('min-version', () => {
  const rsa = selfSignedRsa({ names: ['shop.example'] });
  const weak = { ...rsa, minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
  const keys = (version: string) => own(`trusted: false, min-version: ${version}`);

  it.each<[string, object, string, readonly string[]]>([
    ['is met by a server that refuses what is older', rsa, '1.2', []],
    [
      'is not met by one that takes TLS 1.0 and 1.1 too',
      weak,
      '1.2',
      ['versions below 1.2: refused: accepted: TLS 1.0, TLS 1.1'],
    ],
    ['looks only below itself', weak, '1.0', []],
    ['finds TLS 1.2 where 1.3 is wanted', rsa, '"1.3"', ['versions below 1.3: refused: accepted: TLS 1.2']],
  ])('%s', async (_, options, version, failures) => {
    const port = await serveTls(options);
    const text = `- name: c\n  tls: { host: 127.0.0.1, port: ${port}, ${keys(version)} }`;
    expect((await lastAttempt(text)).failures).toEqual(failures);
  });

  it('takes at most four handshakes', async () => {
    const port = await serveTls({ ...rsa, minVersion: 'TLSv1.3' });
    const proxy = await connectProxy({ kind: 'tunnels', to: port });
    await using _ = proxy;
    const text = `- name: c\n  tls: { host: shop.example, ${keys('1.3').replace('server-name: shop.example, ', '')} }`;
    expect(await lastAttempt(text, { env: { https_proxy: `http://127.0.0.1:${proxy.port}` } })).toMatchObject(
      {
        outcome: 'pass',
      },
    );
    expect(proxy.asked).toHaveLength(4);
  });
});

describe('a tls check that gets no certificate', () => {
  it.each<[string, () => Promise<string | number>, string, string]>([
    ['fails when the connection is refused', refusingUrl, 'connect', 'connect ECONNREFUSED 127.0.0.1:PORT'],
    [
      'may try again when the handshake is cut off',
      () => serveSocket((socket) => socket.once('data', () => socket.resetAndDestroy())),
      'tls-transient',
      'read ECONNRESET during the TLS handshake',
    ],
    [
      'says when the server does not speak TLS',
      () => serveSocket((socket) => socket.end('220 mail ESMTP\r\n')),
      'tls-transient',
      'ERR_SSL_WRONG_VERSION_NUMBER wrong version number during the TLS handshake',
    ],
    [
      'waits no longer than its connect timeout',
      () => serveSocket(() => {}),
      'timeout',
      'no TLS handshake within 150 ms',
    ],
  ])('%s', async (_, server, failureClass, why) => {
    const port = new URL(String(await server())).port;
    const text = `- name: c\n  tls: { host: 127.0.0.1, port: ${port} }\n  connect-timeout: 150ms`;
    expect(await lastAttempt(text)).toEqual({
      outcome: 'fail',
      reason: 'checks-failed',
      class: failureClass,
      summary: `TLS 127.0.0.1:PORT → ${why}`,
      failures: [],
    });
  });
});

describe('the address of a tls check', () => {
  it('is that of the target where it names none', async () => {
    const port = await serveTls(testRoot.leaf({ names: ['127.0.0.1'] }));
    const text = `target: https://127.0.0.1:${port}/shop\nchecks:\n  - name: c\n    tls: { days-left: { gte: 14 } }`;
    expect(await lastAttempt(text)).toMatchObject({ outcome: 'pass' });
  });

  it('may be the whole check, and is reached through the proxy of the environment', async () => {
    const proxy = await connectProxy({ kind: 'tunnels', to: await serveTls(good) });
    await using _ = proxy;
    const env = { https_proxy: `http://127.0.0.1:${proxy.port}` };
    expect(await lastAttempt('- { name: c, tls: shop.example }', { env })).toMatchObject({ outcome: 'pass' });
    expect(proxy.asked).toEqual(['CONNECT shop.example:443']);
  });

  it('is inconclusive when neither it nor anything else is reached', async () => {
    const proxy = await connectProxy({ kind: 'refuses', status: 502 });
    await using _ = proxy;
    const env = { https_proxy: `http://127.0.0.1:${proxy.port}` };
    const text = '- { name: c, tls: shop.example }';
    expect(await lastAttempt(text, { env, controlUrl: 'https://control.example' })).toEqual({
      outcome: 'inconclusive',
      reason: 'runner-network',
      class: 'connect',
      summary: 'TLS shop.example:443 → the proxy 127.0.0.1:PORT answered 502 to CONNECT shop.example:443',
      failures: [],
    });
  });
});
