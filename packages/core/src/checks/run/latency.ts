import type { Latency } from '../verdict.ts';
import { measured, tenths } from './statistics.ts';

export interface Taken {
  /** Milliseconds. */
  readonly values: readonly number[];
  readonly warmup: readonly number[];
  readonly lost: readonly unknown[];
}

/** The report's record of many samples. */
export function latencyOf({ values, warmup, lost }: Taken): Latency {
  return {
    samples: values.length,
    lost: lost.length,
    ...measured(values),
    values: values.map(tenths),
    warmup: warmup.map(tenths),
  };
}

/** `50 samples: p50 12 ms, p95 31.4 ms, max 40 ms; warm-up 120 ms dropped`. */
export function describeLatency(latency: Latency): string {
  const shown = (['p50', 'p95', 'p99', 'max'] as const).flatMap((measure) =>
    latency[measure] === undefined ? [] : [`${measure} ${latency[measure]} ms`],
  );
  const list = shown.length === 0 ? '' : `: ${shown.join(', ')}`;
  const dropped = latency.warmup.map((ms) => `${ms} ms`).join(', ');
  return `${latency.samples} samples${list}${dropped === '' ? '' : `; warm-up ${dropped} dropped`}`;
}
