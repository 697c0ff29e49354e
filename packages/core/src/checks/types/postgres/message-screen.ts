import { ByteCollector } from '../../exchange/byte-collector.ts';
import { ExchangeError } from '../../exchange/exchange-error.ts';

/** What a database may send to a check: it is asked one question, and not for its data. */
const bounds = {
  /** Of one message. */
  messageBytes: 1024 * 1024,
  /** Of all messages until the login is over: notices and settings. */
  loginBytes: 256 * 1024,
  /** Of all messages. */
  allBytes: 4 * 1024 * 1024,
  rows: 10_000,
  messages: 20_000,
  /** What Postgres itself can select. */
  columns: 1664,
} as const;

/** The messages that one question can be answered with (PostgreSQL, "Message Formats"). */
const known = new Set('123ACDEIKNRSTZn');

/** A statement of the check's own may ask for a copy; nothing here reads one. */
const copies = new Set('GHWcd');

/** The steps of the logins that pg knows, by the codes of the requests: what may come after each. */
const loginSteps: Readonly<Record<number, readonly number[]>> = {
  0: [],
  3: [0],
  5: [0],
  10: [11],
  11: [12],
  12: [0],
};
const firstSteps = [0, 3, 5, 10];

/**
 * Cuts what a server sends into whole messages, and lets none through that pg could not read: one that is cut short
 * would keep its parser busy for ever. Throws ExchangeError for what is no Postgres and for what is too much.
 */
export class MessageScreen {
  #held = new ByteCollector();
  #size = 0;
  #rows = 0;
  #columns: number | undefined;
  #isLoggedIn = false;
  #messages = 0;
  #nextSteps = firstSteps;

  *messages(bytes: Buffer): Generator<Buffer> {
    this.#held.add(bytes);
    const { whole } = this.#held;
    let from = 0;
    while (whole.length - from >= 5) {
      const end = from + 1 + this.#length(whole, from);
      if (whole.length < end) break;
      const message = whole.subarray(from, end);
      this.#look(String.fromCharCode(message[0] ?? 0), message.subarray(5));
      yield message;
      from = end;
    }
    if (from === 0) return;
    this.#held = new ByteCollector();
    if (from < whole.length) this.#held.add(whole.subarray(from));
  }

  /** What the head of a message claims, judged before the rest is waited for. */
  #length(bytes: Buffer, from: number): number {
    const type = String.fromCharCode(bytes[from] ?? 0);
    if (copies.has(type))
      throw new ExchangeError('assertion', 'the database answers with a copy, which a check does not read');
    if (!known.has(type)) throw foreign(`a message of the type ${JSON.stringify(type)}`);
    const length = bytes.readUInt32BE(from + 1);
    if (length < 4) throw foreign(`a message of ${length} bytes`);
    if (length > bounds.messageBytes)
      throw tooMuch(`a message of ${length} bytes`, `${bounds.messageBytes} bytes`);
    return length;
  }

  #look(type: string, body: Buffer): void {
    this.#size += body.length + 5;
    this.#messages++;
    if (this.#messages > bounds.messages) throw tooMuch('the answer', `${bounds.messages} messages`);
    if (!this.#isLoggedIn && this.#size > bounds.loginBytes)
      throw tooMuch('the login', `${bounds.loginBytes} bytes`);
    if (this.#size > bounds.allBytes) throw tooMuch('the answer', `${bounds.allBytes} bytes`);
    if (type === 'Z') this.#isLoggedIn = true;
    if ((type === 'E' || type === 'N') && !isFields(body)) throw foreign('an error that breaks off');
    if (type === 'R') this.#lookAtLogin(body);
    if (type === 'T') this.#columns = columnsOf(body);
    if (type === 'D') this.#lookAtRow(body);
  }

  /** pg follows a login in any order, and derives a key for each request that comes. */
  #lookAtLogin(body: Buffer): void {
    if (body.length < 4) throw foreign('a login that breaks off');
    const code = body.readInt32BE(0);
    const next = loginSteps[code];
    if (next === undefined)
      throw new ExchangeError(
        'assertion',
        `the server wants a login that is not known here (authentication ${code})`,
      );
    if (!this.#nextSteps.includes(code)) throw foreign('a login out of its order');
    this.#nextSteps = [...next];
  }

  #lookAtRow(body: Buffer): void {
    this.#rows++;
    if (this.#rows > bounds.rows) throw tooMuch('the answer', `${bounds.rows} rows`);
    if (this.#columns === undefined || valuesOf(body) !== this.#columns)
      throw foreign('a row that does not fit its columns');
  }
}

function foreign(what: string): ExchangeError {
  return new ExchangeError('assertion', `what answers is no Postgres: it sends ${what}`);
}

function tooMuch(what: string, bound: string): ExchangeError {
  return new ExchangeError('assertion', `the database sends too much: ${what} is more than ${bound}`);
}

/** Letters with a text each, and a zero at the end. */
function isFields(body: Buffer): boolean {
  let at = 0;
  while (at < body.length && body[at] !== 0) {
    const end = body.indexOf(0, at + 1);
    if (end < 0) return false;
    at = end + 1;
  }
  return at === body.length - 1;
}

/** How many columns a description has: each a name and 18 bytes. */
function columnsOf(body: Buffer): number {
  const count = body.length < 2 ? -1 : body.readInt16BE(0);
  if (count > bounds.columns) throw tooMuch(`a row of ${count} columns`, `${bounds.columns} columns`);
  let at = 2;
  for (let column = 0; column < count; column++) {
    const end = body.indexOf(0, at);
    if (end < 0) throw foreign('columns that break off');
    at = end + 19;
  }
  if (count < 0 || at !== body.length) throw foreign('columns that break off');
  return count;
}

/** How many values a row has; -1 where it breaks off. A length of -1 is a null. */
function valuesOf(body: Buffer): number {
  const count = body.length < 2 ? -1 : body.readInt16BE(0);
  let at = 2;
  for (let value = 0; value < count; value++) {
    const length = at + 4 > body.length ? -2 : body.readInt32BE(at);
    if (length < -1) return -1;
    at += 4 + Math.max(0, length);
  }
  return at === body.length ? count : -1;
}
