import type { Measure } from '../ledger/measures.ts';
import type { Assertion, Extraction } from './assertion.ts';
import type { FailureClass, SourcePlace, Warning } from './check-result.ts';
import type { HostLookup } from './host-lookup.ts';
import type { ExactNumber } from './judge/exact-number.ts';
import type { Origin, Reference } from './origin.ts';
import type { Blueprint } from './types/check-type.ts';
import type { FileRules } from './workspace-files.ts';

/** Checks ready to run: every file given, read and found sound. Made by `loadChecks`. */
export interface CheckFile {
  readonly documents: readonly CheckDocument[];
  /** Attempts under way at once. */
  readonly concurrency: number;
  /** The first gate that fails for good ends the run. */
  readonly failFast: boolean;
  /** What was worth a warning when they were read. */
  readonly warnings: readonly LoadWarning[];
}

/** What was worth a warning when a check was read: the report says it of that check. */
export interface LoadWarning extends Warning {
  readonly check: string;
}

/** One check file, or the inline text. Strings still hold their `${name}` templates. */
export interface CheckDocument {
  readonly source: CheckSource;
  readonly target: string | undefined;
  readonly variables: Variables;
  /** Names only; values come from the run. */
  readonly secrets: readonly string[];
  /** A word that nobody knows makes a schema wrong. */
  readonly strictSchema: boolean;
  readonly references: readonly Reference[];
  readonly checks: readonly Check[];
  readonly scenarios: readonly Scenario[];
  /** Undefined when the verdict is not watched over. */
  readonly watch: Watch | undefined;
}

/** By name; what is no text has the type that YAML gives it. */
export type Variables = Readonly<Record<string, string | number | boolean | ExactNumber>>;

/** Where a document came from. Places are computed only when something has to be pointed at. */
export interface CheckSource {
  /** Path as given; undefined for inline text. */
  readonly file: string | undefined;
  /** Where the paths it names start: the file's own folder; for inline text the working directory. */
  readonly folder: string;
  /** What the checks may read. */
  readonly files: FileRules;
  place(origin: Origin, on?: 'key' | 'value'): SourcePlace;
}

export interface Check {
  /** A step carries the name of its scenario before its own: `sign in / open the account`. */
  readonly name: string;
  /** The scenario whose step it is. */
  readonly scenario: string | undefined;
  readonly type: string;
  readonly severity: Severity;
  readonly tags: readonly string[];
  readonly blueprint: Blueprint;
  readonly expect: readonly Assertion[];
  /** Absent for a check that is asked once. */
  readonly sampling?: Sampling | undefined;
  readonly timeoutMs: number;
  readonly connectTimeoutMs: number;
  readonly hostLookup: HostLookup;
  readonly delayMs: number;
  readonly retry: RetryRules;
  readonly window: Window;
  /** Undefined when the file has no watch. */
  readonly watch: WatchLimits | undefined;
  /** Undefined when it always runs. */
  readonly when: When | undefined;
  readonly references: readonly Reference[];
  readonly origin: Origin;
}

/** Checks that run in order and share cookies and what they capture; a round of it is a round of all its steps. */
export interface Scenario {
  readonly name: string;
  readonly tags: readonly string[];
  readonly when: When | undefined;
  /** Before its first step. */
  readonly delayMs: number;
  readonly window: Window;
  readonly watch: WatchLimits | undefined;
  readonly variables: Variables;
  /** In its own `variables` and `if`; each step has its own. */
  readonly references: readonly Reference[];
  readonly steps: readonly ScenarioStep[];
  /** The steps of `finally`: asked after every pass, however it ended; they decide nothing. */
  readonly last: readonly ScenarioStep[];
  readonly origin: Origin;
}

export interface ScenarioStep extends Check {
  readonly captures: readonly Capture[];
}

/** A value that a step keeps for the steps after it. Finding nothing fails the step. */
export interface Capture extends Extraction {
  readonly name: string;
  /** Mask it wherever it shows. */
  readonly redact: boolean;
  readonly origin: Origin;
}

/** The condition of an `if`: a name that is not empty, or two sides compared. Sides are templates. */
export type When =
  | { readonly kind: 'is-set'; readonly name: string }
  | {
      readonly kind: 'compares';
      readonly left: string;
      readonly negated: boolean;
      /** One for `==` and `!=`, several for `in`. */
      readonly right: readonly string[];
      /** As written. */
      readonly text: string;
    };

export type Severity = 'gate' | 'advisory';

export interface RetryRules {
  /** Time for attempts and pauses together; undefined without a limit of time. */
  readonly untilMs: number | undefined;
  /** Tries in all; undefined when only time limits them. */
  readonly attempts: number | undefined;
  readonly intervalMs: number;
  readonly backoff: number;
  readonly maxIntervalMs: number;
  /** Share of a pause that is random, 0 to 1. */
  readonly jitter: number;
  readonly on: readonly FailureClass[];
  /** Repeat POST and PATCH as well. */
  readonly unsafe: boolean;
  /** Retry refused certificates: a fresh one may still be on its way. */
  readonly tls: boolean;
  /** What a failed step repeats: itself, or its scenario from the first step with an empty cookie jar. */
  readonly of: 'step' | 'scenario';
}

/** How long a verdict must hold. */
export interface Window {
  /** Consecutive good attempts. */
  readonly successes: number;
  readonly intervalMs: number;
  /** A bad round starts the count again, or ends it. */
  readonly hold: 'reset' | 'strict';
  /** Where it is written; undefined where nobody did. */
  readonly origin?: Origin | undefined;
}

/** A check that is asked many times, each on a connection of its own, to measure it. */
export interface Sampling {
  readonly count: number;
  /** First samples that are dropped: a cold cache or a sleeping machine says nothing of the rest. */
  readonly warmup: number;
  /** As many may stay without an answer; one more fails the check. */
  readonly lost: number;
  /** The check did not ask for them itself. */
  readonly isImplied: boolean;
  /** Assertions on all samples together: `p95`, `mean`. */
  readonly measures: readonly Assertion[];
  /** Absent when it is compared with nothing. */
  readonly baseline?: BaselineRules | undefined;
}

/** By how much a check may be slower than before: `before × (1 + tolerance) + floor`. */
export interface BaselineRules {
  readonly from: 'last-verified' | 'previous-url';
  readonly metric: Measure;
  /** A share: 0.25 is 25 %. */
  readonly tolerance: number;
  /** Milliseconds that are never too many, whatever their share. */
  readonly floorMs: number;
  readonly origin: Origin;
}

/** Rounds after the verdict, for as long as a fault may take to show. */
export interface Watch {
  readonly forMs: number;
  readonly intervalMs: number;
  readonly limits: WatchLimits;
  readonly origin: Origin;
}

/** What a watched check may do wrong. A limit is what is allowed: one more is over it. */
export interface WatchLimits {
  /** Bad rounds in all. */
  readonly failures: number | undefined;
  readonly consecutiveFailures: number | undefined;
  /** Rounds in a row in which the check itself could not be carried out. */
  readonly consecutiveErrors: number;
  readonly rate: FailureRate | undefined;
}

export interface FailureRate {
  /** A share, 0 to 1. */
  readonly most: number;
  /** Rounds it takes before the share says anything. */
  readonly samples: number;
}

/** The checks of a document, steps of scenarios included. */
export function everyCheck({ checks, scenarios }: CheckDocument): readonly Check[] {
  return scenarios.length === 0 ? checks : [...checks, ...scenarios.flatMap(stepsOf)];
}

/** The steps of a scenario, those of `finally` last. */
export function stepsOf({ steps, last }: Scenario): readonly ScenarioStep[] {
  return [...steps, ...last];
}

/** A check and the document it stands in. */
export interface Located {
  readonly check: Check;
  readonly source: CheckSource;
  /** Whether a word that nobody knows makes a schema wrong. */
  readonly strictSchema: boolean;
}
