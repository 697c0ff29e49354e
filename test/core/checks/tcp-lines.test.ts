import type { Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { lastAttempt } from './last-attempt.ts';
import { closeServers, serveSocket } from './loopback.ts';

afterEach(closeServers);

/** Says each piece after a pause, and then hangs up where it ends with `end`. */
const saying =
  (...pieces: readonly string[]) =>
  (socket: Socket) => {
    for (const [index, piece] of pieces.entries())
      setTimeout(() => (piece === 'end' ? socket.end() : socket.write(piece)), 60 * index);
  };

async function asked(server: (socket: Socket) => void, keys: string, more = '') {
  const { port } = new URL(await serveSocket(server));
  const text = `- name: c\n  tcp: { host: 127.0.0.1, port: ${port}, ${keys} }\n  timeout: 600ms${more}`;
  const { outcome, class: failureClass, failures } = await lastAttempt(text);
  return outcome === 'pass' ? 'pass' : [failureClass, ...(failures ?? [])];
}

const pieces = saying('-E', 'RR boom\r\n');

describe('an expect of a dialogue that says what must not be', () => {
  it.each<[string, (socket: Socket) => void, string, unknown]>([
    [
      'waits for the end of the line',
      pieces,
      'expect: { not-contains: ERR }',
      ['assertion', 'answer: not contains "ERR": "-ERR boom\\r\\n"'],
    ],
    ['holds of a line without it', saying('+O', 'K\r\n'), 'expect: { not-contains: ERR }', 'pass'],
    [
      'is asked of the whole end of a connection',
      saying('+O', 'K', 'end'),
      'expect: { not-contains: ERR }',
      'pass',
    ],
    [
      'breaks at the end of a connection',
      saying('-E', 'RR', 'end'),
      'expect: { not-contains: ERR }',
      ['assertion', 'answer: not contains "ERR": "-ERR"'],
    ],
    [
      'does not hold of a line without an end',
      saying('-E'),
      'expect: { not-contains: ERR }',
      ['timeout', 'answer: not contains "ERR": "-E", whose line did not end in time'],
    ],
    [
      'does not hold of nothing',
      saying('end'),
      'expect: { not-contains: ERR }',
      ['assertion', 'answer: not contains "ERR": nothing, then the end'],
    ],
    [
      'does not hold of an empty line',
      saying('\r\n', '-ERR boom\r\n'),
      'expect: { not-contains: ERR }',
      ['assertion', 'answer: not contains "ERR": "\\r\\n-ERR boom\\r\\n"'],
    ],
    [
      'is asked of all that came at once',
      saying('+OK\r\n-ERR boom\r\n'),
      'expect: { not-contains: ERR }',
      ['assertion', 'answer: not contains "ERR": "+OK\\r\\n-ERR boom\\r\\n"'],
    ],
    [
      'waits also where the rest holds already',
      saying('OK but', ' ERR\r\n'),
      'expect: { contains: OK, not-contains: ERR }',
      ['assertion', 'answer: contains "OK" and not contains "ERR": "OK but ERR\\r\\n"'],
    ],
    [
      'is a whole line where it names one',
      saying('DOWN', '\r\n'),
      'expect: { not-equals: DOWN }',
      ['assertion', 'answer: not equals "DOWN": "DOWN\\r\\n"'],
    ],
    [
      'is no part of a line where it names a whole',
      saying('DOWN', ' to earth\r\n'),
      'expect: { not-equals: DOWN }',
      'pass',
    ],
    [
      'knows a pattern too',
      pieces,
      'expect: { not-matches: "^-ERR" }',
      ['assertion', 'answer: not matches ^-ERR: "-ERR boom\\r\\n"'],
    ],
    [
      'in any step',
      (socket) => {
        socket.write('hi\r\n');
        socket.once('data', () => pieces(socket));
      },
      'steps: [{ expect: hi }, { send: x, expect: { not-starts-with: "-ERR" } }]',
      ['assertion', 'answer in step 2: not starts with "-ERR": "-ERR boom\\r\\n"'],
    ],
  ])('%s', async (_, server, keys, verdict) => {
    expect(await asked(server, keys)).toEqual(verdict);
  });
});

describe('an expect of a dialogue that names a line', () => {
  const late = (why: string) => ['timeout', `answer: ${why}, and no more in time`];
  it.each<[string, (socket: Socket) => void, string, unknown]>([
    [
      'is of a whole one',
      saying('OK', ' but degraded\r\n'),
      'expect: { equals: OK }',
      late('equals "OK": "OK but degraded\\r\\n"'),
    ],
    ['holds of one in pieces', saying('O', 'K\r', '\n'), 'expect: { equals: OK }', 'pass'],
    ['holds of one among others', saying('hello\r\nOK\r\nbye\r\n'), 'expect: { equals: OK }', 'pass'],
    ['holds with its end', saying('OK\r\n'), 'expect: { equals: "OK\\r\\n" }', 'pass'],
    ['holds of several', saying('a\r\n', 'b\r\n'), 'expect: { equals: "a\\r\\nb" }', 'pass'],
    ['holds of one that ends with the connection', saying('OK', 'end'), 'expect: { equals: OK }', 'pass'],
    ['holds of one that goes on no more', saying('OK'), 'expect: { equals: OK }', 'pass'],
    [
      'by its end',
      saying('OK', ' not\r\n'),
      'expect: { ends-with: OK }',
      late('ends with "OK": "OK not\\r\\n"'),
    ],
    [
      'by a pattern with an end',
      saying('OK', ' not\r\n'),
      'expect: { matches: "^OK$" }',
      late('matches ^OK$: "OK not\\r\\n"'),
    ],
    [
      'by a pattern of what does not follow',
      saying('OK', ' not\r\n'),
      'expect: { matches: "OK(?! not)" }',
      late('matches OK(?! not): "OK not\\r\\n"'),
    ],
    [
      'by one of several',
      saying('OK', ' not\r\n'),
      'expect: { in: [OK, YES] }',
      late('one of "OK", "YES": "OK not\\r\\n"'),
    ],
    [
      'or its beginning, in a later line',
      saying('250-a\r\n', '250 b\r\n'),
      'expect: { matches: "^250 .*$" }',
      'pass',
    ],
    ['and a part holds at once', saying('login: '), 'steps: [{ expect: "login:" }, { send: x }]', 'pass'],
    ['and a pattern of a part too', saying('login: '), 'expect: { matches: "login\\\\$?: " }', 'pass'],
  ])('%s', async (_, server, keys, verdict) => {
    expect(await asked(server, keys)).toEqual(verdict);
  });

  it('takes a prompt that rests for a whole line, in every step', async () => {
    const { port } = new URL(
      await serveSocket((socket) => {
        socket.write('login: ');
        socket.on('data', () => socket.write('password: '));
      }),
    );
    const steps = '[{ expect: { equals: "login: " } }, { send: a }, { expect: { equals: "password: " } }]';
    const text = `- name: c\n  tcp: { host: 127.0.0.1, port: ${port}, steps: ${steps} }`;
    expect(await lastAttempt(text)).toMatchObject({ outcome: 'pass' });
  });
});

describe('what a tcp check asserts of all that was received', () => {
  it.each<[string, (socket: Socket) => void, string, unknown]>([
    ['is listened for', saying('SSH-2.0', '-OpenSSH\r\n'), 'contains: OpenSSH', 'pass'],
    ['is listened for over lines', saying('a\r\n', 'b\r\n'), 'contains: b', 'pass'],
    [
      'is not there before the line has ended',
      pieces,
      'not-contains: ERR',
      ['assertion', 'received: not contains "ERR": "-ERR boom\\r\\n"'],
    ],
    ['is not there', saying('+OK\r\n'), 'not-contains: ERR', 'pass'],
    [
      'is not there in a line without an end',
      saying('-E'),
      'not-contains: ERR',
      ['timeout', 'received: a whole line: "-E", whose line did not end in time'],
    ],
    [
      'is not there where nothing is',
      saying('end'),
      'not-contains: ERR',
      ['assertion', 'received: not contains "ERR": nothing came'],
    ],
    ['is nothing', saying('end'), 'empty: true', 'pass'],
  ])('%s', async (_, server, expected, verdict) => {
    expect(await asked(server, '', `\n  expect: { received: { ${expected} } }`)).toEqual(verdict);
  });
});
