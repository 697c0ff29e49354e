import type { Check, Scenario, Watch } from '../check-file.ts';
import type { SourcePlace } from '../verdict.ts';
import type { KnownLatency } from './baseline.ts';
import type { LeftOut } from './bind-step.ts';
import type { SamplingPurpose } from './samples.ts';
import type { Tried } from './tried.ts';

/** What the rounds know of a check: all but what is sent and how an answer is judged. Plain data. */
export type CheckFacts = Pick<
  Check,
  'name' | 'scenario' | 'type' | 'severity' | 'timeoutMs' | 'delayMs' | 'retry' | 'window' | 'watch'
>;

/** The same of a check file. */
export interface DocumentFacts {
  /** Counted over all files of the run. */
  readonly at: number;
  /** Undefined for inline checks. */
  readonly file: string | undefined;
  readonly watch: Watch | undefined;
}

/** Where a check is asked, as reports and verdicts need it. */
export interface TargetFacts {
  readonly url?: string | undefined;
  /** The host it connects to; undefined when it connects to none. */
  readonly host?: string | undefined;
}

/** A check that can be asked, by its place in the run. */
export interface Subject {
  /** Counted over all checks and steps of the run. */
  readonly at: number;
  readonly check: CheckFacts;
  readonly document: DocumentFacts;
  /** Undefined where only the answers of earlier steps tell. */
  readonly target: TargetFacts | undefined;
  /** False when sending it twice may do something twice. */
  readonly repeatable: boolean;
}

/** What a run is made of, in the order of the files. */
export type PartFacts =
  | { readonly kind: 'check'; readonly subject: Subject }
  | {
      readonly kind: 'scenario';
      readonly scenario: Pick<Scenario, 'window' | 'delayMs' | 'watch'>;
      readonly document: DocumentFacts;
      readonly steps: readonly Subject[];
    }
  /** Its `if` does not hold. */
  | { readonly kind: 'left-out'; readonly subject: Subject; readonly cause: string };

/** One attempt, as the rounds ask for it. Milliseconds. */
export interface AskTask {
  readonly number: number;
  /** At most the check's own timeout. */
  readonly timeoutMs: number;
  /** Time for all samples together. */
  readonly leftMs: number;
  readonly purpose: SamplingPurpose;
  /** What the check measured before, where it is compared with that. */
  readonly known?: KnownLatency | undefined;
}

/**
 * Asks the service and judges what it answers. The rounds decide who is asked when, and never see an answer: what comes
 * back is plain, bounded and masked.
 */
export interface Prober {
  readonly parts: readonly PartFacts[];
  /** Attempts that may be under way at once. */
  readonly concurrency: number;
  readonly failFast: boolean;
  /** One attempt of a check. Rejects only when aborted. */
  ask(at: number, task: AskTask): Promise<Tried>;
  /** What the steps of one pass through a scenario share. */
  session(): ProbeSession;
  /** Whether this runner reaches an independent address at all. */
  controlIsReached(): Promise<boolean>;
  /** Whether the previous release is down as well; false without an address of its own. */
  previousIsDown(at: number, timeoutMs: number): Promise<boolean>;
  /** Where checks stand in their files. */
  places(ats: readonly number[]): Promise<readonly (SourcePlace | undefined)[]>;
}

export interface ProbeSession {
  /** Why this pass leaves a step out; undefined when it does not. */
  leftOut(at: number): Promise<LeftOut | undefined>;
  /** One attempt of a step, with what this pass has captured. Rejects only when aborted. */
  ask(at: number, task: AskTask): Promise<Tried>;
  /** The pass is over. */
  end(): void;
}

/** Whether another attempt of a check that has passed is harmless. */
export function mayBeRepeated({ repeatable, check }: MayBeRepeated): boolean {
  return repeatable || check.retry.unsafe;
}

/** A check, and whether sending it twice may do something twice. */
interface MayBeRepeated extends Pick<Subject, 'repeatable'> {
  readonly check: Pick<Check, 'retry'>;
}
