import { afterEach, describe, expect, it } from 'vitest';
import { check, closeServers, page, serveSocket } from './loopback.ts';

afterEach(closeServers);

/** What a raw answer makes of a check: its outcome, its line without the address, and its notes. */
async function read(
  answer: string,
  { method = 'GET', expected = '{ status: { gte: 200 } }', ends = false } = {},
) {
  const url = await serveSocket((socket) =>
    socket.once('data', () => (ends ? socket.end(answer, 'latin1') : socket.write(answer, 'latin1'))),
  );
  const text = page(url, expected, '    timeout: 2s\n').replace(`http: ${url}`, `http: ${method} ${url}/`);
  const attempt = (await check(text)).results[0]?.attempts.at(-1);
  return {
    outcome: attempt?.outcome,
    said: attempt?.summary.replace(/^.* → /, ''),
    notes: attempt?.notes,
  };
}

const ok = 'HTTP/1.1 200 OK\r\n';
const two = 'content-length: 2\r\n\r\nhi';
const folded = 'a header goes on in a line of its own (obs-fold)';
const bare = 'a line of its head ends without CR (bare LF)';
const more = 'bytes follow the end of the answer, and were left out';

const chunked = 'transfer-encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n';
const identity = 'its transfer-encoding is identity, which is none';
const both = 'it has both a content-length and a transfer-encoding, and was read by the second';

describe('an answer that HTTP does not allow, and curl reads, is read with a note', () => {
  it.each<[string, string, string, readonly string[]]>([
    ['a header in two lines', `${ok}x-a: one\r\n two\r\n${two}`, '{ header: { x-a: one two } }', [folded]],
    [
      'a header in three lines, with tabs',
      `${ok}x-a: one\r\n\ttwo\r\n three\r\n${two}`,
      '{ header: { x-a: { matches: "^one\\\\s+two\\\\s+three$" } }, body: hi }',
      [folded],
    ],
    [
      'bare LF in all of its head',
      'HTTP/1.1 200 OK\nx-a: one\ncontent-length: 2\n\nhi',
      '{ header: { x-a: one }, body: hi }',
      [bare],
    ],
    ['bare LF after one header', `${ok}x-a: one\n${two}`, '{ header: { x-a: one }, body: hi }', [bare]],
    ['bare LF before the body', `${ok}x-a: one\r\ncontent-length: 2\r\n\nhi`, '{ body: hi }', [bare]],
    ['both', `${ok}x-a: one\n two\r\n${two}`, '{ header: { x-a: one two } }', [folded, bare]],
    [
      'bare LF behind an informational answer',
      `HTTP/1.1 103 Early\nlink: </a>\n\n${ok}x-a: one\n${two}`,
      '{ header: { x-a: one } }',
      [bare],
    ],
    ['bytes after 204', 'HTTP/1.1 204 No Content\r\n\r\n<p>gone</p>', '{ status: 204, body: "" }', [more]],
    [
      'a body of 204 with its length',
      'HTTP/1.1 204 No Content\r\ncontent-length: 5\r\n\r\nhello',
      '{ status: 204, body: "" }',
      [more],
    ],
    [
      'bytes after 204 on a connection that closes',
      'HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\nhello',
      '{ status: 204 }',
      [more],
    ],
    ['bytes after 304', 'HTTP/1.1 304 Not Modified\r\n\r\nhello', '{ status: 304, body: "" }', [more]],
    [
      'a control character in a value',
      `${ok}x-a: a\x01b\x7f\r\n${two}`,
      '{ header: { x-a: { starts-with: a } }, body: hi }',
      ['a control character stands in a header'],
    ],
    ['chunks beside a length', `${ok}content-length: 9\r\n${chunked}`, '{ body: hi }', [both]],
    [
      'chunks before a length',
      `${ok}transfer-encoding: chunked\r\ncontent-length: 1\r\n\r\n2\r\nhi\r\n0\r\n\r\n`,
      '{ body: hi }',
      [both],
    ],
    ['bytes after a body of known length', `${ok}${two} there`, '{ body: hi }', [more]],
  ])('%s', async (_, answer, expected, notes) => {
    expect(await read(answer, { expected })).toEqual({
      outcome: 'pass',
      said: expect.stringMatching(/^\d{3}$/),
      notes,
    });
  });

  it('a body after HEAD', async () => {
    const expected = '{ status: 200, body: "" }';
    expect(await read(`${ok}${two}`, { method: 'HEAD', expected })).toEqual({
      outcome: 'pass',
      said: '200',
      notes: [more],
    });
  });

  it.each<[string, string, readonly string[]]>([
    ['identity', `${ok}transfer-encoding: identity\r\n\r\nhi`, [identity]],
    ['identity beside a length', `${ok}transfer-encoding: identity\r\n${two}`, [both, identity]],
  ])('a body to the end of its connection: %s', async (_, answer, notes) => {
    expect(await read(answer, { expected: '{ body: hi }', ends: true })).toEqual({
      outcome: 'pass',
      said: '200',
      notes,
    });
  });

  it.each<[string, string]>([
    ['chunks beside a length', `${ok}content-length: 9\r\n${chunked}`],
    ['a control character', `${ok}x-a: a\x01b\r\n${two}`],
  ])('and its connection carries no other: %s', async (_, answer) => {
    let connections = 0;
    const url = await serveSocket((socket) => {
      connections++;
      socket.on('data', () => socket.write(answer, 'latin1'));
    });
    const one = (name: string) => `  - { name: ${name}, http: ${url}/${name}, expect: { body: hi } }\n`;
    const report = await check(`concurrency: 1\nchecks:\n${one('a')}${one('b')}`);
    expect([report.outcome, connections]).toEqual(['pass', 2]);
  });

  it('and a good one has none, whatever its informational answers and its body look like', async () => {
    const answer = `HTTP/1.1 103 Early\r\nlink: </a>\r\n\r\n${ok}content-length: 9\r\n\r\na\n\n b\nc\n\t`;
    expect(await read(answer)).toEqual({ outcome: 'pass', said: '200', notes: undefined });
  });
});

describe('an answer that curl does not read, that leaves in doubt what it is, or that our parser refuses, fails', () => {
  it.each<[string, string, string]>([
    ['another version', 'HTTP/9.9 200 OK\r\n', 'the answer is not HTTP: version 9.9'],
    [
      'a blank before the first header',
      `${ok} x-a: b\r\n`,
      'the answer is not HTTP: a blank before the first header',
    ],
    ['NUL in a header', `${ok}x-a: a\0b\r\n`, 'the answer is not HTTP: NUL in a header'],
    ['CR without LF', 'HTTP/1.1 200 OK\r\r\n', 'the answer is not HTTP: a CR without LF in its head'],
    [
      'a coding after chunked',
      `${ok}transfer-encoding: chunked, gzip\r\n`,
      'the answer is not HTTP: a transfer-encoding in which chunked is not the last',
    ],
    [
      'chunked before identity, in two lines',
      `${ok}transfer-encoding: chunked\r\ntransfer-encoding: identity\r\n`,
      'the answer is not HTTP: a transfer-encoding in which chunked is not the last',
    ],
    ['status 999', 'HTTP/1.1 999 Denied\r\n', 'the answer has status 999: HTTP’s are 100 to 599'],
    ['status 600', 'HTTP/1.1 600 Denied\r\n', 'the answer has status 600: HTTP’s are 100 to 599'],
    ['status 099', 'HTTP/1.1 099 Low\r\n', 'the answer has status 99: HTTP’s are 100 to 599'],
  ])('%s', async (_, head, why) => {
    expect(await read(`${head}${two}`)).toEqual({ outcome: 'fail', said: why, notes: undefined });
  });

  it.each([
    ['no colon', `${ok}nonsense\r\n${two}`],
    ['a blank in a name', `${ok}x a: b\r\n${two}`],
    ['two lengths', `${ok}content-length: 3\r\n${two}!`],
    ['the same length twice', `${ok}content-length: 2\r\n${two}`],
    ['a blank before the colon of its length', `${ok}content-length : 2\r\n\r\nhi`],
    ['a length in a list', `${ok}content-length: 2, 2\r\n\r\nhi`],
    ['a blank before a colon', `${ok}x-a : b\r\n${two}`],
    ['a greeting of another protocol', 'SSH-2.0-OpenSSH_9.6\r\n'],
  ])('%s', async (_, answer) => {
    expect(await read(answer)).toMatchObject({
      outcome: 'fail',
      said: expect.stringMatching(/^the answer is not HTTP: /),
    });
  });

  it('chunks that end without CR', async () => {
    const answer = `${ok}transfer-encoding: chunked\r\n\r\n2\nhi\n0\n\n`;
    expect(await read(answer)).toMatchObject({ outcome: 'fail' });
  });
});
