import type { Serving } from '../outcome/outcome.ts';
import type { Live, Release } from '../platforms/platform.ts';
import { isBeside, isSame, roleOf, servingReleases } from './live-relation.ts';
import type { RolloutContext } from './state.ts';

/**
 * What `live` means to the caller. In a rollback the chosen release is the old one and what it takes back the new.
 * A release of someone else's is neither, so it is `unknown`: the verdict's `live` names it.
 */
export function serving(live: Live | undefined, known: RolloutContext): Serving {
  if (live === undefined) return 'unknown';
  return servingAs(live, (release) => {
    const role = roleOf(release, known);
    if (role === undefined) return 'unknown';
    const wantsNew = known.plan.kind === 'deploy';
    return (role === 'wanted') === wantsNew ? 'new' : 'old';
  });
}

/** The same where a release alone can only be one thing: before anything is changed. */
export function servingBefore(live: Live, kind: RolloutContext['plan']['kind']): Serving {
  return servingAs(live, () => (kind === 'deploy' ? 'old' : 'new'));
}

/** `one` says what a release is, or copies of one, that have all the traffic. */
function servingAs(live: Live, one: (release: Release) => Serving): Serving {
  const [release, ...others] = servingReleases(live);
  if (isBeside(live)) return release === undefined ? 'unknown' : 'mixed';
  if (release === undefined || live.switchedOff === true) return 'nothing';
  return others.every((other) => isSame(other, release)) ? one(release) : 'mixed';
}
