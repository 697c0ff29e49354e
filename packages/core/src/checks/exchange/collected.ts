import type { Readable } from 'node:stream';
import { Trouble } from './trouble.ts';

/** All bytes of a stream; rejects as soon as there are more than `maxBytes`. */
export function collected(stream: Readable, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    stream.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBytes) reject(new Trouble('assertion', `the body is larger than ${maxBytes} bytes`));
      else chunks.push(chunk);
    });
    stream.on('error', reject);
    stream.once('end', () =>
      resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks)),
    );
  });
}
