import type { Annotation } from './annotation.ts';

/** What came of a job: plain data, masked as the service would have received it. */
export interface JobResult {
  readonly conclusion: JobStatus;
  /** Steps in the order they ended, posts last. */
  readonly steps: readonly StepResult[];
  readonly outputs: Readonly<Record<string, string>>;
  /** The steps' lines one after the other, then the runner's own. */
  readonly log: readonly LogLine[];
  /** The steps' summaries one after the other. */
  readonly summary: string;
  /** Processes that outlived their step; killed when the job ended. Found on Linux only. */
  readonly orphans: readonly Orphan[];
  /** Every registered secret in clear text, so that a test can look for it where it must not be. */
  readonly masks: readonly string[];
}

export type JobStatus = 'success' | 'failure' | 'cancelled';

export type StepStatus = JobStatus | 'skipped';

export interface StepResult {
  readonly id?: string;
  readonly name: string;
  readonly stage: 'main' | 'post';
  readonly outcome: StepStatus;
  /** The outcome after `continue-on-error`. */
  readonly conclusion: StepStatus;
  /** 128 + signal number when a signal ended it; null when no process ended. */
  readonly exitCode: number | null;
  /** Empty for a step without an id: the runner throws them away. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Everything saved so far by this step's stages. */
  readonly state: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly annotations: readonly Annotation[];
  readonly log: readonly LogLine[];
  readonly startedAt: string;
  readonly durationMs: number;
}

export interface LogLine {
  readonly stream: 'stdout' | 'stderr' | 'runner';
  readonly line: string;
}

export interface Orphan {
  readonly pid: number;
  readonly command: string;
}
