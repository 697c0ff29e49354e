import type { ClientRequest, IncomingMessage } from 'node:http';
import { none } from '../../text/none.ts';
import { ExchangeError } from './exchange-error.ts';

/** Bytes that are kept to be looked at: no head that is read is longer. */
const mostKept = 128 * 1024;

/** What is odd about one answer, as far as it was read. */
export interface Oddities {
  /** A clause for each thing that HTTP does not allow and curl reads all the same. */
  readonly found: readonly string[];
  /** Whether an error of the parser is only about what came behind a whole answer; it is among those found then. */
  forgives(error: Error): boolean;
  /** Throws ExchangeError for a head that Node's lenient parser reads, and curl does not. */
  admit(message: IncomingMessage): void;
}

/** Looks at what Node's lenient parser is given, which does not tell what it forgave. */
export function oddities(sent: ClientRequest): Oddities {
  const found: string[] = [];
  const pieces: Buffer[] = [];
  let size = 0;
  let answer: IncomingMessage | undefined;
  sent.once('socket', (socket) => {
    const keep = (bytes: Buffer) => {
      pieces.push(bytes);
      size += bytes.length;
      if (size > mostKept) socket.off('data', keep);
    };
    // Before the parser, which tells of the answer as soon as it has its head.
    socket.prependListener('data', keep);
    sent.once('response', () => socket.off('data', keep));
  });
  return {
    found,
    admit(message) {
      answer = message;
      const head = lastHead(latin1Of(pieces));
      const names = namesIn(message.rawHeaders);
      const codings = codingsOf(names, message.rawHeaders);
      const why = whyNone(head, message, { names, codings });
      if (why !== undefined) throw new ExchangeError('assertion', `the answer is not HTTP: ${why}`);
      found.push(...oddOf(message, { names, codings }));
      if (/\n[ \t]/.test(head)) found.push('a header goes on in a line of its own (obs-fold)');
      if (/(^|[^\r])\n/.test(head)) found.push('a line of its head ends without CR (bare LF)');
      pieces.length = 0;
    },
    forgives(error) {
      const isParsers = 'code' in error && String(error.code).startsWith('HPE_');
      if (!isParsers || answer?.complete !== true) return false;
      found.push('bytes follow the end of the answer, and were left out');
      return true;
    },
  };
}

/** Most heads come in one piece. */
function latin1Of(pieces: readonly Buffer[]): string {
  const [only] = pieces;
  const whole = pieces.length === 1 && only !== undefined ? only : Buffer.concat(pieces);
  return whole.toString('latin1');
}

/** Of the heads at the start of a text: informational answers come before the one that was asked for. */
function lastHead(text: string): string {
  let from = 0;
  while (true) {
    const end = /\n\r?\n/g;
    end.lastIndex = from;
    const found = end.exec(text);
    if (found === null) return text.slice(from);
    const head = text.slice(from, end.lastIndex);
    if (!/^HTTP\/\d\.\d 1\d\d\b/.test(head)) return head;
    from = end.lastIndex;
  }
}

/** What the header lines of a head say. */
interface HeaderLines {
  /** In lower case. */
  readonly names: readonly string[];
  /** Of the transfer, in the order they were done, over all lines. */
  readonly codings: readonly string[];
}

function whyNone(
  head: string,
  { httpVersion, rawHeaders }: IncomingMessage,
  { names, codings }: HeaderLines,
): string | undefined {
  if (httpVersion !== '1.1' && httpVersion !== '1.0') return `version ${httpVersion}`;
  if (/^[^\n]*\n[ \t]/.test(head)) return 'a blank before the first header';
  if (/\r(?!\n)/.test(head)) return 'a CR without LF in its head';
  if (rawHeaders.some((one) => one.includes('\0'))) return 'NUL in a header';
  if (names.some((name) => name.endsWith(' '))) return 'a blank before the colon of a header';
  return codings.includes('chunked') && codings.at(-1) !== 'chunked'
    ? 'a transfer-encoding in which chunked is not the last'
    : undefined;
}

/** What Node reads as curl does: by chunks where there are any, else to the end of the connection. */
function oddOf({ rawHeaders }: IncomingMessage, { names, codings }: HeaderLines): readonly string[] {
  const odd: string[] = [];
  if (names.includes('content-length') && names.includes('transfer-encoding'))
    odd.push('it has both a content-length and a transfer-encoding, and was read by the second');
  if (codings.includes('identity')) odd.push('its transfer-encoding is identity, which is none');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those no header may hold
  if (rawHeaders.some((one) => /[\x01-\x08\n-\x1f\x7f]/.test(one)))
    odd.push('a control character stands in a header');
  return odd;
}

function codingsOf(names: readonly string[], rawHeaders: readonly string[]): readonly string[] {
  if (!names.includes('transfer-encoding')) return none;
  return names
    .flatMap((name, index) =>
      name === 'transfer-encoding' ? (rawHeaders[2 * index + 1] ?? '').split(',') : [],
    )
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => coding !== '');
}

function namesIn(rawHeaders: readonly string[]): readonly string[] {
  return rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase());
}
