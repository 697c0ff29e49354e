import type { Live, PlatformFailure, Release } from '../platforms/platform.ts';
import { defined } from '../text/defined.ts';
import type { SideEffect, Transition } from './events.ts';
import { activated, restoring, shipped } from './facts.ts';
import type { EventOf, StateOf } from './kinds.ts';
import { liveRelation, soleRelease } from './live-relation.ts';
import type { Activation, Cause, RolloutContext } from './state.ts';
import {
  approach,
  conclude,
  end,
  inconclusive,
  stepTo,
  stop,
  stranded,
  withCause,
  withNotes,
  withWanted,
} from './steps.ts';

// The rules of a restore: whether there is one, and where it leads.

export function failed(known: RolloutContext, move: Activation, trouble: Cause): Transition {
  if (move.to === 'restore') {
    const reason = trouble.failure.reason === 'incomplete' ? 'incomplete' : 'restore-failed';
    return conclude(withCause(known, move), stranded(reason, trouble.failure));
  }
  // Nothing was changed, so nothing can be taken back; but what serves fails, which `rejected` would hide.
  if (known.unchanged) return conclude(known, stranded('already-live-failing', trouble.failure));
  return assessFailure(known, trouble);
}

export function assessFailure(
  known: RolloutContext,
  trouble: Cause,
  sideEffects: readonly SideEffect[] = [],
): Transition {
  return stepTo({ at: 'assessing-failure', known, trouble, stopped: false }, ...sideEffects, { do: 'look' });
}

export function assessed(state: StateOf<'assessing-failure'>, seen: EventOf<'looked'>): Transition {
  const { live, mine } = seen;
  const known = withWanted(state.known, state.known.wanted ?? mine);
  const sideEffects = recordFound(state.known, seen);
  const where = liveRelation(live, known);
  const mayStillCome = known.plan.obtain === 'ship' && (where === 'as-before' || where === 'others');
  if (!mayStillCome || state.stopped)
    return withSideEffects(sideEffects, planRestore(known, state.trouble, live));
  // A build left running could take traffic after the verdict, and so may what this run made beside the winner's
  // machines: stop it, then look again.
  return stepTo({ ...state, known, stopped: true }, stop(known), { do: 'look' });
}

/** Serving already, though this run was cut before it could name it: the record has to. */
export function recordFound(
  { plan, wanted, back }: RolloutContext,
  { mine, copy }: Partial<EventOf<'looked'>>,
): readonly SideEffect[] {
  if (back !== undefined)
    return copy === undefined || copy.id === back.id ? [] : [activated('restore', copy)];
  if (mine === undefined) return [];
  if (wanted === undefined) return [shipped(mine)];
  return plan.kind === 'rollback' && mine.id !== wanted.id ? [activated('change', mine)] : [];
}

export function withSideEffects(
  sideEffects: readonly SideEffect[],
  { state, commands }: Transition,
): Transition {
  return { state, commands: [...sideEffects, ...commands] };
}

export function planRestore(known: RolloutContext, trouble: Cause, live: Live): Transition {
  const cause = trouble.failure;
  const where = liveRelation(live, known);
  if (where === 'others') return end(known, stranded('superseded', cause), live, trouble);
  if (where === 'as-before') return end(known, { outcome: 'rejected', reason: cause.reason, cause }, live);
  const obstacle = obstacleToRestore(known, cause);
  if (obstacle !== undefined) return end(known, stranded(obstacle, cause), live, trouble);
  const want = trustedBefore(known) ?? 'last-verified';
  const ofShipped = known.plan.activation === 'with-obtain' ? known.wanted : undefined;
  const replaces = ofShipped === undefined ? {} : { replaces: ofShipped };
  const before = known.before.live;
  return stepTo(
    { at: 'choosing', known, trouble },
    { do: 'choose-restore', want, live, before, ...replaces },
  );
}

function obstacleToRestore({ plan }: RolloutContext, { reason }: PlatformFailure): string | undefined {
  // Going forward again to what was just taken back would not be a restore.
  if (plan.kind === 'rollback') return reason === 'incomplete' ? reason : 'restore-failed';
  if (plan.barrier) return 'barrier';
  return plan.onFailure === 'none' ? 'on-failure-none' : undefined;
}

function trustedBefore({ before, wanted }: RolloutContext): Release | undefined {
  const release = soleRelease(before.live);
  if (release === undefined || release.id === wanted?.id) return undefined;
  const isBad = before.verdict === 'fail' || before.verdict === 'inconclusive';
  return isBad || release.restorable === 'no' ? undefined : release;
}

export function restoreTo(
  before: RolloutContext,
  trouble: Cause,
  { release, note }: EventOf<'restore-chosen'>,
): Transition {
  const known: RolloutContext = { ...withNotes(before, note === undefined ? [] : [note]), back: release };
  return approach(known, { to: 'restore', release, trouble }, restoring(known, release));
}

export function restoreRefused(
  known: RolloutContext,
  trouble: Cause,
  refused: EventOf<'restore-refused'>,
): Transition {
  const { reason, note, next } = refused;
  const conclusion = { ...stranded(reason, trouble.failure), trouble, ...defined({ next }) };
  return conclude(withNotes(known, [note]), conclusion);
}

/** The platform cannot be asked what serves, so nothing may be switched. */
export function platformLost(known: RolloutContext, { failure, tookTraffic }: Cause): Transition {
  const conclusion = tookTraffic
    ? stranded('platform-unreachable', failure)
    : inconclusive('platform-unreachable', failure);
  return end(known, conclusion, undefined);
}
