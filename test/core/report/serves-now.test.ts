import { describe, expect, it } from 'vitest';
import { slaWords, utc } from '../../../packages/core/src/report/serves-now.ts';

describe('the SLA figure', () => {
  it.each([
    ['within', 300_000, '5m 00s of 5m 00s: met'],
    ['beyond', 300_001, '5m 00s of 5m 00s: missed'],
  ])('%s', (_name, ms, words) => {
    expect(slaWords(ms, 300_000)).toBe(words);
  });
});

describe('a moment', () => {
  it.each([
    ['to the second, in UTC', '2026-11-30T06:41:12.999+01:00', '2026-11-30 05:41:12 UTC'],
    ['nothing of what is none', '', undefined],
  ])('%s', (_, time, told) => {
    expect(utc(time)).toBe(told);
  });
});
