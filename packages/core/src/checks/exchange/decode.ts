import { promisify, TextDecoder } from 'node:util';
import type { InputType } from 'node:zlib';
import * as zlib from 'node:zlib';
import { ownValue } from '../../own-value.ts';
import type { HeaderList } from './exchange.ts';
import { headerOf, valuesOf } from './exchange.ts';
import { largeBytes } from './large-answers.ts';
import { Trouble } from './trouble.ts';

type Decoder = (bytes: InputType, options: { readonly maxOutputLength: number }) => Promise<Buffer>;

const decoders: Readonly<Record<string, Decoder>> = {
  gzip: promisify(zlib.gunzip),
  'x-gzip': promisify(zlib.gunzip),
  br: promisify(zlib.brotliDecompress),
  deflate: inflated,
  // Laptops may run a Node older than 22.15, which has none.
  ...('zstdDecompress' in zlib && { zstd: unpackedZstd }),
};

/** Each is undone over the whole body; servers use one. */
const mostCodings = 4;

const decompressZstd = 'zstdDecompress' in zlib ? promisify(zlib.zstdDecompress) : undefined;

/** A window may be of 8 MB (RFC 9659), and a decoder that allows more lets a server of a few bytes take 128. */
async function unpackedZstd(
  bytes: InputType,
  options: { readonly maxOutputLength: number },
): Promise<Buffer> {
  const params = { [zlib.constants.ZSTD_d_windowLogMax]: 23 };
  return (await decompressZstd?.(bytes, { ...options, params })) ?? Buffer.alloc(0);
}

const inflateWrapped = promisify(zlib.inflate);
const inflateBare = promisify(zlib.inflateRaw);

/** Servers send `deflate` with and without the zlib wrapper the standard asks for. */
function inflated(bytes: InputType, options: { readonly maxOutputLength: number }): Promise<Buffer> {
  return inflateWrapped(bytes, options).catch((error: unknown) => {
    if (error instanceof RangeError) throw error;
    return inflateBare(bytes, options);
  });
}

/** What this engine can decode, for `accept-encoding`. */
export const acceptedEncodings = ['gzip', 'deflate', 'br', 'zstd']
  .filter((coding) => coding in decoders)
  .join(', ');

/**
 * The body as the server meant it; content codings are undone in reverse. A bomb stops at `maxBytes`; what becomes large
 * waits for `large`.
 */
export async function decoded(
  bytes: Buffer,
  headers: HeaderList,
  { maxBytes, large }: { readonly maxBytes: number; readonly large: () => Promise<void> },
): Promise<Buffer> {
  const codings = valuesOf(headers, 'content-encoding')
    .join(',')
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'identity');
  if (codings.length > mostCodings)
    throw new Trouble('assertion', `the body is encoded ${codings.length} times: more than ${mostCodings}`);
  let body = bytes;
  for (const coding of codings.reverse()) {
    if (body.length === 0) break;
    const decoder = ownValue(decoders, coding);
    if (decoder === undefined)
      throw new Trouble('assertion', `the body is encoded as ${JSON.stringify(coding)}, which is not known`);
    body = await within(decoder, body, { maxBytes, large }).catch((error: unknown) => {
      const tooLarge = error instanceof RangeError;
      throw new Trouble(
        'assertion',
        tooLarge ? `the decoded body is larger than ${maxBytes} bytes` : `the body is not ${coding}`,
      );
    });
  }
  return body;
}

/** Small, if it can be; only what turns out to be large has to wait. */
async function within(
  decoder: Decoder,
  body: Buffer,
  { maxBytes, large }: { readonly maxBytes: number; readonly large: () => Promise<void> },
): Promise<Buffer> {
  if (maxBytes <= largeBytes) return decoder(body, { maxOutputLength: maxBytes });
  try {
    return await decoder(body, { maxOutputLength: largeBytes });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    await large();
    return decoder(body, { maxOutputLength: maxBytes });
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
