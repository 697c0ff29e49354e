import { parseRetryAfter } from '../../../io/http/status-failure.ts';

/** What an answer says of how often may be asked. What it does not say is absent. */
export interface RateLimit {
  /** Requests left, and for how many milliseconds from the answer on. */
  readonly left?: { readonly requests: number; readonly forMs: number };
  /** As many in so many milliseconds, on the whole. */
  readonly quota?: { readonly requests: number; readonly perMs: number };
  /** Asked for with the answer, milliseconds. */
  readonly retryAfterMs?: number;
}

/**
 * Railway documents `X-RateLimit-Limit`, `-Remaining` and `-Reset`; answers of October 2026 had `RateLimit-Policy` alone
 * (`"default";q=1000;w=3600`). `now`: wall clock, milliseconds since the epoch.
 */
export function rateLimitOf(headers: Readonly<Record<string, string>>, now: number): RateLimit {
  const requests = wholeNumber(headers['x-ratelimit-remaining']);
  const forMs = untilReset(headers['x-ratelimit-reset'], now);
  const policy = headers['ratelimit-policy'] ?? '';
  const [quota, window] = ['q', 'w'].map((name) =>
    wholeNumber(new RegExp(`;\\s*${name}=(\\d+)`).exec(policy)?.[1]),
  );
  const retryAfterMs = parseRetryAfter(headers['retry-after'], now);
  return {
    ...(requests === undefined || forMs === undefined ? {} : { left: { requests, forMs } }),
    ...(!quota || !window ? {} : { quota: { requests: quota, perMs: window * 1000 } }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

/** The shortest pause between requests that leaves some for others: three quarters of what is left may be ours. Milliseconds. */
export function sparingPause({ left, quota, retryAfterMs = 0 }: RateLimit): number {
  const ofLeft = left === undefined ? 0 : left.forMs / Math.max(1, left.requests * ourShare);
  const ofQuota = quota === undefined ? 0 : quota.perMs / (quota.requests * ourShare);
  // What is left now tells more than what there is on the whole.
  return Math.max(retryAfterMs, Math.min(longestMs, left === undefined ? ofQuota : ofLeft));
}

const ourShare = 0.75;
/** A deploy has to be looked at all the same, milliseconds. */
const longestMs = 60_000;

/** Seconds until then, or the moment itself in seconds or milliseconds since the epoch, or as a date: Railway does not say which. */
function untilReset(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined;
  const number = Number(value);
  const at = Number.isNaN(number) ? Date.parse(value) : number > 1e11 ? number : number * 1000;
  if (Number.isNaN(at) || at < 0) return undefined;
  return at > 1e11 ? Math.max(0, at - now) : at;
}

function wholeNumber(value: string | undefined): number | undefined {
  return value !== undefined && /^\s*\d{1,12}\s*$/.test(value) ? Number(value) : undefined;
}
