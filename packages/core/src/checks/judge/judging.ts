import type { PatternThread } from './patterns.ts';

/** What judging an answer needs beside the answer. */
export interface Judging {
  readonly patterns: PatternThread;
  /** For one pattern, milliseconds. */
  readonly deadlineMs: number;
  /** The wall clock, for filters that count days. */
  now(): number;
}
