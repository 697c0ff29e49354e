import type { Live, PlatformFailure, Release } from '../platforms/platform.ts';
import type { Aside, Step } from './events.ts';
import { activated, restoring, shipped } from './facts.ts';
import type { At, Come } from './kinds.ts';
import { soleRelease, standing } from './standing.ts';
import type { Known, Move, Trouble } from './state.ts';
import {
  approach,
  conclude,
  end,
  inconclusive,
  stepTo,
  stop,
  stranded,
  withNotes,
  withTrouble,
  withWanted,
} from './steps.ts';

// The rules of the way back: whether there is one, and where it leads.

export function failed(known: Known, move: Move, trouble: Trouble): Step {
  if (move.to === 'restore') {
    const reason = trouble.failure.reason === 'incomplete' ? 'incomplete' : 'restore-failed';
    return conclude(withTrouble(known, move), stranded(reason, trouble.failure));
  }
  // Nothing was changed, so nothing can be taken back; but what serves fails, which `rejected` would hide.
  if (known.unchanged) return conclude(known, stranded('already-live-failing', trouble.failure));
  return turnBack(known, trouble);
}

export function turnBack(known: Known, trouble: Trouble, asides: readonly Aside[] = []): Step {
  return stepTo({ at: 'turning-back', known, trouble, stopped: false }, ...asides, { do: 'look' });
}

export function turnedBack(state: At<'turning-back'>, seen: Come<'looked'>): Step {
  const { live, mine } = seen;
  const known = withWanted(state.known, state.known.wanted ?? mine);
  const asides = found(state.known, seen);
  const where = standing(live, known);
  const mayStillCome = known.plan.obtain === 'ship' && (where === 'as-before' || where === 'others');
  if (!mayStillCome || state.stopped) return after(asides, wayBack(known, state.trouble, live));
  // A build left running could take traffic after the verdict, and so may what this run made beside the winner's
  // machines: stop it, then look again.
  return stepTo({ ...state, known, stopped: true }, stop(known), { do: 'look' });
}

/** Serving already, though this run was cut before it could name it: the record has to. */
export function found(
  { plan, wanted, back }: Known,
  { mine, copy }: Partial<Come<'looked'>>,
): readonly Aside[] {
  if (back !== undefined)
    return copy === undefined || copy.id === back.id ? [] : [activated('restore', copy)];
  if (mine === undefined) return [];
  if (wanted === undefined) return [shipped(mine)];
  return plan.kind === 'rollback' && mine.id !== wanted.id ? [activated('change', mine)] : [];
}

export function after(asides: readonly Aside[], { state, commands }: Step): Step {
  return { state, commands: [...asides, ...commands] };
}

export function wayBack(known: Known, trouble: Trouble, live: Live): Step {
  const cause = trouble.failure;
  const where = standing(live, known);
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

function obstacleToRestore({ plan }: Known, { reason }: PlatformFailure): string | undefined {
  // Going forward again to what was just taken back would not be a restore.
  if (plan.kind === 'rollback') return reason === 'incomplete' ? reason : 'restore-failed';
  if (plan.barrier) return 'barrier';
  return plan.onFailure === 'none' ? 'on-failure-none' : undefined;
}

function trustedBefore({ before, wanted }: Known): Release | undefined {
  const release = soleRelease(before.live);
  if (release === undefined || release.id === wanted?.id) return undefined;
  const isBad = before.verdict === 'fail' || before.verdict === 'inconclusive';
  return isBad || release.restorable === 'no' ? undefined : release;
}

export function restoreTo(before: Known, trouble: Trouble, { release, note }: Come<'restore-chosen'>): Step {
  const known: Known = { ...withNotes(before, note === undefined ? [] : [note]), back: release };
  return approach(known, { to: 'restore', release, trouble }, restoring(known, release));
}

export function noWayBack(known: Known, trouble: Trouble, { reason, note }: Come<'restore-refused'>): Step {
  return conclude(withNotes(known, [note]), { ...stranded(reason, trouble.failure), trouble });
}

/** The platform cannot be asked what serves, so nothing may be switched. */
export function lostSight(known: Known, { failure, tookTraffic }: Trouble): Step {
  const claim = tookTraffic
    ? stranded('platform-unreachable', failure)
    : inconclusive('platform-unreachable', failure);
  return end(known, claim, undefined);
}
