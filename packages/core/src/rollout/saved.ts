import type { LedgerPlace } from './ledger-writer.ts';
import { readSavedRollout } from './saved-shape.ts';
import type { Known, Move, RolloutState } from './state.ts';

export type RestoreMove = Extract<Move, { to: 'restore' }>;

/** What `post` needs to finish a rollout that was cut: kept as one line of JSON in the runner's state. */
export interface SavedRollout extends LedgerPlace {
  readonly schema: 1;
  readonly known: Known;
  /** The restore that was under way. */
  readonly restore?: RestoreMove;
  /** What a restore cannot bring back, as far as the run had found out. */
  readonly caveat?: string;
  /** What the adapter needs to recognise this run's releases. */
  readonly memory?: string;
}

/** Undefined while nothing has been or will be changed, and at the end. */
export function toSaved(
  state: RolloutState,
  beside: LedgerPlace & Pick<SavedRollout, 'caveat' | 'memory'>,
): SavedRollout | undefined {
  switch (state.at) {
    case 'observing':
    case 'admitting':
    case 'ended':
      return undefined;
    default: {
      if (state.known.unchanged) return undefined;
      const move = moveOf(state);
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
  try {
    return readSavedRollout(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function moveOf(state: RolloutState): Move | undefined {
  if ('move' in state) return state.move;
  if (state.at === 'taking-leave') return state.unfinished;
  const isNearlyThere = state.at === 'concluding' && state.claim.kind === 'serves';
  return isNearlyThere ? state.claim.move : undefined;
}

/** The runner hands state on as one variable of the environment: ends of processes before this run are in no use there. */
function keptOf({ settled, ...known }: Known): Known {
  const { exits: _, ...live } = known.before.live;
  const kept: Known = { ...known, before: { ...known.before, live } };
  if (settled === undefined) return kept;
  const exits = settled.exits?.slice(0, exitsAtMost);
  return { ...kept, settled: { ...settled, ...(exits === undefined ? {} : { exits }) } };
}

const exitsAtMost = 200;
