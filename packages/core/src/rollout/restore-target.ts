import type { Verdict } from '../ledger/record.ts';
import type { Predecessor, Release } from '../platforms/platform.ts';
import { isSame } from './standing.ts';

/** What is known at the moment a restore is chosen. */
export interface RestoreQuestion {
  /** What served before this run, where it may be trusted. */
  readonly want: Release | 'last-verified';
  /** What served directly before this run's release took traffic, as the platform tells it now. */
  readonly predecessor: Predecessor | undefined;
  /** The newest verdict on it. */
  readonly verdict: Verdict;
  /** Another run has shipped it and not yet said whether it is good. */
  readonly isPending: boolean;
}

export interface RestoreChoice {
  readonly want: Release | 'last-verified';
  /** Why it is another than what served when this run began. */
  readonly note?: string;
}

/**
 * Where a restore goes: to what served directly before the release that is taken back. Only if that was a mix, is
 * judged bad, or is still being judged by somebody else, to the last verified one.
 */
export function restoreTarget({ want, predecessor, verdict, isPending }: RestoreQuestion): RestoreChoice {
  if (predecessor === undefined) return { want };
  const { release, unsure } = predecessor;
  if (want !== 'last-verified' && isSame(want, release)) return { want };
  const { label } = release;
  if (unsure) return backTo(`${label} came in between and never had all the traffic`);
  if (isPending) return backTo(`${label} came in between and is still being judged by another run`);
  if (verdict === 'fail' || verdict === 'inconclusive')
    return backTo(`${label} came in between and is not good`);
  // What served at the first look is not to be trusted, and nothing has taken its place.
  if (want === 'last-verified' && verdict === 'none') return { want };
  return { want: release, note: `${label} was made live by somebody else before this release took traffic.` };
}

function backTo(why: string): RestoreChoice {
  return { want: 'last-verified', note: `${why}: the last verified release is brought back.` };
}
