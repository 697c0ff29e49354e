import type { FailureText } from '../outcome/failure.ts';
import type { CheckOutcome, Outcome, Serving } from '../outcome/outcome.ts';
import type { ActionKind } from '../outcome/outcome-group.ts';
import type { Annotation } from '../report/annotation.ts';
import type { MainEnd, PostReport } from '../report/post-report.ts';
import type { Ports } from './ports.ts';

/** What an action answers. Only `runAction` writes it down: outputs, summary, annotations, failure line, exit code. */
export interface ActionResult {
  readonly outcome: Outcome | CheckOutcome | 'ready';
  /** A code of the closed list in `reasons.ts`. */
  readonly reason: string;
  /** What was last seen serving; `unknown` when absent. */
  readonly serving?: Serving;
  /** It ended before it had so much as looked at the target, and changed nothing. */
  readonly untouched?: boolean;
  /** What was brought back serves by the platform’s word alone: no check had passed before the change. */
  readonly isUnjudged?: boolean;
  /** Of several targets: whether a person must look at one of them. Absent: how this one ended tells it. */
  readonly needsPerson?: boolean;
  /** Green or red: the step's exit code. */
  readonly ok: boolean;
  /** The action's own outputs; `outcome reason serving needs-a-person duration-ms` are added by `runAction`. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Markdown for the job summary. */
  readonly summary?: string;
  /** One line for the log: what came of it. */
  readonly headline: string;
  /** A red result's failure, printed as the step's one error annotation, unless `annotations` have errors of their own. */
  readonly failure?: FailureText;
  /** Further annotations, such as the place of a failed check. */
  readonly annotations?: readonly Annotation[];
}

/** An action as `run.ts` exports it: importing it starts nothing. */
export interface ActionDefinition {
  /** The folder's name: `fly-deploy`. */
  readonly name: string;
  /** What it does to what serves: whether a person must look at an ending depends on it. */
  readonly kind: ActionKind;
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
