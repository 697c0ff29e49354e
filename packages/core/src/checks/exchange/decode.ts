import { TextDecoder } from 'node:util';
import { ownValue } from '../../text/own-value.ts';
import { decoders } from './decoders.ts';
import type { Decompressed } from './decompress.ts';
import { TruncatedBody } from './decompress.ts';
import { ExchangeError } from './exchange-error.ts';
import { largeBytes } from './large-answers.ts';
import type { HeaderList } from './message.ts';
import { headerOf, valuesOf } from './message.ts';

/** Each is undone over the whole body; servers use one. */
const mostCodings = 4;

/** What this engine can decode, for `accept-encoding`. */
export const acceptedEncodings = ['gzip', 'deflate', 'br', 'zstd']
  .filter((coding) => coding in decoders)
  .join(', ');

export interface Decoding {
  readonly maxBytes: number;
  /** Waits for room, before what is larger than most is held. */
  readonly large: () => Promise<void>;
  /** Is told what was read with indulgence, a clause each. */
  readonly note?: (text: string) => void;
}

/**
 * The body as the server meant it: codings are undone in reverse and in full, or ExchangeError says what is wrong with them. A
 * bomb stops at `maxBytes`; what becomes large waits for `large`.
 */
export async function decoded(bytes: Buffer, headers: HeaderList, decoding: Decoding): Promise<Buffer> {
  const codings = codingsOf(headers, decoding.note);
  if (codings.length > mostCodings)
    throw new ExchangeError(
      'assertion',
      `the body is encoded ${codings.length} times: more than ${mostCodings}`,
    );
  let body = bytes;
  for (const coding of codings.reverse()) {
    if (body.length === 0) break;
    const decoder = ownValue(decoders, coding);
    if (decoder === undefined)
      throw new ExchangeError(
        'assertion',
        `the body is encoded as ${JSON.stringify(coding)}, which is not known`,
      );
    const undone = await within(decoder.undo, body, decoding).catch((error: unknown) => {
      throw new ExchangeError('assertion', reasonAgainst(error, coding, decoding));
    });
    const trailing = body.length - undone.read;
    if (trailing > 0) {
      const words = `${trailing} ${trailing === 1 ? 'byte follows' : 'bytes follow'} the end of its ${coding}`;
      if (!decoder.mayTrail) throw new ExchangeError('assertion', `the body is not ${coding}: ${words}`);
      decoding.note?.(`${words}, and were left out`);
    }
    body = undone.bytes;
  }
  return body;
}

/** In the order they were done, over all lines; what the transfer added comes last. */
function codingsOf(headers: HeaderList, note: Decoding['note']): string[] {
  const named = (name: string) =>
    valuesOf(headers, name)
      .join(',')
      .toLowerCase()
      .split(',')
      .map((coding) => coding.trim())
      .filter((coding) => !['', 'identity', 'chunked'].includes(coding));
  const ofContent = named('content-encoding').filter((coding) => {
    if (!isNoCoding(coding)) return true;
    note?.(`content-encoding: ${coding} names no coding, and was passed over`);
    return false;
  });
  return [...ofContent, ...named('transfer-encoding')];
}

/** What servers write where there is no coding: browsers show such a page, and `none` is no coding to curl either. */
function isNoCoding(name: string): boolean {
  return name === 'none' || decoderFor(name) !== undefined;
}

function reasonAgainst(error: unknown, coding: string, { maxBytes }: Decoding): string {
  if (error instanceof RangeError) return `the decoded body is larger than ${maxBytes} bytes`;
  if (error instanceof TruncatedBody) return `the body is cut short: its ${coding} does not come to its end`;
  return `the body is not ${coding}`;
}

/** Small, if it can be; only what turns out to be large has to wait. */
async function within(
  undo: (bytes: Buffer, maxBytes: number) => Promise<Decompressed>,
  body: Buffer,
  { maxBytes, large }: Decoding,
): Promise<Decompressed> {
  if (maxBytes <= largeBytes) return undo(body, maxBytes);
  try {
    return await undo(body, largeBytes);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    await large();
    return undo(body, maxBytes);
  }
}

/** A body as text, and what had to be guessed or replaced for that. */
export interface DecodedText {
  readonly text: string;
  readonly warning: string | undefined;
}

/** Text by the charset of `content-type`, else a byte order mark, else UTF-8 with replacement. */
export function textOf(bytes: Buffer, headers: HeaderList): DecodedText {
  const named = /charset\s*=\s*"?([^\s";]+)/i.exec(headerOf(headers, 'content-type') ?? '')?.[1];
  const charset = named ?? markedCharset(bytes);
  const decoder = decoderFor(charset);
  const text = (decoder ?? utf8).decode(bytes);
  if (decoder === undefined)
    return { text, warning: `the charset ${JSON.stringify(charset)} is not known: read as UTF-8` };
  const replaced = decoder.encoding === 'utf-8' && text.includes('\ufffd') && !bytes.includes('\ufffd');
  return {
    text,
    warning: replaced ? 'the body is not UTF-8: what could not be read is replaced' : undefined,
  };
}

function markedCharset(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}

const utf8 = new TextDecoder();

function decoderFor(charset: string): TextDecoder | undefined {
  if (/^utf-?8$/i.test(charset)) return utf8;
  try {
    return new TextDecoder(charset);
  } catch {
    return undefined;
  }
}
