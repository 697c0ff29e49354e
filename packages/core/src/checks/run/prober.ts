import type { Check, Scenario, Watch } from '../check-file.ts';
import type { SourcePlace } from '../check-result.ts';
import type { MayLack } from '../types/check-type.ts';
import type { AttemptResult, TargetFacts } from './attempt-result.ts';
import type { KnownLatency } from './baseline.ts';

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

/** A check that can be asked, by its place in the run. */
export interface CheckToAsk {
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
  | { readonly kind: 'check'; readonly subject: CheckToAsk }
  | {
      readonly kind: 'scenario';
      readonly scenario: Pick<Scenario, 'window' | 'delayMs' | 'watch'>;
      readonly document: DocumentFacts;
      readonly steps: readonly CheckToAsk[];
      /** The steps of `finally`. */
      readonly last: readonly CheckToAsk[];
    }
  /** Its `if` does not hold. */
  | { readonly kind: 'left-out'; readonly subject: CheckToAsk; readonly cause: string };

/** All that can be asked, by its place in the run. */
export function subjectsOf(parts: readonly PartFacts[]): readonly CheckToAsk[] {
  return parts.flatMap((part) => (part.kind === 'scenario' ? [...part.steps, ...part.last] : [part.subject]));
}

/** One attempt, as the rounds ask for it. Milliseconds. */
export interface AskTask {
  readonly number: number;
  /** At most the check's own timeout. */
  readonly timeoutMs: number;
  /** Time for all samples together. */
  readonly leftMs: number;
  readonly purpose: SamplingPurpose;
  /** What a page may lack; absent: nothing. */
  readonly mayLack?: MayLack | undefined;
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
  ask(at: number, task: AskTask): Promise<AttemptResult>;
  /** What the steps of one pass through a scenario share. */
  session(): ProbeSession;
  /** Whether this runner reaches an independent address at all. */
  controlIsReached(): Promise<boolean>;
  /** Whether the previous release is down as well; false without an address of its own. */
  previousIsDown(at: number, timeoutMs: number): Promise<boolean>;
  /** The newest answers of checks that failed, whole and masked; undefined where none is kept. */
  answers(ats: readonly number[]): Promise<readonly (string | undefined)[]>;
  /** Where checks stand in their files. */
  places(ats: readonly number[]): Promise<readonly (SourcePlace | undefined)[]>;
}

export interface ProbeSession {
  /** Why this pass leaves a step out; undefined when it does not. */
  leftOut(at: number): Promise<LeftOut | undefined>;
  /** One attempt of a step, with what this pass has captured. Rejects only when aborted. */
  ask(at: number, task: AskTask): Promise<AttemptResult>;
  /** The pass is over. */
  end(): void;
}

/** Whether another attempt of a check that has passed is harmless. */
export function mayBeRepeated({ repeatable, check }: MayBeRepeated): boolean {
  return repeatable || check.retry.unsafe;
}

/** A check, and whether sending it twice may do something twice. */
interface MayBeRepeated extends Pick<CheckToAsk, 'repeatable'> {
  readonly check: Pick<Check, 'retry'>;
}

/** What samples are for: to judge the check, only to have them for later, or not wanted now. */
export type SamplingPurpose = 'judge' | 'collect' | 'none';

export interface LeftOut {
  readonly reason: 'condition-false' | 'earlier-step';
  readonly cause: string;
}
