import type { Measure } from '../../ledger/measures.ts';
import { leastSamples, measures } from '../../ledger/measures.ts';

/** Milliseconds, to a tenth; a measure is absent where the samples are too few for it. */
export type Measured = { readonly [M in Measure]?: number };

/** Every measure that `values` are enough for. */
export function measured(values: readonly number[]): Measured {
  const sorted = values.toSorted((one, other) => one - other);
  const enough = measures.filter((measure) => sorted.length >= leastSamples[measure]);
  return Object.fromEntries(enough.map((measure) => [measure, tenths(measureOf(measure, sorted))]));
}

function measureOf(measure: Measure, sorted: readonly number[]): number {
  switch (measure) {
    case 'max':
      return sorted.at(-1) ?? 0;
    case 'mean':
      return sorted.reduce((sum, value) => sum + value, 0) / sorted.length;
    default:
      return nearestRank(sorted, Number(measure.slice(1)));
  }
}

/** The smallest value that at least `percent` of the sorted values do not exceed: always one of them. */
export function nearestRank(sorted: readonly number[], percent: number): number {
  const rank = Math.ceil((percent * sorted.length) / 100);
  return sorted[Math.max(0, rank - 1)] ?? 0;
}

export function tenths(ms: number): number {
  return Math.round(ms * 10) / 10;
}
