/** A compressed body that breaks off before its own end. */
export class TruncatedBody extends Error {}

/** What a decoder made of some bytes, and how many of them it read. */
export interface Decompressed {
  readonly bytes: Buffer;
  readonly read: number;
}

interface Limits {
  readonly maxOutputLength: number;
  readonly params?: Readonly<Record<number, number>>;
}

/** One of Node's decoders. */
type Decode = (
  bytes: Buffer,
  options: Limits & { readonly info: true },
  done: (error: Error | null, result: Buffer) => void,
) => void;

/** What it answers where it is asked for `info`, which its types do not say. */
interface Informed {
  readonly buffer: Buffer;
  readonly engine: { readonly bytesWritten: number };
}

/** Decodes by one of Node's own. Throws TruncatedBody for what breaks off, RangeError for what becomes too large. */
export function decompress(decode: Decode, bytes: Buffer, options: Limits): Promise<Decompressed> {
  return new Promise((resolve, reject) => {
    decode(bytes, { ...options, info: true }, (error, result) => {
      if (error !== null) return reject(isCut(error) ? new TruncatedBody() : error);
      const { buffer, engine } = result as unknown as Informed;
      resolve({ bytes: buffer, read: engine.bytesWritten });
    });
  });
}

function isCut(error: Error): boolean {
  return 'code' in error && error.code === 'Z_BUF_ERROR';
}
