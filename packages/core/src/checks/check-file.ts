import type { Blueprint } from './types/check-type.ts';
import type { FailureClass, SourcePlace } from './verdict.ts';

/** Checks ready to run: every file given, read and found sound. Made by `loadChecks`. */
export interface CheckFile {
  readonly documents: readonly CheckDocument[];
  /** Attempts under way at once. */
  readonly concurrency: number;
}

/** One check file, or the inline text. Strings still hold their `${name}` templates. */
export interface CheckDocument {
  readonly source: CheckSource;
  readonly target: string | undefined;
  readonly variables: Readonly<Record<string, string>>;
  /** Names only; values come from the run. */
  readonly secrets: readonly string[];
  readonly references: readonly Reference[];
  readonly checks: readonly Check[];
}

/** Where a document came from. Places are computed only when something has to be pointed at. */
export interface CheckSource {
  /** Path as given; undefined for inline text. */
  readonly file: string | undefined;
  /** Where the paths it names start: the file's own folder; for inline text the working directory. */
  readonly folder: string;
  place(origin: Origin, on?: 'key' | 'value'): SourcePlace;
}

/** A value's path in its document, as a chain towards the root. */
export interface Origin {
  readonly parent: Origin | undefined;
  readonly key: string | number;
}

export interface Check {
  readonly name: string;
  readonly type: string;
  readonly severity: Severity;
  readonly tags: readonly string[];
  readonly blueprint: Blueprint;
  readonly expect: readonly Assertion[];
  readonly timeoutMs: number;
  readonly connectTimeoutMs: number;
  readonly delayMs: number;
  readonly retry: RetryRules;
  readonly window: Window;
  readonly references: readonly Reference[];
  readonly origin: Origin;
}

export type Severity = 'gate' | 'advisory';

/** A `${name}` in some string of the document. */
export interface Reference {
  readonly name: string;
  readonly origin: Origin;
}

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
}

/** How long a verdict must hold. */
export interface Window {
  /** Consecutive good attempts. */
  readonly successes: number;
  readonly intervalMs: number;
  /** A bad round starts the count again, or ends it. */
  readonly hold: 'reset' | 'strict';
}

/** What is read of an answer, and what is done to it before it is judged or kept. */
export interface Extraction {
  readonly source: Source;
  readonly filters: readonly Filter[];
}

/** One step from the value that was read to the value that is meant: `split ","`, `first`. */
export interface Filter {
  readonly name: string;
  /** `true` for a filter that takes none. */
  readonly argument: unknown;
}

/** One comparison: what is read, and what must hold of it. */
export interface Assertion extends Extraction {
  readonly predicate: Predicate;
  readonly origin: Origin;
}

/** What an assertion reads: `status`, `header content-type`, `jsonpath $.ok`. */
export interface Source {
  readonly name: string;
  readonly argument: string | undefined;
}

export interface Predicate {
  readonly name: string;
  readonly negated: boolean;
  readonly expected: unknown;
  /** Predicates on each element or on the count, for `each`, `any` and `count`. */
  readonly nested: readonly Predicate[];
}
