import type { Fleet } from './fleet.ts';

/** What the action said of itself. */
export interface Report {
  readonly outcome: string;
  readonly reason: string;
  readonly serving: string;
  /** The output `needs-a-person`, as it stands. */
  readonly needsPerson: string;
  readonly exitCode: number | null;
  readonly durationMs: number;
  readonly annotations: readonly { readonly level: string; readonly message: string }[];
  /** Everything it wrote, and where: log, outputs, summary, report files, requests. */
  readonly texts: readonly { readonly where: string; readonly text: string }[];
  /** Processes that outlived the job. */
  readonly orphans: readonly string[];
}

/** What the cloud knows. */
export interface Observed {
  /** The version each of several requests was answered with; `nothing` where none answered. */
  readonly answers: readonly string[];
  /** What Fly made during the run, oldest first. */
  readonly releases: readonly MadeRelease[];
  /** What the run put into GitHub's ledger. */
  readonly records: readonly LedgerEntry[];
  /** What ran before the run and after it. */
  readonly before: Fleet;
  readonly after: Fleet;
  /** What was to go wrong went wrong; true where nothing was to. */
  readonly isStruck: boolean;
  /** The action's last look at Fly was itself struck. */
  readonly blind: boolean;
  /** There where another deploy came between. */
  readonly takeover?: Takeover;
}

/** What the run activated after another deploy had come, of all it activated, and on what it had done since. */
export type Takeover =
  | { readonly by: 'nothing' }
  | { readonly by: 'the first' | 'a later one'; readonly standsOn: 'nothing' | 'a look' | 'a choice' };

export interface MadeRelease {
  /** `registry.fly.io/shop@sha256:…`. */
  readonly image: string;
  readonly version: string;
  readonly isComplete: boolean;
}

export interface LedgerEntry {
  readonly task: string;
  readonly descriptions: readonly string[];
}
