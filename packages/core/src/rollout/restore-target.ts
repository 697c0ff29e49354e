import type { ReleaseVerdict } from '../ledger/record.ts';
import type { Predecessor, Release } from '../platforms/platform.ts';
import { isSame } from './live-relation.ts';

/** What is known at the moment a restore is chosen. */
export interface RestoreQuestion {
  /** What served before this run, where it may be trusted. */
  readonly want: Release | 'last-verified';
  /** All that served at the first look, trusted or not. */
  readonly before: readonly Release[];
  /** What served directly before this run's release took traffic, as the platform tells it now. */
  readonly predecessor: Predecessor | undefined;
  /** The newest verdict on it. */
  readonly verdict: ReleaseVerdict;
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
export function restoreTarget({
  want,
  before,
  predecessor,
  verdict,
  isPending,
}: RestoreQuestion): RestoreChoice {
  if (predecessor === undefined) return { want };
  const { release, unsure } = predecessor;
  // It was seen to have all the traffic, whatever the platform says of it; what others say of it is asked all the same.
  const isThere = want !== 'last-verified' && isSame(want, release);
  // The platform passes over what failed on its way, though it may have served: nothing came after it then.
  const isPassedOver = before.some(({ created }) => Date.parse(created) > Date.parse(release.created));
  if (isPassedOver && !isThere) return { want };
  const which = isThere ? release.label : `${release.label} came in between and`;
  if (unsure && !isThere) return backTo(`${which} never had all the traffic`);
  if (isPending) return backTo(`${which} is still being judged by another run`);
  if (verdict === 'fail' || verdict === 'inconclusive') return backTo(`${which} is not good`);
  if (isThere) return { want };
  // What served at the first look is not to be trusted, and nothing has taken its place.
  if (want === 'last-verified' && verdict === 'none') return { want };
  return {
    want: release,
    note: `${release.label} was made live by somebody else before this release took traffic.`,
  };
}

function backTo(why: string): RestoreChoice {
  return { want: 'last-verified', note: `${why}: the last verified release is brought back.` };
}
