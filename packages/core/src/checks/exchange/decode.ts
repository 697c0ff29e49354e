import { promisify, TextDecoder } from 'node:util';
import type { InputType } from 'node:zlib';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';
import type { HeaderList } from './exchange.ts';
import { headerOf } from './exchange.ts';
import { Trouble } from './trouble.ts';

type Decoder = (bytes: InputType, options: { readonly maxOutputLength: number }) => Promise<Buffer>;

const decoders: Readonly<Record<string, Decoder>> = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  br: promisify(brotliDecompress),
  deflate: inflated,
};

const inflateWrapped = promisify(inflate);
const inflateBare = promisify(inflateRaw);

/** Servers send `deflate` with and without the zlib wrapper the standard asks for. */
function inflated(bytes: InputType, options: { readonly maxOutputLength: number }): Promise<Buffer> {
  return inflateWrapped(bytes, options).catch(() => inflateBare(bytes, options));
}

/** What this engine can decode, for `accept-encoding`. */
export const acceptedEncodings = 'gzip, deflate, br';

/** The body as the server meant it; content codings are undone in reverse. A bomb stops at `maxBytes`. */
export async function decoded(bytes: Buffer, headers: HeaderList, maxBytes: number): Promise<Buffer> {
  const codings = (headerOf(headers, 'content-encoding') ?? '')
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'identity');
  let body = bytes;
  for (const coding of codings.reverse()) {
    if (body.length === 0) break;
    const decoder = decoders[coding];
    if (decoder === undefined)
      throw new Trouble('assertion', `the body is encoded as ${JSON.stringify(coding)}, which is not known`);
    body = await decoder(body, { maxOutputLength: maxBytes }).catch((error: unknown) => {
      const tooLarge = error instanceof RangeError;
      throw new Trouble(
        'assertion',
        tooLarge ? `the decoded body is larger than ${maxBytes} bytes` : `the body is not ${coding}`,
      );
    });
  }
  return body;
}

/** Text by the charset of `content-type`, else a byte order mark, else UTF-8 with replacement. */
export function textOf(bytes: Buffer, headers: HeaderList): string {
  const named = /charset\s*=\s*"?([^\s";]+)/i.exec(headerOf(headers, 'content-type') ?? '')?.[1];
  return decoderFor(named ?? markedCharset(bytes)).decode(bytes);
}

function markedCharset(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}

const utf8 = new TextDecoder();

function decoderFor(charset: string): TextDecoder {
  if (/^utf-?8$/i.test(charset)) return utf8;
  try {
    return new TextDecoder(charset);
  } catch {
    return utf8;
  }
}
