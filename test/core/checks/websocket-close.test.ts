import { createHash } from 'node:crypto';
import type { Socket } from 'node:net';
import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { lastAttempt } from './last-attempt.ts';
import { closeServers, listen } from './loopback.ts';

const open = new Set<Socket>();

afterEach(() => {
  for (const socket of open) socket.destroy();
  open.clear();
  closeServers();
});

/** A server that accepts and says these frames at once; what is then done with the connection is the caller's. */
async function accepting(frames: readonly Buffer[], then: (socket: Socket) => void): Promise<string> {
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    open.add(socket);
    socket.on('error', () => {});
    socket.once('data', (head) => {
      const key = /sec-websocket-key: (.*)\r/i.exec(String(head))?.[1];
      const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
      const lines = ['HTTP/1.1 101 Switching Protocols', 'upgrade: websocket', 'connection: upgrade'];
      const answer = Buffer.from(`${[...lines, `sec-websocket-accept: ${accept}`].join('\r\n')}\r\n\r\n`);
      socket.write(Buffer.concat([answer, ...frames]));
      then(socket);
    });
  });
  return `ws://127.0.0.1:${await listen(server)}/live`;
}

const closing = (code: number, reason = '') =>
  Buffer.concat([Buffer.from([0x88, 2 + reason.length, code >> 8, code & 0xff]), Buffer.from(reason)]);
const text = (words: string) => Buffer.concat([Buffer.from([0x81, words.length]), Buffer.from(words)]);
const bareClosing = Buffer.from([0x88, 0]);
const broken = Buffer.from([0xf1, 0]);

/** The server ends the connection so long after the client's own Close frame, milliseconds. */
const endedAfter = (ms: number) => (socket: Socket) => {
  socket.once('data', () => setTimeout(() => socket.end(), ms));
};
const never = () => {};

async function failures(frames: readonly Buffer[], then: (socket: Socket) => void, keys = '', more = '') {
  const url = await accepting(frames, then);
  return (await lastAttempt(`- name: c\n  websocket: { url: "${url}"${keys} }\n  timeout: 700ms\n${more}`))
    .failures;
}

const isTrouble = ['close: open, or closed with 1000: closed with 1011'];

describe('how a websocket ended is told by its Close frame, whenever the connection ends', () => {
  it.each([
    ['at once', endedAfter(0)],
    ['after 300 ms', endedAfter(300)],
    ['after a second', endedAfter(1000)],
    ['never', never],
  ])('%s', async (_, then) => {
    expect(await failures([closing(1011)], then)).toEqual(isTrouble);
  });

  it.each<[string, readonly Buffer[], string, string, readonly string[]]>([
    ['its reason', [closing(1011, 'no db')], '', '', [`${isTrouble[0]} "no db"`]],
    ['one after a message', [text('hello'), closing(1011)], ', expect: hello', '', isTrouble],
    ['1000', [closing(1000)], '', '', []],
    ['one without a code', [bareClosing], '', '', []],
    ['the code that it must end with', [closing(4001)], ', close: 4001', '', []],
    ['another code', [closing(4002)], ', close: 4001', '', ['close: code 4001: closed with 4002']],
    ['the code that is asserted', [closing(4001)], '', '  expect: { close-code: 4001 }', []],
    [
      'one in place of a message',
      [closing(1011)],
      ', expect: hello',
      '',
      ['answer: equals "hello": nothing, then closed with 1011'],
    ],
  ])('%s', async (_, frames, keys, more, expected) => {
    expect(await failures(frames, never, keys, more)).toEqual(expected);
  });

  it('and what breaks the protocol is no Close frame of the server', async () => {
    const url = await accepting([broken], never);
    const got = await lastAttempt(`- name: c\n  websocket: { url: "${url}", expect: a }\n  timeout: 700ms`);
    expect([got.outcome, got.summary, got.failures]).toEqual(['fail', expect.stringContaining('RSV'), []]);
  });
});
