import { crc32, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { lastAttempt } from './last-attempt.ts';
import { closeServers, page, serve } from './loopback.ts';

afterEach(closeServers);

async function said(coding: string, body: Buffer, expected = '{ status: 200 }') {
  const url = await serve((_, response) => {
    response.setHeader('content-encoding', coding);
    response.end(body);
  });
  const { outcome, summary } = await lastAttempt(page(url, expected));
  return [outcome, summary.replace(/^.* → /, '')];
}

const text = 'Welcome';
const junk = Buffer.from('xyz');

/** A member of gzip with one byte of it changed, counted from its end where below zero. */
function changed(at: number, member = gzipSync(text)): Buffer {
  const bytes = Buffer.from(member);
  const index = at < 0 ? bytes.length + at : at;
  bytes[index] = (bytes[index] ?? 0) ^ 0x20;
  return bytes;
}

/** A member whose head has a checksum of its own. */
function summed(sum: (head: Buffer) => number): Buffer {
  const member = gzipSync(text);
  const head = Buffer.from(member.subarray(0, 10));
  head[3] = 2;
  const check = Buffer.alloc(2);
  check.writeUInt16LE(sum(head) & 0xffff);
  return Buffer.concat([head, check, member.subarray(10)]);
}

describe('gzip that zlib, and so curl, refuses fails', () => {
  const wrong: [string, Buffer][] = [
    ['a wrong length', changed(-4)],
    ['a wrong length, by its last byte', changed(-1)],
    ['a wrong checksum', changed(-8)],
    ['another method than deflate', changed(2)],
    ['a flag that nobody knows', changed(3)],
    ['a wrong checksum of its head', summed((head) => crc32(head) + 1)],
  ];

  it.each(wrong)('%s', async (_, body) => {
    expect(await said('gzip', body)).toEqual(['fail', 'the body is not gzip']);
  });

  it.each(wrong)('%s, with bytes behind it', async (_, body) => {
    expect(await said('gzip', Buffer.concat([body, junk]))).toEqual(['fail', 'the body is not gzip']);
  });

  it.each(wrong)('%s in its second member', async (_, body) => {
    expect(await said('x-gzip', Buffer.concat([gzipSync(text), body]))).toEqual([
      'fail',
      'the body is not x-gzip',
    ]);
  });

  it('and a right checksum of its head is read, with bytes behind it too', async () => {
    const body = summed(crc32);
    const whole = `{ body: ${text} }`;
    expect([await said('gzip', body, whole), await said('gzip', Buffer.concat([body, junk]), whole)]).toEqual(
      [
        ['pass', '200'],
        ['pass', '200'],
      ],
    );
  });
});

describe('a window of zstd is of 8 MiB at most', () => {
  /** One frame of `hi`, which asks for a window of 2^log bytes. */
  const asking = (log: number) =>
    Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, (log - 10) << 3, 0x11, 0, 0, 0x68, 0x69]);

  it('that is read', async () => {
    expect(await said('zstd', asking(23), '{ body: hi }')).toEqual(['pass', '200']);
  });

  it.each([24, 25, 26, 27])('2^%d is more, and fails', async (log) => {
    expect(await said('zstd', asking(log))).toEqual(['fail', 'the body is not zstd']);
  });
});
