import type { ClientRequest, IncomingMessage } from 'node:http';
import { pipeline, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { ownValue } from '../../text/own-value.ts';
import { AttemptFailure } from './attempt-failure.ts';

/** What `accept-encoding` offers and `decoded` can read. */
export const acceptedEncodings = 'gzip, br, deflate';

const decoders: Readonly<Record<string, () => NodeJS.ReadWriteStream & Readable>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  br: createBrotliDecompress,
  deflate: createInflate,
};

/** Reads a whole body as text; `maxBytes` counts after decompression, so that no small answer fills the memory. */
export async function readText(response: IncomingMessage, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of decoded(response)) {
    size += chunk.length;
    if (size > maxBytes) {
      const reason = `larger than ${maxBytes} bytes`;
      throw new AttemptFailure({ kind: 'body', reason, mayHaveActed: true, permanent: true });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function decoded(response: IncomingMessage): Readable {
  const decoder = ownValue(decoders, response.headers['content-encoding']?.toLowerCase() ?? '');
  // A HEAD answer names the encoding of the body it does not have.
  if (decoder === undefined || hasNoBody(response)) return response;
  // `pipeline`, not `pipe`: an aborted response must end the decoder too. The reader of the decoder gets the error.
  return pipeline(response, decoder(), () => {});
}

function hasNoBody({
  req,
  statusCode,
  headers,
}: IncomingMessage & { readonly req?: ClientRequest }): boolean {
  return (
    req?.method === 'HEAD' || statusCode === 204 || statusCode === 304 || headers['content-length'] === '0'
  );
}
