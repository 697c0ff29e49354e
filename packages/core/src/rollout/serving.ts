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
  if (live.kind !== 'one') return live.kind;
  const role = roleOf(live.release, known);
  if (role === undefined) return 'unknown';
  const isWanted = role === 'wanted';
  const wantsNew = known.plan.kind === 'deploy';
  return isWanted === wantsNew ? 'new' : 'old';
}
