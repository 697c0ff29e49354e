import type { Latency } from '../check-result.ts';
import type { Measured } from './statistics.ts';
import { measured, tenths } from './statistics.ts';

export interface Taken {
  /** Milliseconds. */
  readonly values: readonly number[];
  readonly warmup: readonly number[];
  readonly lost: readonly { readonly durationMs: number }[];
}

/**
 * The report's record of many samples. What got no answer stands above everything that did: nobody knows how much longer
 * it would have taken, and that is at least `timeoutMs`.
 */
export function latencyOf(taken: Taken, timeoutMs: number): Latency {
  const { values, warmup, lost } = taken;
  const never = lostMs(taken, timeoutMs);
  return {
    samples: values.length,
    lost: lost.length,
    ...measured([...values, ...lost.map(() => never)]),
    values: values.map(tenths),
    warmup: warmup.map(tenths),
  };
}

/** What each measure of `count` samples comes to at least, whatever those bring that are still to be taken. */
export function leastOf(taken: Taken, count: number, timeoutMs: number): Measured {
  const { values, lost } = taken;
  const never = lostMs(taken, timeoutMs);
  const known = [...values, ...lost.map(() => never)];
  return measured([...known, ...Array<number>(Math.max(0, count - known.length)).fill(0)]);
}

/** What each sample without an answer counts as, milliseconds. */
export function lostMs({ values, lost }: Taken, timeoutMs: number): number {
  return [...values, ...lost.map(({ durationMs }) => durationMs)].reduce(
    (most, ms) => Math.max(most, ms),
    timeoutMs,
  );
}

/** `50 samples: p50 12 ms, p95 31.4 ms, max 40 ms; warm-up 120 ms dropped`. */
export function describeLatency(latency: Latency): string {
  const shown = (['p50', 'p95', 'p99', 'max'] as const).flatMap((measure) =>
    latency[measure] === undefined ? [] : [`${measure} ${latency[measure]} ms`],
  );
  const list = shown.length === 0 ? '' : `: ${shown.join(', ')}`;
  const dropped = latency.warmup.map((ms) => `${ms} ms`).join(', ');
  const lost = latency.lost === 0 ? '' : `; ${latency.lost} more got no answer`;
  return `${latency.samples} samples${list}${lost}${dropped === '' ? '' : `; warm-up ${dropped} dropped`}`;
}
