import type { Readable } from 'node:stream';
import type { AttemptWatch } from './attempt-watch.ts';
import { ByteCollector } from './byte-collector.ts';
import { ExchangeError } from './exchange-error.ts';
import { largeBytes } from './large-answers.ts';

/** Pieces read before others have their turn: Node reads a fast sender without a pause, and each piece may be one byte. */
const mostInTurn = 2000;

/** All bytes of a stream; rejects as soon as there are more than `maxBytes`, and when it closes before its end. */
export function collected(
  stream: Readable,
  maxBytes: number,
  watch: Pick<AttemptWatch, 'large'>,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const body = new ByteCollector();
    let inTurn = 0;
    let isLarge = false;
    stream.on('data', (chunk: Buffer) => {
      if (body.size + chunk.length <= maxBytes) {
        body.add(chunk);
        if (!isLarge && body.size > largeBytes) {
          isLarge = true;
          stream.pause();
          void watch.large(maxBytes).then(() => stream.resume());
          return;
        }
        inTurn++;
        if (inTurn < mostInTurn) return;
        inTurn = 0;
        stream.pause();
        setImmediate(() => stream.resume());
        return;
      }
      stream.pause();
      reject(new ExchangeError('assertion', `the body is larger than ${maxBytes} bytes`));
    });
    stream.on('error', reject);
    stream.once('end', () => resolve(body.whole));
    // Every stream closes in the end: a stack for each of thousands that came to theirs is dear.
    stream.once('close', () => {
      if (!stream.readableEnded) reject(new Error('the connection was closed'));
    });
  });
}
