import type { RolloutEvent } from './events.ts';
import type { RolloutState } from './state.ts';

/** The state, and the event, of one kind. */
export type StateOf<A extends RolloutState['at']> = Extract<RolloutState, { at: A }>;
export type EventOf<K extends RolloutEvent['kind']> = Extract<RolloutEvent, { kind: K }>;
