import type { Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { selfSigned } from '../../support/certificates.ts';
import { connectProxy } from '../../support/connect-proxy.ts';
import { lastAttempt } from './last-attempt.ts';
import { closeServers, refusingUrl, serveSocket } from './loopback.ts';
import { serveTls, testRoot, trustTestRoot } from './secure-loopback.ts';

beforeAll(trustTestRoot);
afterEach(closeServers);

const good = testRoot.leaf({ names: ['shop.example'] });
const portOf = (url: string) => Number(new URL(url).port);

/** A server that answers every line with what `answers` has for it, after its greeting. */
function talking(answers: Readonly<Record<string, string>>, greeting = ''): (socket: Socket) => void {
  return (socket) => {
    if (greeting !== '') socket.write(greeting);
    socket.on('data', (bytes) => socket.write(answers[bytes.toString().trim()] ?? '-ERR unknown\r\n'));
  };
}

async function asked(server: (socket: Socket) => void, keys: string, more = '') {
  const port = portOf(await serveSocket(server));
  return lastAttempt(`- name: c\n  tcp: { host: 127.0.0.1, port: ${port}, ${keys} }\n${more}`);
}

const open = {
  outcome: 'pass',
  reason: 'verified',
  class: undefined,
  summary: 'TCP 127.0.0.1:PORT → open',
  failures: [],
};
const failed = { outcome: 'fail', reason: 'checks-failed' };

describe('a tcp check', () => {
  it('passes when the connection opens', async () => {
    expect(await asked(() => {}, '')).toEqual(open);
  });

  it('may be an address and nothing else', async () => {
    const port = portOf(await serveSocket(() => {}));
    expect(await lastAttempt(`- { name: c, tcp: "127.0.0.1:${port}" }`)).toEqual(open);
  });

  it('fails when nothing listens', async () => {
    const port = portOf(await refusingUrl());
    expect(await lastAttempt(`- { name: c, tcp: "127.0.0.1:${port}" }`)).toEqual({
      ...failed,
      class: 'connect',
      summary: 'TCP 127.0.0.1:PORT → connect ECONNREFUSED 127.0.0.1:PORT',
      failures: [],
    });
  });

  it('asserts what was received, and how long it took', async () => {
    const greets = (socket: Socket) => socket.write('SSH-2.0-OpenSSH_9.6\r\n');
    const more = '  expect: { received: { matches: /openssh_9/i }, duration: { lt: 4s } }';
    expect(await asked(greets, 'expect: SSH-2', more)).toEqual(open);
  });

  it('goes through the proxy of the environment', async () => {
    const proxy = await connectProxy({
      kind: 'tunnels',
      to: portOf(await serveSocket(talking({ PING: '+PONG' }))),
    });
    await using _ = proxy;
    const text = '- { name: c, tcp: { host: db.internal, port: 7000, send: PING, expect: PONG } }';
    const env = { https_proxy: `http://127.0.0.1:${proxy.port}` };
    expect(await lastAttempt(text, { env })).toMatchObject({ outcome: 'pass' });
    expect(proxy.asked).toEqual(['CONNECT db.internal:7000']);
  });

  it('hears a greeting that comes together with the proxy’s answer', async () => {
    const proxy = await serveSocket((one) =>
      one.once('data', () => one.write('HTTP/1.1 200 OK\r\n\r\nhello')),
    );
    const text = '- { name: c, tcp: { host: db.internal, port: 7000, expect: hello } }';
    expect(await lastAttempt(text, { env: { https_proxy: proxy } })).toMatchObject({ outcome: 'pass' });
  });
});

describe('a dialogue', () => {
  const redis = talking({ PING: '+PONG\r\n', ECHO: 'caf\u00e9\r\n' });
  it.each<[string, (socket: Socket) => void, string, readonly string[]]>([
    ['says one thing and waits for the answer', redis, 'send: "PING\\r\\n", expect: PONG', []],
    [
      'takes predicates',
      redis,
      'send: "PING\\r\\n", expect: { matches: "/^\\\\+pong/i", not-contains: ERR }',
      [],
    ],
    ['sends bytes', redis, 'send: { base64: UElORw0K }, expect: PONG', []],
    [
      'reads text over several pieces',
      (one) => {
        one.write('PO');
        setTimeout(() => one.write('NG'), 20);
      },
      'expect: PONG',
      [],
    ],
    [
      'takes steps in order',
      talking({ 'EHLO me': '250-a\r\n250 b\r\n', QUIT: '221 bye\r\n' }, '220 mail\r\n'),
      'steps: [{ expect: "220 " }, { send: "EHLO me\\r\\n", expect: "250 " }, { send: "QUIT\\r\\n", expect: "221" }]',
      [],
    ],
    [
      'says which step got nowhere, and what came instead',
      talking({ PING: '-LOADING\r\n' }, 'hello\r\n'),
      'steps: [{ expect: hello }, { send: "PING\\r\\n", expect: PONG }]',
      ['answer in step 2: contains "PONG": "-LOADING\\r\\n", and no more in time'],
    ],
    [
      'waits for nothing in vain',
      () => {},
      'expect: hello',
      ['answer: contains "hello": nothing, and no more in time'],
    ],
    [
      'ends with the connection',
      (one) => one.end('bye'),
      'expect: hello',
      ['answer: contains "hello": "bye", then the end'],
    ],
  ])('%s', async (_, server, keys, failures) => {
    expect((await asked(server, keys, '  timeout: 300ms')).failures).toEqual(failures);
  });

  it('fails when its pattern backtracks on what was answered past the deadline', async () => {
    const server = (socket: Socket) => socket.write('a'.repeat(40));
    expect(await asked(server, 'expect: { matches: "(a+)+b" }', '  timeout: 300ms')).toMatchObject({
      outcome: 'fail',
      class: 'assertion',
    });
  });

  it('gives up on an endless answer', async () => {
    const server = (socket: Socket) => {
      const more = () => socket.write('x'.repeat(256 * 1024)) && setImmediate(more);
      socket.on('drain', more);
      more();
    };
    const { class: failureClass, failures } = await asked(server, 'expect: hello');
    expect([failureClass, failures?.[0]?.slice(0, 60)]).toEqual([
      'assertion',
      'answer: contains "hello": no match in the first 1048576 byte',
    ]);
  });
});

describe('tls on a tcp check', () => {
  it('verifies who answers before anything is said', async () => {
    let heard = '';
    const port = await serveTls(selfSigned({ names: ['shop.example'] }), (socket) =>
      socket.on('data', (bytes) => {
        heard += bytes;
        socket.write('ok');
      }),
    );
    const text = `- name: c\n  tcp: { host: 127.0.0.1, port: ${port}, tls: true, server-name: shop.example, send: secret, expect: ok }`;
    expect(await lastAttempt(text)).toMatchObject({
      class: 'tls-verdict',
      failures: ['certificate chain: trusted: the certificate is self-signed: nobody vouches for it'],
    });
    expect(heard).toBe('');
  });

  it('holds the dialogue inside, and may ask about the certificate', async () => {
    const port = await serveTls(good, talking({ PING: '+PONG\r\n' }));
    const text = `- name: c\n  tcp: { host: 127.0.0.1, port: ${port}, tls: true, server-name: shop.example, send: "PING\\r\\n", expect: PONG }\n  expect: { days-left: { gte: 14 } }`;
    expect(await lastAttempt(text)).toEqual(open);
  });

  /** Answers line by line, and after the last answer speaks TLS. */
  function upgrading(greeting: string, turns: readonly (readonly [string | Buffer, string | Buffer])[]) {
    return (socket: Socket) => {
      socket.write(greeting);
      const left = [...turns];
      socket.on('data', function hear(bytes: Buffer) {
        const [wanted, answer] = left.shift() ?? ['', ''];
        socket.write(Buffer.compare(bytes, Buffer.from(wanted)) === 0 ? answer : '500 not understood\r\n');
        if (left.length > 0) return;
        socket.off('data', hear);
        const secure = new TLSSocket(socket, { isServer: true, secureContext: createSecureContext(good) });
        secure.on('error', () => {});
        secure.on('data', (said) => secure.write(`secret ${said}`));
      });
    };
  }

  const ldapRequest = Buffer.from('301d02010177188016312e332e362e312e342e312e313436362e3230303337', 'hex');
  it.each<[string, (socket: Socket) => void]>([
    [
      'smtp',
      upgrading('220-hi\r\n220 mail\r\n', [
        ['EHLO belay\r\n', '250-mail\r\n250-STARTTLS\r\n250 OK\r\n'],
        ['STARTTLS\r\n', '220 go\r\n'],
      ]),
    ],
    ['imap', upgrading('* OK ready\r\n', [['b1 STARTTLS\r\n', 'b1 OK begin\r\n']])],
    ['pop3', upgrading('+OK ready\r\n', [['STLS\r\n', '+OK begin\r\n']])],
    ['ftp', upgrading('220 ready\r\n', [['AUTH TLS\r\n', '234 begin\r\n']])],
    ['postgres', upgrading('', [[Buffer.from('0000000804d2162f', 'hex'), 'S']])],
    ['ldap', upgrading('', [[ldapRequest, Buffer.from('300c02010178070a010004000400', 'hex')]])],
  ])('begins in the clear with starttls: %s', async (protocol, server) => {
    const keys = `starttls: ${protocol}, server-name: shop.example, send: hush, expect: secret hush`;
    expect(await asked(server, keys)).toEqual(open);
  });

  it.each<[string, string, (socket: Socket) => void, string]>([
    [
      'that is not offered',
      'smtp',
      upgrading('220 mail\r\n', [['EHLO belay\r\n', '250 OK\r\n']]),
      '"250 OK"',
    ],
    ['that Postgres declines', 'postgres', (one) => one.on('data', () => one.write('N')), '"N"'],
    [
      'that LDAP declines',
      'ldap',
      (one) => one.on('data', () => one.write(Buffer.from('300c02010178070a013504000400', 'hex'))),
      '"0\\f',
    ],
    ['by hanging up', 'imap', (one) => one.end(), 'nothing, then the end'],
  ])('fails on a starttls %s', async (_, protocol, server, why) => {
    const { outcome, class: failureClass, summary } = await asked(server, `starttls: ${protocol}`);
    expect([outcome, failureClass]).toEqual(['fail', 'assertion']);
    expect(summary).toContain(`TCP 127.0.0.1:PORT → the server did not go over to TLS (${protocol}): ${why}`);
  });
});
