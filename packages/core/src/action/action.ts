import type { FailureText } from '../failure.ts';
import type { CheckOutcome, Outcome, Serving } from '../outcome.ts';
import type { Ports } from '../ports.ts';
import type { Place } from '../runner/runner.ts';

/** What an action answers. Only `runAction` writes it down: outputs, summary, annotations, failure line, exit code. */
export interface ActionResult {
  readonly outcome: Outcome | CheckOutcome | 'ready';
  /** A code of the closed list in `reasons.ts`. */
  readonly reason: string;
  /** What was last seen serving; `unknown` when absent. */
  readonly serving?: Serving;
  /** Green or red: the step's exit code. */
  readonly ok: boolean;
  /** The action's own outputs; `outcome reason serving duration-ms` are added by `runAction`. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Markdown for the job summary. */
  readonly summary?: string;
  /** One line for the log: what came of it. */
  readonly headline: string;
  /** A red result's failure, printed as the step's one error annotation. */
  readonly failure?: FailureText;
  /** Further annotations, such as the place of a failed check. */
  readonly annotations?: readonly Annotation[];
}

/** A remark shown on the run's page and, where it has a place, in the diff. */
export interface Annotation {
  readonly level: 'notice' | 'warning' | 'error';
  readonly message: string;
  readonly place?: Place;
}

/** An action as `run.ts` exports it: importing it starts nothing. */
export interface ActionDefinition {
  /** The folder's name: `fly-deploy`. */
  readonly name: string;
  /** Exit codes that tell outcomes apart; otherwise 0 for a green result and 1 for a red one. */
  readonly exitCodes?: Readonly<Partial<Record<ActionResult['outcome'], number>>>;
  /** Throws ActionFailure for what cannot be done, the signal's `Cancelled` when cancelled; anything else is our bug. */
  run(ports: Ports): Promise<ActionResult>;
  /**
   * Runs after the job's last step, also when `run` failed or was killed, and never ships. Answers what there is to tell;
   * what it throws becomes a warning.
   */
  post?(ports: Ports, main: MainEnd): Promise<PostReport | undefined>;
}

/** How `run` ended, as far as its process lived to say so. */
export type MainEnd =
  /** Cut before its first act: nothing was begun. */
  | 'unbegun'
  /** Killed in the middle. */
  | 'killed'
  /** Ended by itself, because the job was cancelled. */
  | 'cancelled'
  /** It has told how it ended. */
  | 'told';

/** What `post` found, what it did about it, and what serves now. */
export interface PostReport {
  readonly level: 'notice' | 'warning';
  /** The annotation, which is also the line in the log. */
  readonly message: string;
  /** Markdown for the job summary. */
  readonly summary: string;
}
