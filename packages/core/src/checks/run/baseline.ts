import { leastSamples } from '../../ledger/measures.ts';
import type { BaselineRules, CheckSource } from '../check-file.ts';
import type { AssertionFailure, Comparison, Warning } from '../check-result.ts';
import type { Measured } from './statistics.ts';
import { tenths } from './statistics.ts';

/** What a check measured before: the other side of a comparison. */
export interface KnownLatency {
  /** Where it is from, as the report says it: `v41, which served before`. */
  readonly from: string;
  readonly samples: number;
  readonly measured: Measured;
}

/** What became of the comparison of a new release with an older one. */
export type Compared =
  /** There is nothing to compare with, so nothing is decided. */
  | { readonly kind: 'alone'; readonly warning: Warning }
  | { readonly kind: 'too-few'; readonly why: string }
  | { readonly kind: 'as-fast'; readonly comparison: Comparison }
  | { readonly kind: 'slower'; readonly comparison: Comparison; readonly failure: AssertionFailure };

/** Compares in one direction only: faster is never wrong. Both sides must have the samples that the metric needs. */
export function compare(
  rules: BaselineRules,
  candidate: Measured,
  { known, source }: { readonly known: KnownLatency | undefined; readonly source: CheckSource },
): Compared {
  const { metric, tolerance, floorMs } = rules;
  if (known === undefined) {
    const message = `baseline: there is no earlier ${metric} to compare with, so the comparison decides nothing`;
    return { kind: 'alone', warning: { message, where: source.place(rules.origin) } };
  }
  const [now, before] = [candidate[metric], known.measured[metric]];
  if (known.samples < leastSamples[metric] || now === undefined || before === undefined) {
    const why = `${metric} needs ${leastSamples[metric]} good samples of ${known.from}, and there are ${known.samples}`;
    return { kind: 'too-few', why };
  }
  const limitMs = tenths(before * (1 + tolerance) + floorMs);
  const comparison = { from: known.from, metric, ms: now, beforeMs: before, limitMs };
  if (now <= limitMs) return { kind: 'as-fast', comparison };
  const failure = {
    read: `${metric} beside ${known.from}`,
    expected: `at most ${limitMs} ms (${before} ms + ${tenths(tolerance * 100)} % + ${floorMs} ms)`,
    actual: `${now} ms`,
    where: source.place(rules.origin),
  };
  return { kind: 'slower', comparison, failure };
}
