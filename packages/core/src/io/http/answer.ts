import type { IncomingMessage } from 'node:http';
import type { Clock } from '../clock.ts';
import type { HttpAnswer } from '../http.ts';
import { answeredAt } from './answered-at.ts';
import { readText } from './body.ts';
import { excerpt, type Redact } from './redact.ts';
import { isFailedStatus, statusFailure } from './status-failure.ts';

/** What an answer is to, and how much of it may be read: bytes, default 32 MiB. */
export interface Asked {
  readonly method: string;
  readonly url: string;
  readonly maxBodyBytes?: number;
}

/** Reads an answer to its end. */
export async function readAnswer(
  response: IncomingMessage,
  { method, url, maxBodyBytes = 32 * 1024 * 1024 }: Asked,
): Promise<Omit<HttpAnswer, 'attempts'>> {
  return {
    method,
    url,
    status: response.statusCode ?? 0,
    headers: headersOf(response),
    text: await readText(response, maxBodyBytes),
  };
}

/** An answer, unless its status is none: those fail the attempt. */
export function usable(
  answer: HttpAnswer,
  { redact, clock }: { readonly redact: Redact; readonly clock: Clock },
): HttpAnswer {
  if (!isFailedStatus(answer.status)) return answer;
  throw statusFailure(answer.status, {
    retryAfter: answer.headers['retry-after'],
    now: answeredAt(answer.headers.date) ?? clock.now(),
    bodyExcerpt: excerpt(answer.text, redact),
  });
}

/** Headers with lower-case names, repeated ones joined. */
export function headersOf(response: IncomingMessage): Record<string, string> {
  const entries = Object.entries(response.headersDistinct);
  return Object.fromEntries(entries.map(([name, values]) => [name, (values ?? []).join(', ')]));
}
