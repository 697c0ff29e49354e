import { expect, it } from 'vitest';
import { sparkline } from '../../../packages/core/src/report/sparkline.ts';

it.each([
  ['one value draws nothing', [5], ''],
  ['heights are counted from zero', [40, 42, 80], '▅▅█'],
  ['equal values are equally high', [7, 7], '██'],
  ['nothing took any time', [0, 0], '▁▁'],
  ['the newest twenty are kept', [...Array(9).fill(9), ...Array(19).fill(0), 5], `${'▁'.repeat(19)}█`],
])('%s', (_, values, line) => {
  expect(sparkline(values)).toBe(line);
});
