/** Milliseconds between looks where nothing pushes: short after a change, then ever longer. */
const first = 2_000;
const most = 15_000;
const factor = 1.5;
/** After a look that failed. */
const afterTrouble = 5_000;
/** Never more often. */
const least = 1_000;

/** What the last look was like. */
export interface LookFacts {
  /** It saw something new, or what pushes has just gone quiet. */
  readonly isNews: boolean;
  readonly failed: boolean;
  /** The state is pushed: a look only makes sure. */
  readonly isPushed: boolean;
  /** What the rate limit leaves, milliseconds: `sparingPause`. */
  readonly sparingMs: number;
}

/** The pause before the next look, after one of `lastMs`; 0 before the first. */
export function nextPause(lastMs: number, { isNews, failed, isPushed, sparingMs }: LookFacts): number {
  const eager = isNews || lastMs === 0 ? first : lastMs * factor;
  const patient = failed ? Math.max(afterTrouble, eager) : eager;
  return Math.max(least, sparingMs, isPushed ? most : Math.min(most, patient));
}
