import { startOf } from '../text/cut.ts';
import { anything, DecodeError, type Decoder, sparse } from '../text/decode.ts';
import { type HttpAnswer, HttpError } from './http.ts';

export const graphqlEnvelope = sparse({}, { data: anything, errors: anything });

/** The JSON of an answer, read. What cannot be read is an HttpError of kind `body`. */
export function decodeAnswer<T>(answer: HttpAnswer, decoder: Decoder<T>): T {
  return wrapDecode(answer, () => decoder(JSON.parse(answer.text), ''));
}

/** An answer we cannot read is the platform's trouble, and as passing as a 5xx: an HttpError of kind `body`. */
export function wrapDecode<T>(answer: HttpAnswer, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof DecodeError) && !(error instanceof SyntaxError)) throw error;
    throw new HttpError(
      {
        kind: 'body',
        method: answer.method,
        url: answer.url,
        status: answer.status,
        reason: error instanceof DecodeError ? error.message : 'is not JSON',
        maybeEffective: false,
        bodyExcerpt: startOf(answer.text, 200),
        attempts: answer.attempts,
      },
      { cause: error },
    );
  }
}

/** A status that nobody expects there. */
export function unexpected(answer: HttpAnswer): HttpError {
  return new HttpError({
    kind: 'status',
    method: answer.method,
    url: answer.url,
    status: answer.status,
    reason: 'was not expected',
    maybeEffective: false,
    bodyExcerpt: startOf(answer.text, 200),
    attempts: answer.attempts,
  });
}
