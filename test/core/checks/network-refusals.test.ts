// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the check language
import { describe, expect, it } from 'vitest';
import type { ActionFailure } from '../../../packages/core/src/outcome/failure.ts';
import { check } from './loopback.ts';

/** Everything wrong with one check named `c`, found before anything is sent. */
async function complaints(type: string, options = {}): Promise<readonly string[] | undefined> {
  return check(`- name: c\n  ${type}`, options).then(
    () => undefined,
    (error: ActionFailure) => error.details,
  );
}

describe('a check of the network is refused', () => {
  it.each<[string, string, readonly string[]]>([
    [
      'without a host or target',
      'tls: { days-left: 14 }',
      ['checks:1:3: Check "c": There is no `host` and no target. Name the host, or pass the variable `url`.'],
    ],
    [
      'with a port that is none',
      'tcp: { host: db, port: 70000 }',
      ['checks:2:26: `port` must be a number from 1 to 65535, not 70000.'],
    ],
    [
      'with an address that is none',
      'tcp: "https://db/"',
      ['checks:2:8: `tcp` must be an address such as shop.example:443, not "https://db/".'],
    ],
    [
      'without a port for tcp',
      'tcp: db.internal',
      ['checks:1:3: Check "c": There is no `port`. Write it, as in db.internal:5432.'],
    ],
    [
      'with a host that is none',
      'tls: { host: "a b" }',
      ['checks:1:3: Check "c": "a b" is not a host name.'],
    ],
    [
      'with a word of another type',
      'tls: { host: a, days-let: 14 }',
      ['checks:2:19: Unknown key `days-let` in `tls`. Did you mean `days-left`?'],
    ],
    [
      'with days in words',
      'tls: { host: a, days-left: { gte: two weeks } }',
      ['checks:2:37: `gte` takes a number, not "two weeks".'],
    ],
    [
      'with a flag that is none',
      'tls: { host: a, trusted: maybe }',
      ['checks:2:28: `trusted` takes true or false, not "maybe".'],
    ],
    [
      'with a version of TLS that never was',
      'tls: { host: a, min-version: 1.4, version: 2 }',
      [
        'checks:2:32: `min-version` must be one of 1.0, 1.1, 1.2, 1.3, not 1.4.',
        'checks:2:46: A TLS version is 1.0, 1.1, 1.2 or 1.3, not 2.',
      ],
    ],
    [
      'with a starttls nobody speaks',
      'tcp: { host: a, port: 1, starttls: gopher }',
      ['checks:2:38: `starttls` must be one of smtp, imap, pop3, ftp, postgres, ldap, not "gopher".'],
    ],
    [
      'with starttls and without TLS',
      'tcp: { host: a, port: 1, starttls: smtp, tls: false }',
      ['checks:2:8: `starttls` is TLS: it cannot be with `tls: false`.'],
    ],
    [
      'with two dialogues',
      'tcp: { host: a, port: 1, send: x, steps: [{ expect: y }] }',
      ['checks:2:37: A dialogue is either `send` and `expect`, or `steps`: not both.'],
    ],
    [
      'with a step that does nothing',
      'tcp: { host: a, port: 1, steps: [{}] }',
      ['checks:2:36: A step needs `send`, `expect`, or both: it would do nothing.'],
    ],
    [
      'with an opcode on a stream',
      'tcp: { host: a, port: 1, steps: [{ expect: y, opcode: text }] }',
      ['checks:2:49: Unknown key `opcode` in a step of a dialogue. Legal: send, expect.'],
    ],
    [
      'with a broken pattern in a dialogue',
      'tcp: { host: a, port: 1, expect: { matches: "(" } }',
      [
        'checks:2:47: `matches` takes a regular expression (Invalid regular expression: /(/: Unterminated group), not "(".',
      ],
    ],
    [
      'with a broken template in a dialogue',
      'tcp: { host: a, port: 1, send: "${a b}" }',
      [
        'checks:2:34: "${a b}" has a `${` that is not a name in braces. Write `$${` for the characters themselves.',
      ],
    ],
    [
      'with bytes that are not base64',
      'tcp: { host: a, port: 1, send: { base64: "&" } }',
      ['checks:1:3: Check "c": "&" is not base64.'],
    ],
    ['with a websocket without a url', 'websocket: { send: x }', ['checks:2:14: `websocket` needs a `url`.']],
    [
      'with a websocket elsewhere than on the web',
      'websocket: ftp://a/',
      ['checks:1:3: Check "c": "ftp://a/" is neither ws nor wss.'],
    ],
    [
      'with a relative websocket and no target',
      'websocket: /live',
      [
        'checks:1:3: Check "c": "/live" is relative and there is no target. Set `target`, or pass the variable `url`.',
      ],
    ],
    [
      'with credentials in a websocket’s address',
      'websocket: wss://me:pw@a/',
      ['checks:1:3: Check "c": The address holds credentials. Use `headers` with a secret.'],
    ],
    [
      'with a subprotocol that is no name',
      'websocket: { url: "ws://a/", subprotocol: "a b" }',
      ['checks:1:3: Check "c": "a b" is not a name of a subprotocol.'],
    ],
    [
      'with a close code that is none',
      'websocket: { url: "ws://a/", close: 5 }',
      ['checks:2:39: `close` must be a close code from 1000 to 4999, not 5.'],
    ],
    [
      'with a type of record nobody knows',
      'dns: { name: a, type: AAA }',
      [
        'checks:2:25: `type` must be one of A, AAAA, CAA, CNAME, MX, NS, PTR, SOA, SRV, TXT, not "AAA". Did you mean `AAAA`?',
      ],
    ],
    [
      'with a broken JSONPath of a message',
      'websocket: { url: "ws://a/" }\n  expect: { jsonpath: { "$[": 1 } }',
      ['checks:3:25: "$[" is not a JSONPath: unclosed bracketed selection (\'$[\':2).'],
    ],
  ])('%s', async (_, type, messages) => {
    expect(await complaints(type)).toEqual(messages);
  });

  it.each<[string, string, string]>([
    ['tcp', 'tcp: { host: db.example, port: 6379, send: "${TOKEN}" }', 'plain tcp to db.example:6379'],
    [
      'websocket',
      'websocket: { url: "ws://db.example/", headers: { authorization: "${TOKEN}" } }',
      'plain ws to db.example',
    ],
    [
      'grpc',
      'grpc: { host: db.example, tls: false, metadata: { authorization: "${TOKEN}" } }',
      'plain grpc to db.example:80',
    ],
  ])('when %s would send a secret in the clear', async (_, type, over) => {
    const text = `secrets: [TOKEN]\nchecks:\n  - name: c\n    ${type}`;
    const failure: ActionFailure = await check(text, { secrets: { TOKEN: 'abcdef' } }).catch(
      (error) => error,
    );
    expect(failure.details).toEqual([
      `checks:3:5: Check "c": A secret would go over ${over}. Use TLS, or set \`allow-insecure: true\`.`,
    ]);
  });
});
