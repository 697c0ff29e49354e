import { STATUS_CODES } from 'node:http';
import { answeredAt } from './answered-at.ts';
import { AttemptFailure } from './attempt-failure.ts';

/** A status that is no answer: the server, or something before it, could not deal with the request now. */
export function isFailedStatus(status: number): boolean {
  return status === 408 || status === 425 || status === 429 || status >= 500;
}

/** Such a status as the failure of an attempt. `now`: when it was answered, for a Retry-After that names a date. */
export function statusFailure(
  status: number,
  {
    retryAfter,
    now,
    bodyExcerpt = '',
  }: { retryAfter: string | undefined; now: number; bodyExcerpt?: string },
): AttemptFailure {
  const retryAfterMs = parseRetryAfter(retryAfter, now);
  const refused = status < 500 || (status === 503 && retryAfterMs !== undefined);
  return new AttemptFailure({
    kind: 'status',
    status,
    reason: STATUS_CODES[status] ?? 'unknown status',
    mayHaveActed: !refused,
    // 501 says that the server will never know this request.
    permanent: status === 501,
    retryAfterMs,
    bodyExcerpt,
  });
}

/** Reads `Retry-After` as milliseconds: `120`, or `Wed, 21 Oct 2026 07:28:00 GMT` against the wall clock. */
export function parseRetryAfter(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined;
  if (/^\s*\d+(\.\d+)?\s*$/.test(value)) return Number(value) * 1000;
  const at = answeredAt(value);
  return at === undefined ? undefined : Math.max(0, at - now);
}
