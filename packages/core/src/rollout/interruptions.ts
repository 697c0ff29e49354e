import type { Transition } from './events.ts';
import { failureFor } from './failures.ts';
import type { EventOf, StateOf } from './kinds.ts';
import { liveRelation } from './live-relation.ts';
import { assessFailure, failed, platformLost, recordFound, withSideEffects } from './restore-rules.ts';
import type { RolloutContext, RolloutState } from './state.ts';
import { conclude, end, stepTo, stop, stranded, withWanted } from './steps.ts';

// What a cancelled job, and the end of its time, come to in each state.

export function cancelled(state: RolloutState): Transition {
  const how = { outcome: 'cancelled', reason: 'cancelled' } as const;
  switch (state.at) {
    case 'observing':
      if (state.again !== undefined)
        return stepTo({ at: 'cancelling', known: state.again, untouched: true }, { do: 'look' });
      return stepTo({ at: 'ended', verdict: { ...how, serving: 'unknown', notes: [] } });
    case 'admitting':
      return end(state.known, how, state.known.before.live);
    case 'recording':
      return end(asked(state.known), how, state.known.before.live);
    // It may have waited, or built, for long: what served at the first look may be gone.
    case 'queueing':
    case 'waiting':
    case 'checking-before':
    case 'preparing':
    case 'claiming':
    case 'looking-again':
      return stepTo({ at: 'cancelling', known: state.known, untouched: true }, { do: 'look' });
    case 'obtaining':
      return stepTo({ at: 'cancelling', known: state.known }, { do: 'look', moving: true });
    case 'assessing-failure':
    case 'choosing':
      // Cancelling never starts a restore.
      return stepTo({ at: 'cancelling', known: state.known, trouble: state.trouble }, { do: 'look' });
    case 'verifying-staged':
    case 'rechecking-live':
    case 'activating':
    case 'confirming-activation':
    case 'settling':
    case 'verifying': {
      const { known, move } = state;
      const cut = move.to === 'restore' ? { trouble: move.trouble, unfinished: move } : {};
      const isCut = state.at === 'activating' || state.at === 'confirming-activation';
      return stepTo({ at: 'cancelling', known, ...cut }, { do: 'look', ...(isCut && { moving: true }) });
    }
    case 'confirming':
    case 'cancelling':
    case 'ended':
      throw untimely(state);
  }
}

export function afterCancel(state: StateOf<'cancelling'>, seen: Partial<EventOf<'looked'>>): Transition {
  const { live, mine } = seen;
  const known = withWanted(state.known, state.known.wanted ?? mine);
  const { trouble, unfinished } = state;
  const how = { outcome: 'cancelled', reason: 'cancelled', cause: trouble?.failure } as const;
  const { state: ended, commands } = withSideEffects(
    recordFound(state.known, seen),
    end(known, how, live, trouble),
  );
  if (unfinished !== undefined && ended.at === 'ended') return stepTo({ ...ended, unfinished });
  // Only what takes no traffic is stopped: what serves is left serving.
  const isOursIdle = known.plan.obtain === 'ship' && !known.unchanged && live !== undefined;
  if (!isOursIdle || state.untouched === true || liveRelation(live, known) !== 'as-before')
    return { state: ended, commands };
  return stepTo(ended, stop(known), ...commands);
}

export function outOfTime(state: RolloutState): Transition {
  const failure = failureFor('deploy-timeout');
  const late = { outcome: 'error', reason: failure.reason, cause: failure } as const;
  switch (state.at) {
    case 'observing':
      if (state.again?.plan.kind === 'rollback')
        return conclude(state.again, stranded('superseded', failure));
      if (state.again !== undefined) return conclude(state.again, { kind: 'fails', ...late });
      return stepTo({
        at: 'ended',
        verdict: { ...late, serving: 'unknown', notes: [] },
      });
    case 'admitting':
      return end(state.known, late, state.known.before.live);
    case 'recording':
      return end(asked(state.known), late, state.known.before.live);
    case 'queueing':
    case 'waiting':
    case 'checking-before':
    case 'claiming':
    case 'looking-again':
      return conclude(state.known, { kind: 'fails', ...late });
    case 'preparing':
    case 'obtaining':
      return assessFailure(state.known, { failure, tookTraffic: false });
    case 'assessing-failure':
      if (state.known.plan.kind !== 'rollback') return platformLost(state.known, state.trouble);
      return conclude(state.known, stranded('restore-failed', state.trouble.failure));
    case 'choosing':
      return conclude(state.known, stranded('restore-failed', state.trouble.failure));
    case 'verifying-staged':
    case 'rechecking-live':
    case 'activating':
    case 'confirming-activation':
    case 'settling':
    case 'verifying': {
      const cause = state.move.to === 'change' ? failure : failureFor('restore-failed', RESTORE_TIMEOUT);
      return failed(state.known, state.move, { failure: cause, tookTraffic: state.at === 'verifying' });
    }
    case 'confirming':
    case 'cancelling':
    case 'ended':
      throw untimely(state);
  }
}

/** The record may be there by now, and would hold others up. */
function asked(known: RolloutContext): RolloutContext {
  return { ...known, recorded: true };
}

/** The last looks have a limit of their own, which is short. */
function untimely(state: RolloutState): Error {
  return new Error(`A rollout that is ${state.at} cannot be interrupted.`);
}

const RESTORE_TIMEOUT = 'The restore did not end within `restore-timeout`.';
