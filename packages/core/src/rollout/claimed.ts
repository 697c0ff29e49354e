import type { UnprovenClaim } from '../ledger/claims.ts';
import type { Live, Release } from '../platforms/platform.ts';
import { defined } from '../text/defined.ts';
import type { Candidate } from './candidates.ts';
import type { ChosenTarget } from './choose-target.ts';
import { servingReleases } from './live-relation.ts';

/** Anybody may claim as much as they like: no table is made longer than this by it. */
const addedAtMost = 5;

export interface Claims {
  readonly claims: readonly UnprovenClaim[];
  /** The platform's. */
  readonly releases: readonly Release[];
  readonly live: Live;
  /** A release that was asked for by its name is the only one that is looked at. */
  readonly isWalk: boolean;
}

/** Adds to a choice what is claimed of releases and decided nothing: shown, with the words of why. */
export function withClaims(chosen: ChosenTarget, { claims, releases, live, isWalk }: Claims): ChosenTarget {
  if (chosen.kind === 'already-live' || claims.length === 0) return chosen;
  const known = chosen.candidates.map((candidate) => explained(candidate, claims));
  const told = new Set([...chosen.candidates, ...servingReleases(live)].map(({ id }) => id));
  const vouched = new Map(
    claims
      .filter((claim) => isWalk && isPraise(claim) && !told.has(claim.release))
      .map((claim) => [claim.release, added(claim, releases)]),
  );
  const candidates = [...[...vouched.values()].slice(0, addedAtMost), ...known];
  if (chosen.kind === 'no-target') return { ...chosen, candidates };
  const blamed = claims.find(({ release, verdict }) => release === chosen.release.id && verdict === 'fail');
  const warnings =
    blamed === undefined
      ? chosen.warnings
      : [...chosen.warnings, `${chosen.release.label}: ${blamed.why}, and takes nothing away.`];
  return { ...chosen, candidates, warnings };
}

/** A release that was passed over although something speaks for it. */
function explained(candidate: Candidate, claims: readonly UnprovenClaim[]): Candidate {
  const claim = claims.find((one) => one.release === candidate.id && isPraise(one));
  if (claim === undefined || candidate.passedOver === undefined || candidate.verdict === 'pass')
    return candidate;
  return { ...candidate, passedOver: `${candidate.passedOver}; ${claim.why}`, claim: claim.why };
}

function added({ release: id, created, why }: UnprovenClaim, releases: readonly Release[]): Candidate {
  const release = releases.find((one) => one.id === id);
  return {
    id,
    label: release?.label ?? id,
    created: release?.created ?? created,
    verdict: 'none',
    ...defined({ release }),
    passedOver: why,
    claim: why,
  };
}

function isPraise({ verdict }: UnprovenClaim): boolean {
  return verdict === 'pass' || verdict === 'settled';
}
