import { decodedJson } from '../text/decode.ts';
import { defined } from '../text/defined.ts';
import type { LedgerPlace } from './ledger-place.ts';
import { type SavedRollout, savedRollout } from './saved-shape.ts';
import type { Activation, RolloutContext, RolloutState } from './state.ts';

/** Undefined while nothing has been or will be changed, and at the end. */
export function toSaved(
  state: RolloutState,
  beside: LedgerPlace & Pick<SavedRollout, 'caveat' | 'memory' | 'ended'>,
): SavedRollout | undefined {
  switch (state.at) {
    case 'observing':
    case 'admitting':
    case 'ended':
      return undefined;
    default: {
      if (state.known.unchanged) return undefined;
      const move = activationOf(state);
      return {
        schema: 1,
        known: keptOf(state.known),
        ...(move?.to === 'restore' && { restore: move }),
        ...beside,
      };
    }
  }
}

/** Undefined for `''` and for text that is not a whole saved rollout: what was damaged is not acted upon. */
export function readSaved(text: string): SavedRollout | undefined {
  return decodedJson(savedRollout, text);
}

function activationOf(state: RolloutState): Activation | undefined {
  if ('move' in state) return state.move;
  if (state.at === 'cancelling') return state.unfinished;
  const isNearlyThere = state.at === 'confirming' && state.conclusion.kind === 'serves';
  return isNearlyThere ? state.conclusion.move : undefined;
}

/** The runner hands state on as one variable of the environment: ends of processes before this run are in no use there. */
function keptOf({ settled, ...known }: RolloutContext): RolloutContext {
  const { exits: _, ...live } = known.before.live;
  const kept: RolloutContext = { ...known, before: { ...known.before, live } };
  if (settled === undefined) return kept;
  const exits = settled.exits?.slice(0, exitsAtMost);
  return { ...kept, settled: { ...settled, ...defined({ exits }) } };
}

const exitsAtMost = 200;
