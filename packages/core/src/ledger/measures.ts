/** What many samples of one check are asked for. */
export const measures = ['p50', 'p90', 'p95', 'p99', 'max', 'mean'] as const;
export type Measure = (typeof measures)[number];

/** Fewer samples than these say nothing of a measure: the p99 of twenty is their maximum. */
export const leastSamples: Readonly<Record<Measure, number>> = {
  p50: 2,
  p90: 10,
  p95: 20,
  p99: 100,
  max: 2,
  mean: 2,
};

export function isMeasure(name: string): name is Measure {
  return measures.some((measure) => measure === name);
}

/** The most samples that any of `asked` needs. */
export function samplesNeeded(asked: readonly Measure[]): number {
  return Math.max(1, ...asked.map((measure) => leastSamples[measure]));
}
