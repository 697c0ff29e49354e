import { once } from 'node:events';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { lastAttempt } from './last-attempt.ts';
import { check, closeServers, page, serve, serveSocket } from './loopback.ts';

afterEach(closeServers);

/** Text that no coding makes small. */
const text = `Welcome${Array.from({ length: 2000 }, (_, index) => Math.sin(index)).join('')}`;
const half = (bytes: Buffer) => bytes.subarray(0, bytes.length >> 1);
const junk = Buffer.from('xyz');
/** A frame of zstd with three bytes for somebody else. */
const skipped = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);

/** A member that tells the name of its file. */
function named(member: Buffer): Buffer {
  const head = Buffer.from(member.subarray(0, 10));
  head[3] = 8;
  return Buffer.concat([head, Buffer.from('page.html\0'), member.subarray(10), junk]);
}

/** Each with the bytes of a whole body. */
const codings: Readonly<Record<string, Buffer>> = {
  gzip: gzipSync(text),
  deflate: deflateSync(text),
  'deflate without its wrapper': deflateRawSync(text),
  br: brotliCompressSync(text),
  zstd: zstdCompressSync(text),
};
const nameOf = (coding: string) => coding.split(' ', 1)[0] ?? '';

async function answered(coding: string, body: Buffer, expected: string) {
  const url = await serve((_, response) => {
    response.setHeader('content-encoding', coding);
    response.end(body);
  });
  return lastAttempt(page(url, expected));
}

const passed = { outcome: 'pass', failures: [] };
const whole = `{ bytes: { count: ${text.length} }, body: { starts-with: Welcome } }`;
const anything = '{ status: 200 }';
const failing = (why: string) => ({
  outcome: 'fail',
  class: 'assertion',
  summary: `GET http://127.0.0.1:PORT/ → ${why}`,
});

describe('an encoded body', () => {
  it.each(Object.entries(codings))('is undone in full: %s', async (coding, body) => {
    expect(await answered(nameOf(coding), body, whole)).toMatchObject(passed);
  });

  it.each(
    Object.entries(codings).flatMap(([coding, body]) => [
      [coding, 'at half', half(body)] as const,
      [coding, 'before its last byte', body.subarray(0, -1)] as const,
      [coding, 'after a few bytes', body.subarray(0, 3)] as const,
    ]),
  )('that is cut short fails: %s, %s', async (coding, _, body) => {
    const name = nameOf(coding);
    expect(await answered(name, body, anything)).toMatchObject(
      failing(`the body is cut short: its ${name} does not come to its end`),
    );
  });

  it.each(['gzip', 'deflate', 'br', 'zstd'])('that is something else fails: %s', async (coding) => {
    const page = Buffer.from('<!doctype html><p>Welcome</p>');
    expect(await answered(coding, page, anything)).toMatchObject(failing(`the body is not ${coding}`));
  });

  it.each<[string, string, Buffer]>([
    ['two members of gzip', 'gzip', Buffer.concat([gzipSync(text.slice(0, 9)), gzipSync(text.slice(9))])],
    [
      'two frames of zstd',
      'zstd',
      Buffer.concat([zstdCompressSync(text.slice(0, 9)), zstdCompressSync(text.slice(9))]),
    ],
    [
      'two streams of deflate',
      'deflate',
      Buffer.concat([deflateSync(text.slice(0, 9)), deflateSync(text.slice(9))]),
    ],
    ['frames of zstd to be skipped', 'zstd', Buffer.concat([skipped, zstdCompressSync(text), skipped])],
    ['a member of gzip with a name', 'gzip', named(gzipSync(text))],
  ])('may have several parts: %s', async (_, coding, body) => {
    expect(await answered(coding, body, whole)).toMatchObject(passed);
  });

  it.each<[string, string, Buffer, string]>([
    ['member of gzip', 'gzip', gzipSync(text), 'gzip'],
    ['frame of zstd', 'zstd', zstdCompressSync(text), 'zstd'],
    ['stream of deflate', 'deflate', deflateSync(text), 'deflate'],
  ])('fails where its second %s is cut short', async (_, coding, one, name) => {
    expect(await answered(coding, Buffer.concat([one, half(one)]), anything)).toMatchObject(
      failing(`the body is cut short: its ${name} does not come to its end`),
    );
  });

  it.each<[string, Buffer]>([
    ['gzip', gzipSync(text)],
    ['deflate', deflateSync(text)],
  ])('is read without what follows its end, with a note: %s', async (coding, body) => {
    const url = await serve((_, response) => {
      response.setHeader('content-encoding', coding);
      response.end(Buffer.concat([body, junk]));
    });
    const report = await check(page(url, whole));
    expect(report.results[0]?.attempts.at(-1)).toMatchObject({
      outcome: 'pass',
      notes: [`3 bytes follow the end of its ${coding}, and were left out`],
    });
  });

  it.each<[string, Buffer, string]>([
    ['br', brotliCompressSync(text), ': 3 bytes follow the end of its br'],
    ['zstd', zstdCompressSync(text), ''],
  ])('fails with what follows its end where curl fails: %s', async (coding, body, why) => {
    expect(await answered(coding, Buffer.concat([body, junk]), anything)).toMatchObject(
      failing(`the body is not ${coding}${why}`),
    );
  });

  it('with a wrong checksum fails', async () => {
    const body = Buffer.concat([gzipSync(text), junk]);
    body[body.length - junk.length - 8] = (body[body.length - junk.length - 8] ?? 0) ^ 1;
    expect(await answered('gzip', body, anything)).toMatchObject(failing('the body is not gzip'));
  });

  it.each([
    ['two lines', ['content-encoding: gzip', 'content-encoding: br']],
    ['two lines, one of them without a coding', ['content-encoding: gzip, br', 'content-encoding: identity']],
    ['one line', ['content-encoding: gzip, br']],
    ['another case', ['Content-Encoding: GZip', 'CONTENT-ENCODING: BR']],
    ['what the transfer added', ['content-encoding: gzip', 'transfer-encoding: br']],
  ])('is undone by the codings of %s', async (_, lines) => {
    const body = brotliCompressSync(gzipSync(text));
    const url = await serveSocket((socket) =>
      socket.once('data', async () => {
        socket.write(`HTTP/1.1 200 OK\r\nconnection: close\r\n${lines.join('\r\n')}\r\n\r\n`);
        socket.end(body);
        await once(socket, 'close');
      }),
    );
    expect(await lastAttempt(page(url, whole))).toMatchObject(passed);
  });

  it('grows to max-body and no more, over all its frames', async () => {
    const mega = zstdCompressSync(Buffer.alloc(1024 * 1024));
    const url = await serve((_, response) => {
      response.setHeader('content-encoding', 'zstd');
      response.end(Buffer.concat(Array.from({ length: 3 }, () => mega)));
    });
    const asked = (most: string) =>
      lastAttempt(`- name: c\n  http: { url: "${url}", max-body: ${most} }\n  expect: { status: 200 }`);
    expect([await asked('3 MiB'), await asked('2 MiB')]).toMatchObject([
      passed,
      failing('the decoded body is larger than 2097152 bytes'),
    ]);
  });
});
