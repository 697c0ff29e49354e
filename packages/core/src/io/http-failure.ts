import { type ReasonCode, reasons } from '../outcome/reasons.ts';
import type { HttpError } from './http.ts';

/** The reason a request that got no usable answer comes down to. */
export function httpReason({ status }: Pick<HttpError, 'status'>): ReasonCode {
  if (status === undefined) return 'platform-unreachable';
  return status === 429 ? 'rate-limited' : 'platform-error';
}

/** What a request that got no usable answer means for its caller: a reason, the error's own line, and what to do. */
export function httpFailure(error: HttpError) {
  const reason = httpReason(error);
  return { reason, what: error.message, next: reasons[reason].advice };
}
