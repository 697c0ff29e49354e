import type { Serving } from '../outcome.ts';
import type { Live } from '../platforms/platform.ts';
import { roleOf } from './standing.ts';
import type { Known } from './state.ts';

/**
 * What `live` means to the caller. In a rollback the chosen release is the old one and what it takes back the new.
 * A release of someone else's is neither, so it is `unknown`: the verdict's `live` names it.
 */
export function serving(live: Live | undefined, known: Known): Serving {
  if (live === undefined) return 'unknown';
  return servingAs(live, () => {
    const role = live.kind === 'one' ? roleOf(live.release, known) : undefined;
    if (role === undefined) return 'unknown';
    const wantsNew = known.plan.kind === 'deploy';
    return (role === 'wanted') === wantsNew ? 'new' : 'old';
  });
}

/** The same where a release alone can only be one thing: before anything is changed. */
export function servingBefore(live: Live, kind: Known['plan']['kind']): Serving {
  return servingAs(live, () => (kind === 'deploy' ? 'old' : 'new'));
}

/** `one` says what a single release is, when it serves at all. */
function servingAs(live: Live, one: () => Serving): Serving {
  if (live.kind === 'nothing' || live.switchedOff === true) return 'nothing';
  return live.kind === 'mixed' ? 'mixed' : one();
}
