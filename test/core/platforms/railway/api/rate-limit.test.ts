import { describe, expect, it } from 'vitest';
import {
  rateLimitOf,
  sparingPause,
} from '../../../../../packages/core/src/platforms/railway/api/rate-limit.ts';

const now = Date.UTC(2026, 11, 1);

describe('how often Railway may be asked', () => {
  it.each([
    ['nothing', {}, {}],
    [
      'the policy',
      { 'ratelimit-policy': '"default";q=1000;w=3600' },
      { quota: { requests: 1000, perMs: 3_600_000 } },
    ],
    [
      'what is left, for seconds',
      { 'x-ratelimit-remaining': '100', 'x-ratelimit-reset': '60' },
      { left: { requests: 100, forMs: 60_000 } },
    ],
    [
      'what is left, until a moment',
      { 'x-ratelimit-remaining': '100', 'x-ratelimit-reset': String(now / 1000 + 60) },
      { left: { requests: 100, forMs: 60_000 } },
    ],
    [
      'what is left, until a date',
      { 'x-ratelimit-remaining': '100', 'x-ratelimit-reset': '2026-12-01T00:01:00Z' },
      { left: { requests: 100, forMs: 60_000 } },
    ],
    ['a pause', { 'retry-after': '7' }, { retryAfterMs: 7_000 }],
    ['what nobody understands', { 'x-ratelimit-remaining': 'many', 'ratelimit-policy': 'q' }, {}],
  ])('is read of %s', (_, headers, expected) => {
    expect(rateLimitOf(headers, now)).toEqual(expected);
  });

  it.each([
    ['nothing is known', {}, 0],
    ['there is plenty', { left: { requests: 10_000, forMs: 3_600_000 } }, 480],
    ['a quota is all that is known', { quota: { requests: 1000, perMs: 3_600_000 } }, 4_800],
    [
      'little is left of it',
      { left: { requests: 10, forMs: 60_000 }, quota: { requests: 1000, perMs: 3_600_000 } },
      8_000,
    ],
    ['nothing is left', { left: { requests: 0, forMs: 1_800_000 } }, 60_000],
    ['a pause was asked for', { retryAfterMs: 90_000 }, 90_000],
  ])('leaves some for others where %s', (_, limit, pauseMs) => {
    expect(sparingPause(limit)).toBe(pauseMs);
  });
});
