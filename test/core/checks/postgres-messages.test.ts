import { describe, expect, it } from 'vitest';
import { ExchangeError } from '../../../packages/core/src/checks/exchange/exchange-error.ts';
import { MessageScreen } from '../../../packages/core/src/checks/types/postgres/message-screen.ts';
import { lastAttempt } from './last-attempt.ts';
import { closeServers } from './loopback.ts';
import { postgresServer } from './postgres-server.ts';

/** A message; `length` where it lies. */
function message(type: string, body = '', length = body.length + 4): Buffer {
  const head = Buffer.alloc(5);
  head.write(type, 'latin1');
  head.writeUInt32BE(length >>> 0, 1);
  return Buffer.concat([head, Buffer.from(body, 'latin1')]);
}

const welcome = [message('R', '\0\0\0\0'), message('Z', 'I')];
const column = `n\0${'\0'.repeat(18)}`;
const columns = message('T', `\0\x01${column}`);
const row = message('D', '\0\x01\0\0\0\x01a');

/** What the screen says of the messages, in one piece; how many it let through where it says nothing. */
function screened(...messages: readonly Buffer[]): string | number {
  try {
    return [...new MessageScreen().messages(Buffer.concat(messages))].length;
  } catch (error) {
    if (error instanceof ExchangeError && error.failureClass === 'assertion') return error.message;
    throw error;
  }
}

const foreign = (what: string) => `what answers is no Postgres: it sends ${what}`;
const tooMuch = (what: string, bound: string) => `the database sends too much: ${what} is more than ${bound}`;

describe('what a server sends as Postgres', () => {
  it.each<[string, readonly Buffer[], string | number]>([
    ['is let through where it is good', [...welcome, columns, row, message('C', 'SELECT 1\0')], 5],
    ['waits for the rest of a message', [message('R', '\0\0', 8)], 0],
    ['has no message of 3 bytes', [message('R', '', 3)], foreign('a message of 3 bytes')],
    [
      'has no message below zero',
      [message('R', '', -1)],
      tooMuch('a message of 4294967295 bytes', '1048576 bytes'),
    ],
    [
      'has no message of 1 GB',
      [message('R', '', 2 ** 30)],
      tooMuch('a message of 1073741824 bytes', '1048576 bytes'),
    ],
    ['has no other types', [message('?')], foreign('a message of the type "?"')],
    ['is no copy', [message('H')], 'the database answers with a copy, which a check does not read'],
    [
      'comes to an end before the login',
      Array.from({ length: 300 }, () => message('N', `M${'a'.repeat(1000)}\0\0`)),
      tooMuch('the login', '262144 bytes'),
    ],
    [
      'comes to an end after it',
      [...welcome, ...Array.from({ length: 5000 }, () => message('N', `M${'a'.repeat(1000)}\0\0`))],
      tooMuch('the answer', '4194304 bytes'),
    ],
    [
      'has no messages without end',
      [...welcome, ...Array.from({ length: 20_000 }, () => message('1'))],
      tooMuch('the answer', '20000 messages'),
    ],
    ['has errors that end', [message('E', 'SFATAL\0')], foreign('an error that breaks off')],
    ['has errors with whole fields', [message('E', 'SFATAL')], foreign('an error that breaks off')],
    ['has errors of some length', [message('E')], foreign('an error that breaks off')],
    [
      'asks for a login that is known',
      [message('R', '\0\0\0\x07')],
      'the server wants a login that is not known here (authentication 7)',
    ],
    ['asks for a login in order', [message('R', '\0\0\0\x0b')], foreign('a login out of its order')],
    [
      'asks once',
      [message('R', '\0\0\0\x03'), message('R', '\0\0\0\x03')],
      foreign('a login out of its order'),
    ],
    ['has columns that are there', [message('T', `\0\x02${column}`)], foreign('columns that break off')],
    ['has no columns below zero', [message('T', '\xff\xff')], foreign('columns that break off')],
    [
      'has no more columns than Postgres',
      [message('T', '\x7f\xff')],
      tooMuch('a row of 32767 columns', '1664 columns'),
    ],
    ['has rows after their columns', [row], foreign('a row that does not fit its columns')],
    [
      'has values that are there',
      [columns, message('D', '\0\x01\0\0\0\x09a')],
      foreign('a row that does not fit its columns'),
    ],
    [
      'has no values below zero',
      [columns, message('D', '\0\x01\xff\xff\xff\xf0')],
      foreign('a row that does not fit its columns'),
    ],
    ['may have nulls', [columns, message('D', '\0\x01\xff\xff\xff\xff')], 2],
  ])('%s', (_, messages, said) => {
    expect(screened(...messages)).toBe(said);
  });

  it('is the same in drops', () => {
    const screen = new MessageScreen();
    const whole = Buffer.concat([...welcome, columns, row]);
    const through = [...whole].flatMap((byte) => [...screen.messages(Buffer.of(byte))]);
    expect(through).toEqual([...welcome, columns, row]);
  });
});

describe('a postgres check', () => {
  it.each<[string, Buffer[], string]>([
    ['a malformed login', [message('R', '\0')], foreign('a login that breaks off')],
    [
      'an error that would keep a parser busy for ever',
      [message('E', 'SFATAL')],
      foreign('an error that breaks off'),
    ],
    [
      'a key that breaks off',
      [...welcome.slice(0, 1), message('K', '\0')],
      'what answers is no Postgres: The value of "offset" is out of range. It must be >= 0 and <= 2. Received 5',
    ],
  ])('fails, and nothing else, on %s', async (_, login, why) => {
    const host = await postgresServer({ login });
    const {
      outcome,
      class: found,
      summary,
    } = await lastAttempt(`- name: c\n  postgres: "postgres://app:pw@${host}"\n  timeout: 2s`);
    closeServers();
    expect({ outcome, found, summary }).toEqual({
      outcome: 'fail',
      found: 'assertion',
      summary: `postgres://127.0.0.1:PORT → ${why}`,
    });
  });
});
