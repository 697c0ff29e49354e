import type { PatternThread } from './patterns.ts';

/** What judging a value needs beside the value. */
export interface Judging {
  readonly patterns: PatternThread;
  /** For one pattern, milliseconds. */
  readonly deadlineMs: number;
}

/** What filters need beside that. */
export interface Filtering extends Judging {
  /** The wall clock, for filters that count days. */
  now(): number;
}
