import { type HttpAnswer, HttpError } from '../http.ts';
import { excerpt, redactUrl } from './redact.ts';

/** The body as JSON, or an HttpError of kind `body` that says what came instead: `expected JSON, got text/html`. */
export function parseJson(answer: HttpAnswer): unknown {
  try {
    return JSON.parse(answer.text);
  } catch (cause) {
    const type = answer.headers['content-type']?.split(';')[0]?.trim();
    const got = answer.text === '' ? 'an empty body' : (type ?? 'no content type');
    throw new HttpError(
      {
        kind: 'body',
        method: answer.method,
        url: redactUrl(answer.url),
        status: answer.status,
        reason: `expected JSON, got ${got}`,
        // An answer came, so the request was dealt with: only a read is known to have changed nothing.
        maybeEffective: !['GET', 'HEAD'].includes(answer.method),
        bodyExcerpt: excerpt(answer.text, (text) => text),
        attempts: answer.attempts,
      },
      { cause },
    );
  }
}
