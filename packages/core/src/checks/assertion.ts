import type { Origin } from './origin.ts';

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
  /** Made of what the service gave before: where that fits nothing, it is a failure and not the check's fault. */
  readonly isOfCapture?: true;
  /** Broken, it is a warning in the report and decides nothing: the threshold `degraded`. */
  readonly advisory?: true;
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
