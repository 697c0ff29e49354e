import type { RecordIds } from './ledger-writer.ts';
import type { Known, Move, RolloutState } from './state.ts';

/** What `post` needs to finish a rollout that was cut: kept as one line of JSON in the runner's state. */
export interface SavedRollout {
  readonly schema: 1;
  readonly known: Known;
  /** The restore that was under way. */
  readonly restore?: Extract<Move, { to: 'restore' }>;
  readonly records: RecordIds;
}

/** Undefined where nothing has been or will be changed. */
export function toSaved(state: RolloutState, records: RecordIds): SavedRollout | undefined {
  switch (state.at) {
    case 'observing':
    case 'admitting':
    case 'checking-before':
    case 'ended':
      return undefined;
    default: {
      if (state.known.unchanged) return undefined;
      const move = 'move' in state ? state.move : undefined;
      const restore = move?.to === 'restore' ? { restore: move } : {};
      return { schema: 1, known: state.known, ...restore, records };
    }
  }
}
