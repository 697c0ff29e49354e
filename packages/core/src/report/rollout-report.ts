import type { AnswerSeen, CheckResult } from '../checks/check-result.ts';
import type { Target } from '../platforms/platform.ts';
import type { RolloutVerdict } from '../rollout/plan.ts';
import type { TimelineStep } from '../rollout/timeline.ts';
import type { RunFacts } from './run-facts.ts';

/** Everything the summary of one rollout is made of. */
export interface RolloutReport {
  /** `fly-deploy`, `rollback`. */
  readonly action: string;
  readonly target: Target;
  readonly verdict: RolloutVerdict;
  readonly timeline: readonly TimelineStep[];
  readonly durationMs: number;
  /** The one thing to do, as the failure line says it. */
  readonly advice: string;
  readonly run: RunFacts;
  /** The commit each release was built from, by the release's id, as far as it is known. */
  readonly commits: Readonly<Record<string, string>>;
  /** The commit that the run was about. */
  readonly commit?: string;
  readonly compareUrl?: string;
  /** Rollback only: measured against what was promised. */
  readonly slaMs?: number;
  /** Rollback only: what the person who asked for it gave as the reason. */
  readonly because?: string;
  /** A review app: the repository's rollback is not for it. */
  readonly isReview?: boolean;
  /** Where a person starts the rollback action of this repository. */
  readonly rollbackUrl?: string;
  /** Who could have written the records it decided by, as Markdown. */
  readonly records?: string;
  /** The check that decided against the release. */
  readonly failing?: FailingCheck;
  /** What else there is to unfold: Markdown. */
  readonly folds?: readonly Fold[];
  /** What a rollback does not bring back. */
  readonly notUndone?: readonly string[];
  /** Log lines, exit events and checks of what failed. */
  readonly evidence?: readonly string[];
  /** Its heading. Default: what the platform shows. */
  readonly evidenceTitle?: string;
}

/** A part of the summary that is there for who asks. `title` is text, `body` Markdown. */
export interface Fold {
  readonly title: string;
  readonly body: string;
}

/** The failing check that decided, as a person looks at it first. */
export interface FailingCheck {
  readonly name: string;
  readonly outcome: CheckResult['outcome'];
  /** What of it did not hold, a line each. */
  readonly lines: readonly string[];
  /** `GET https://… → 500`. */
  readonly met: string | undefined;
  readonly answer: AnswerSeen | undefined;
  /** Other gates that did not pass either. */
  readonly others: number;
}
