import { expect, it } from 'vitest';
import { checksTerminal } from '../../../packages/core/src/report/checks-terminal.ts';
import { coloured, plain } from '../../../packages/core/src/report/paint.ts';
import { bad, good, hostile, report } from '../../support/checks-report.ts';

it('lists the checks, the evidence below what failed, and the verdict last', () => {
  const results = [good, { ...bad, totals: [80, 60, 80] }];
  expect(checksTerminal({ ...report, results }, plain)).toBe(`✓  home  GET https://shop.example/ → 200  41 ms
✗  api   GET https://shop.example/api → 200  80 ms  3 attempts █▇█
    jsonpath $.status: expected equals "up", got "down"
    at smoke.yml:9:31

FAIL  1 of 2 gate checks passed, 1 failed in 6.1 s, good for 0 of 3 rounds in a row.
A gate check failed. Read the failing check’s evidence in the summary.
The service reports build abcdef1.`);
});

it('colours only what it says itself: a hostile name brings no escape of its own', () => {
  const text = checksTerminal({ ...report, results: [{ ...good, name: hostile }] }, coloured);
  expect(text.split('\n')[0]).toBe(
    '\u001b[32m✓\u001b[39m  ::error::x %0A<script>&" [31m|`  GET https://shop.example/ → 200  \u001b[2m41 ms\u001b[22m',
  );
});
