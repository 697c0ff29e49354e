/** One figure of the bench: what was measured, repetition by repetition, and the bar it is held against. */
export interface Figure {
  readonly name: string;
  readonly unit: Unit;
  readonly values: readonly number[];
  /** The median may be this much. Absent: for information. */
  readonly atMost?: number;
  /** The same on every machine and in every run, so that a miss fails the run. */
  readonly exact?: true;
  /** What was divided by or subtracted from what. */
  readonly how: string;
}

export type Unit = '×' | 'ms' | 'kB' | 'MB' | 'calls' | 'requests/s';

export interface Summary {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

export function summarise(values: readonly number[]): Summary {
  const sorted = values.toSorted((one, other) => one - other);
  const at = (index: number) => sorted[index] ?? Number.NaN;
  const middle = (sorted.length - 1) / 2;
  return {
    median: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2,
    min: at(0),
    max: at(sorted.length - 1),
  };
}

export type Judgement = 'pass' | 'MISS' | 'info';

export function judge({ values, atMost }: Figure): Judgement {
  if (atMost === undefined) return 'info';
  return summarise(values).median <= atMost ? 'pass' : 'MISS';
}
