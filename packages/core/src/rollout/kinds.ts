import type { RolloutEvent } from './events.ts';
import type { RolloutState } from './state.ts';

/** The state, and the event, of one kind. */
export type At<A extends RolloutState['at']> = Extract<RolloutState, { at: A }>;
export type Come<K extends RolloutEvent['kind']> = Extract<RolloutEvent, { kind: K }>;
