import { afterAll, describe, expect, it } from 'vitest';
import { isIsoDate, parsedDate } from '../../../packages/core/src/checks/judge/dates.ts';

const zone = process.env.TZ;
afterAll(() => {
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
});

describe.each(['UTC', 'America/New_York', 'Pacific/Auckland'])('where this machine is in %s', (here) => {
  it.each<[string, string]>([
    ['2026-11-21T10:00', '2026-11-21T10:00:00.000Z'],
    ['2026-11-21T10:00:00', '2026-11-21T10:00:00.000Z'],
    ['2026-11-21T10:00:00.5', '2026-11-21T10:00:00.500Z'],
    ['2026-11-21 10:00:00', '2026-11-21T10:00:00.000Z'],
    ['2026-11-21 10:00:00.123', '2026-11-21T10:00:00.123Z'],
    ['2026-11-21', '2026-11-21T00:00:00.000Z'],
    ['Sat, 21 Nov 2026 10:00:00', '2026-11-21T10:00:00.000Z'],
    ['21 Nov 2026 10:00 PM', '2026-11-21T22:00:00.000Z'],
    ['2026-11-21T10:00:00+02:00', '2026-11-21T08:00:00.000Z'],
    ['2026-11-21 10:00:00 UTC', '2026-11-21T10:00:00.000Z'],
    ['2026-11-21 10:00:00+02', '2026-11-21T08:00:00.000Z'],
    ['Sat, 21 Nov 2026 10:00:00 +0200', '2026-11-21T08:00:00.000Z'],
    ['Saturday, 21-Nov-26 10:00:00 GMT', '2026-11-21T10:00:00.000Z'],
  ])('%s is %s', (text, expected) => {
    process.env.TZ = here;
    expect(parsedDate(text, undefined)?.toISOString()).toBe(expected);
  });

  it('a format without a zone is UTC', () => {
    process.env.TZ = here;
    expect(parsedDate('21.11.2026 10:00', '%d.%m.%Y %H:%M')?.toISOString()).toBe('2026-11-21T10:00:00.000Z');
  });
});

it.each<[string, boolean]>([
  ['2026-11-21', true],
  ['2024-02-29', true],
  ['2000-02-29', true],
  ['2026-02-29', false],
  ['1900-02-29', false],
  ['2026-02-30', false],
  ['2026-04-31', false],
  ['2026-04-31T10:00:00Z', false],
  ['2026-13-01', false],
  ['2026-00-10', false],
  ['2026-01-00', false],
  ['0000-01-01', true],
  ['2026-11-21T23:59:59Z', true],
  ['2026-11-21T24:00:00Z', true],
  ['2026-11-21T24:00:01Z', false],
  ['2026-11-21T25:00', false],
  ['2026-11-21T10:60', false],
  ['2026-11-21T10:00:60Z', false],
  ['2026-11-21T10:00:00+24:00', false],
  ['2026-11-21T10:00:00.123+0130', true],
  ['21.11.2026', false],
  [`2026-11-21T10:00:00.${'0'.repeat(400)}`, false],
])('%s is an iso-date: %s', (text, is) => {
  expect(isIsoDate(text)).toBe(is);
});

it.each<[string, string | undefined]>([
  ['2026-02-30', undefined],
  ['2026-02-30T10:00:00Z', undefined],
  ['31 Feb 2026 10:00:00 GMT', undefined],
  ['Mon, 29-Feb-27 10:00:00 GMT', undefined],
  ['21 Foo 2026 10:00:00', undefined],
  ['2026-13-01', '%Y-%m-%d'],
  ['2026-02-30', '%F'],
])('%s is no date', (text, format) => {
  expect(parsedDate(text, format)).toBeUndefined();
});
