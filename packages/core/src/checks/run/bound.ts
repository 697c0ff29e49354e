import type { Assertion } from '../assertion.ts';
import type { Check, CheckDocument, Scenario, ScenarioStep } from '../check-file.ts';
import type { Probe } from '../types/check-type.ts';
import type { LeftOut } from './prober.ts';
import type { SecretKeepers, Session } from './session.ts';

/** A step ready to be bound again in every pass, with what that pass has captured. */
export interface BoundStep {
  readonly check: ScenarioStep;
  readonly document: CheckDocument;
  /** False when sending it twice may do something twice. */
  readonly repeatable: boolean;
  /** Throws BindProblem for a captured value that cannot be used. */
  bind(session: Session, keepers: SecretKeepers): BoundCheck;
  /** Why this pass leaves it out; undefined when it does not. */
  leftOut(session: Session): LeftOut | undefined;
}

/** A check with its templates filled in. */
export interface BoundCheck {
  readonly check: Check;
  readonly document: CheckDocument;
  readonly probe: Probe;
  readonly expect: readonly Assertion[];
  /** The request as a curl command, secrets as `$NAME`; undefined where there is none. Asked for once it failed. */
  readonly curl?: () => string | undefined;
  /** The same with other values generated, for each attempt; absent where it uses none. */
  readonly renewed?: () => BoundCheck;
  /** The same check of the previous release, where that has an address of its own. */
  readonly previous?: () => BoundCheck | undefined;
}

/** What a run is made of, in the order of the files. */
export type Part =
  | { readonly kind: 'check'; readonly bound: BoundCheck }
  | {
      readonly kind: 'scenario';
      readonly scenario: Scenario;
      readonly document: CheckDocument;
      readonly steps: readonly BoundStep[];
      /** The steps of `finally`. */
      readonly last: readonly BoundStep[];
    }
  /** Its `if` does not hold. */
  | {
      readonly kind: 'left-out';
      readonly check: Check;
      readonly document: CheckDocument;
      readonly cause: string;
    };
