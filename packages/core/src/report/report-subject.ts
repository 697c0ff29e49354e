import type { RunFacts } from './run-facts.ts';

/** What a report of checks is about, as far as anybody knows. */
export interface ReportSubject {
  /** `Checks of v2, the new release: fail`; absent for a run of checks alone. */
  readonly title?: string | undefined;
  /** `fly:shop`, or an address. */
  readonly target?: string | undefined;
  readonly release?: string | undefined;
  readonly commit?: string | undefined;
  readonly run?: RunFacts | undefined;
}
