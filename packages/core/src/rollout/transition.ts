import {
  activatedAs,
  activationConfirmed,
  confirmActivation,
  confirmed,
  notRechecked,
  nowActive,
  rechecked,
  settled,
  stagedVerified,
  verified,
} from './activation-rules.ts';
import {
  admitted,
  answered,
  blocked,
  checkedBefore,
  claimed,
  lookedAgain,
  notAdmitted,
  nothingObtained,
  notLookedAgain,
  notObtained,
  notPrepared,
  observed,
  obtained,
  prepared,
  queued,
  recorded,
  turnCame,
} from './before.ts';
import type { RolloutEvent, Transition } from './events.ts';
import { afterCancel, cancelled, outOfTime } from './interruptions.ts';
import type { RolloutPlan } from './plan.ts';
import {
  assessed,
  platformLost,
  recordFound,
  restoreRefused,
  restoreTo,
  withSideEffects,
} from './restore-rules.ts';
import type { RolloutState } from './state.ts';
import { concluded, end, stepTo, unreachable } from './steps.ts';

/** The first step of every rollout: look at what serves. */
export function begin(plan: RolloutPlan): Transition {
  return stepTo({ at: 'observing', plan }, { do: 'observe', again: false });
}

/** What follows from `event` in `state`. Pure: every rule of a rollout is in the files this one leads to. */
export function transition(state: RolloutState, event: RolloutEvent): Transition {
  if (event.kind === 'cancelled') return cancelled(state);
  if (event.kind === 'deadline') return outOfTime(state);
  const step = followed(state, event);
  if (step !== undefined) return step;
  throw new Error(`A rollout that is ${state.at} cannot take the event ${event.kind}.`);
}

/** Undefined where an event has no meaning in a state. */
function followed(state: RolloutState, event: RolloutEvent): Transition | undefined {
  switch (state.at) {
    case 'observing':
      if (event.kind === 'observed') return observed(state, event);
      if (event.kind === 'unreachable' && state.again !== undefined)
        return end(state.again, unreachable(event.note), undefined);
      return undefined;
    case 'admitting':
      if (event.kind === 'blocked') return blocked(state.known, event.failure);
      if (event.kind === 'not-admitted') return notAdmitted(state.known, event.failure);
      if (event.kind === 'unreachable') return end(state.known, unreachable(event.note), undefined);
      return event.kind === 'admitted' ? admitted(state.known, event) : undefined;
    case 'recording':
      return event.kind === 'recorded' ? recorded(state.known) : undefined;
    case 'queueing':
      return event.kind === 'turn' ? queued(state.known, event) : undefined;
    case 'waiting':
      if (event.kind === 'turn-came') return turnCame(state.known);
      return event.kind === 'turn' ? answered(state.known, event.turn) : undefined;
    case 'checking-before':
      return event.kind === 'checked-before' ? checkedBefore(state.known, event) : undefined;
    case 'preparing':
      if (event.kind === 'prepared') return prepared(state.known);
      return event.kind === 'prepare-failed' ? notPrepared(state.known, event.failure) : undefined;
    case 'claiming':
      return event.kind === 'turn' ? claimed(state.known, event) : undefined;
    case 'looking-again':
      if (event.kind === 'looked-again') return lookedAgain(state, event);
      return event.kind === 'unreachable' ? notLookedAgain(state.known, event) : undefined;
    case 'obtaining':
      if (event.kind === 'obtained') return obtained(state.known, event);
      if (event.kind === 'obtain-failed') return notObtained(state.known, event.failure, event.release);
      return event.kind === 'nothing-obtained' ? nothingObtained(state.known, event.failure) : undefined;
    case 'verifying-staged':
      return event.kind === 'verified' ? stagedVerified(state.known, state.move, event.verdict) : undefined;
    case 'rechecking-live':
      if (event.kind === 'looked') return rechecked(state.known, state.move, event);
      return event.kind === 'unreachable' ? notRechecked(state.known, state.move, event.note) : undefined;
    case 'activating':
      if (event.kind === 'activated') return nowActive(state.known, activatedAs(state.move, event));
      return event.kind === 'activation-failed'
        ? confirmActivation(state.known, state.move, event)
        : undefined;
    case 'confirming-activation':
      if (event.kind === 'looked') return activationConfirmed(state, event);
      return event.kind === 'unreachable' ? end(state.known, unreachable(event.note), undefined) : undefined;
    case 'settling':
      return event.kind === 'settled' ? settled(state.known, state.move, event.result) : undefined;
    case 'verifying':
      return event.kind === 'verified' ? verified(state.known, state.move, event.verdict) : undefined;
    case 'assessing-failure':
      if (event.kind === 'looked') return assessed(state, event);
      return event.kind === 'unreachable' ? platformLost(state.known, state.trouble) : undefined;
    case 'choosing':
      if (event.kind === 'restore-chosen') return restoreTo(state.known, state.trouble, event);
      return event.kind === 'restore-refused' ? restoreRefused(state.known, state.trouble, event) : undefined;
    case 'confirming':
      if (event.kind === 'looked')
        return withSideEffects(
          recordFound(state.known, event),
          confirmed(state.known, state.conclusion, event.live),
        );
      return event.kind === 'unreachable' ? concluded(state.known, state.conclusion, undefined) : undefined;
    case 'cancelling':
      if (event.kind === 'looked') return afterCancel(state, event);
      return event.kind === 'unreachable' ? afterCancel(state, {}) : undefined;
    case 'ended':
      return undefined;
  }
}
