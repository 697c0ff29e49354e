/** Long because every rule of a rollout is here, to be read from top to bottom. */
import type { Live, PlatformFailure, Release } from '../platforms/platform.ts';
import type { Aside, RolloutEvent, Step } from './events.ts';
import { abandoned, activated, restoring, shipped } from './facts.ts';
import { failureFor, failureNamed } from './failures.ts';
import type { CheckVerdict, RolloutPlan, SettleResult } from './plan.ts';
import { runs, servingReleases, soleRelease, standing } from './standing.ts';
import type { Claim, Known, Move, RolloutState, Trouble } from './state.ts';
import {
  conclude,
  concluded,
  end,
  inconclusive,
  isChecked,
  roleOfMove,
  stepTo,
  stop,
  stranded,
  unreachable,
  verifyCommand,
  withNotes,
  withRunning,
  withTrouble,
  withWanted,
} from './steps.ts';
import { isWhole } from './whole.ts';

/** The first step of every rollout: look at what serves. */
export function begin(plan: RolloutPlan): Step {
  return stepTo({ at: 'observing', plan }, { do: 'observe', again: false });
}

/** What follows from `event` in `state`. Pure; every rule of a rollout is in this file. */
export function transition(state: RolloutState, event: RolloutEvent): Step {
  if (event.kind === 'cancelled') return cancelled(state);
  if (event.kind === 'deadline') return outOfTime(state);
  switch (state.at) {
    case 'observing':
      if (event.kind === 'observed') return observed(state, event);
      if (event.kind === 'unreachable' && state.again !== undefined)
        return end(state.again, unreachable(event.note), undefined);
      break;
    case 'admitting':
      if (event.kind === 'blocked') return blocked(state.known, event.failure);
      if (event.kind === 'admitted') return admitted(state.known, event);
      break;
    case 'checking-before':
      if (event.kind === 'checked-before') return record({ ...state.known, passed: event.passed });
      break;
    case 'recording':
      if (event.kind === 'recorded') return stepTo({ at: 'obtaining', known: state.known }, { do: 'obtain' });
      break;
    case 'obtaining':
      if (event.kind === 'obtained') return obtained(state.known, event.release);
      if (event.kind === 'obtain-failed') return notObtained(state.known, event.failure, event.release);
      break;
    case 'proving':
      if (event.kind === 'verified') return proved(state.known, state.move, event.verdict);
      break;
    case 'rereading':
      if (event.kind === 'looked') return reread(state.known, state.move, event);
      if (event.kind === 'unreachable') return notReread(state.known, state.move, event.note);
      break;
    case 'activating':
      if (event.kind === 'activated') return nowActive(state.known, moved(state.move, event));
      if (event.kind !== 'activation-failed') break;
      return doubt(state.known, state.move, event);
    case 'doubting':
      if (event.kind === 'looked') return doubted(state, event);
      if (event.kind === 'unreachable') return end(state.known, unreachable(event.note), undefined);
      break;
    case 'settling':
      if (event.kind === 'settled') return settled(state.known, state.move, event.result);
      break;
    case 'verifying':
      if (event.kind === 'verified') return verified(state.known, state.move, event.verdict);
      break;
    case 'turning-back':
      if (event.kind === 'looked') return turnedBack(state, event);
      if (event.kind === 'unreachable') return lostSight(state.known, state.trouble);
      break;
    case 'choosing':
      if (event.kind === 'restore-chosen') return restoreTo(state.known, state.trouble, event);
      if (event.kind === 'restore-refused') return noWayBack(state.known, state.trouble, event);
      break;
    case 'concluding':
      if (event.kind === 'looked')
        return after(found(state.known, event), confirmed(state.known, state.claim, event.live));
      if (event.kind === 'unreachable') return concluded(state.known, state.claim, undefined);
      break;
    case 'taking-leave':
      if (event.kind === 'looked') return tookLeave(state, event);
      if (event.kind === 'unreachable') return tookLeave(state, {});
      break;
    case 'ended':
      break;
  }
  throw unexpected(state, event);
}

type At<A extends RolloutState['at']> = Extract<RolloutState, { at: A }>;
type Come<K extends RolloutEvent['kind']> = Extract<RolloutEvent, { kind: K }>;

function unexpected(state: RolloutState, event: RolloutEvent): Error {
  return new Error(`A rollout that is ${state.at} cannot take the event ${event.kind}.`);
}

// ---- before anything changes

function observed({ plan, again }: At<'observing'>, { live, verdict }: Come<'observed'>): Step {
  const sure: Known = { plan, before: { live, verdict }, unchanged: false, notes: [] };
  const known: Known = again === undefined ? sure : { ...sure, notes: again.notes, again: true };
  return stepTo({ at: 'admitting', known }, { do: 'admit', live });
}

function blocked(known: Known, cause: PlatformFailure): Step {
  return end(known, { outcome: 'blocked', reason: cause.reason, cause }, known.before.live);
}

function admitted(before: Known, { alreadyServes, warnings, barrier }: Come<'admitted'>): Step {
  const plan = barrier === true ? { ...before.plan, barrier } : before.plan;
  const known = withNotes({ ...before, plan }, warnings);
  const { live, verdict } = known.before;
  const release = soleRelease(live);
  if (alreadyServes && release !== undefined && isWhole(live)) {
    // The platform's own deploy may be live before this run first looks: still unjudged, it is the change.
    if (known.plan.obtain === 'find' && verdict === 'none') return record(known);
    return settle({ ...known, unchanged: true, wanted: release }, { to: 'change', release });
  }
  if (!known.plan.hasChecks || live.kind === 'nothing') return record(known);
  return stepTo({ at: 'checking-before', known }, { do: 'check-before', live });
}

function record(known: Known): Step {
  return stepTo({ at: 'recording', known }, { do: 'record', live: known.before.live });
}

// ---- obtaining

function obtained(before: Known, release: Release): Step {
  const known = withWanted(before, release);
  const { obtain, activation, checksStaged, until } = known.plan;
  const asides = obtain === 'choose' ? [] : [shipped(release)];
  const move: Move = { to: 'change', release };
  if (activation === 'with-obtain') return settle(known, move, asides);
  if (until === 'staged' && !checksStaged) return conclude(known, { kind: 'staged' }, asides);
  return approach(known, move, asides);
}

function notObtained(before: Known, failure: PlatformFailure, release: Release | undefined): Step {
  const known = withWanted(before, release);
  // Choosing changes nothing: without a release to go back to, what is bad keeps serving.
  if (known.plan.obtain === 'choose') return conclude(known, stranded(failure.reason, failure));
  const asides = release === undefined ? [] : [shipped(release)];
  return turnBack(known, { failure, tookTraffic: false }, asides);
}

// ---- moving: the change and a restore pass the same stages

function approach(known: Known, move: Move, asides: readonly Aside[] = []): Step {
  if (!known.plan.checksStaged || !isChecked(known, move))
    return stepTo({ at: 'rereading', known, move }, ...asides, { do: 'look' });
  return stepTo({ at: 'proving', known, move }, ...asides, verifyCommand(known, move, 'staged'));
}

function proved(known: Known, move: Move, verdict: CheckVerdict): Step {
  if (verdict.outcome === 'fail') {
    const failure = failureNamed(verdict.reason, verdict.note, 'checks-failed');
    const isOld = move.to === 'restore' || known.plan.kind === 'rollback';
    // An old release that fails where it takes no traffic shows that the fault is not in the new one.
    if (isOld) return conclude(known, inconclusive('both-down', failure));
    return turnBack(known, { failure, tookTraffic: false });
  }
  if (verdict.outcome !== 'pass') return notJudged(known, verdict);
  if (move.to === 'change' && known.plan.until === 'staged') return conclude(known, { kind: 'staged' });
  return stepTo({ at: 'rereading', known, move }, { do: 'look' });
}

function reread(known: Known, move: Move, seen: Come<'looked'>): Step {
  const { live } = seen;
  const [release, ...others] = servingReleases(live);
  // Someone did it for us, or an earlier attempt took effect: there is nothing left to switch.
  if (release !== undefined && others.length === 0 && runs(live, roleOfMove(move), known))
    return release.id === move.release.id
      ? settle(known, { ...move, wasThere: true })
      : takenUp(known, { ...move, release, wasThere: true }, seen);
  const where = standing(live, known);
  const isFree = where === 'ours' || where === (move.to === 'change' ? 'as-before' : 'nothing');
  if (!isFree) return overtaken(known, move);
  const restores = move.to === 'restore';
  return stepTo({ at: 'activating', known, move }, { do: 'activate', release: move.release, restores });
}

/** Somebody else has moved the target. What was chosen is chosen once more; nothing that is not ours is switched. */
function overtaken(known: Known, move: Move): Step {
  if (known.plan.obtain === 'choose' && known.again !== true) return chooseAgain(known);
  return conclude(withTrouble(known, move), stranded('superseded'), [stop(known)]);
}

/** The record of the first choice ends: the second has an intent of its own. */
function chooseAgain(known: Known): Step {
  const ended = known.unchanged ? [] : [abandoned('another-look')];
  return stepTo({ at: 'observing', plan: known.plan, again: known }, ...ended, {
    do: 'observe',
    again: true,
  });
}

function notReread(known: Known, move: Move, note: string): Step {
  if (move.to === 'restore') return lostSight(known, move.trouble);
  return end(known, unreachable(note), undefined);
}

function moved(move: Move, { release, caveat }: Come<'activated'>): Move {
  return { ...move, release, ...(caveat !== undefined && { caveat }) };
}

function doubt(known: Known, move: Move, { failure, caveat }: Come<'activation-failed'>): Step {
  const doubted: Move = { ...move, ...(caveat !== undefined && { caveat }) };
  return stepTo({ at: 'doubting', known, move: doubted, failure }, { do: 'look' });
}

function nowActive(before: Known, move: Move): Step {
  return settle(underWay(before, move), move, [activated(move.to, move.release)]);
}

/** It serves under a number that no activation answered: only what this run made is recorded as made by it. */
function takenUp(before: Known, move: Move, { mine, copy }: Come<'looked'>): Step {
  const own = before.plan.kind === 'rollback' || move.to === 'change' ? mine : copy;
  const isOwn = own?.id === move.release.id;
  return settle(underWay(before, move), move, isOwn ? [activated(move.to, move.release)] : []);
}

function underWay(before: Known, { release, to, caveat }: Move): Known {
  const noted = caveat === undefined ? before : withNotes(before, [caveat]);
  return { ...noted, ...(to === 'change' ? { wanted: release } : { back: release }) };
}

function doubted({ known, move, failure }: At<'doubting'>, seen: Come<'looked'>): Step {
  const { live } = seen;
  const release = soleRelease(live);
  if (release !== undefined && runs(live, roleOfMove(move), known)) {
    // It serves though it failed: whether all of it came back is for settling to see. The failure is never forgotten.
    const told = `Making ${release.label} live had failed at first: ${failure.what}`;
    return takenUp(withNotes(known, [told]), { ...move, release }, seen);
  }
  // Nothing was switched: another release had come since the look that decided.
  if (failure.reason === 'superseded') return overtaken(known, move);
  const half = found(known, seen);
  if (move.to === 'change') return after(half, wayBack(known, { failure, tookTraffic: true }, live));
  const reason = standing(live, known) === 'others' ? 'superseded' : 'restore-failed';
  if (reason === 'superseded') return overtaken(known, move);
  return after(half, end(withTrouble(known, move), stranded(reason, failure), live));
}

function settle(known: Known, move: Move, asides: readonly Aside[] = []): Step {
  const restores = move.to === 'restore';
  return stepTo({ at: 'settling', known, move }, ...asides, {
    do: 'settle',
    release: move.release,
    restores,
    owes: known.before.live.parts ?? [],
  });
}

function settled(before: Known, move: Move, result: SettleResult): Step {
  if (result.kind === 'unknown') return conclude(withTrouble(before, move), unreachable(result.note));
  const known = withRunning(before, result);
  const activatedBefore = known.plan.activation === 'separate';
  if (result.kind === 'failed') {
    if (known.unchanged && known.plan.obtain === 'ship' && result.failure.reason === 'incomplete')
      return shipAnyway(known);
    if (move.wasThere === true && result.failure.reason === 'incomplete') return activateAnyway(known, move);
    return failed(known, move, { failure: result.failure, tookTraffic: activatedBefore });
  }
  const isNews = move.to === 'change' && !activatedBefore && !known.unchanged;
  const asides = isNews ? [activated('change', move.release)] : [];
  // Nothing runs that a check could reach, and nothing it says is the release's fault.
  if (isStillOff(known))
    return conclude(withTrouble(known, move), { kind: 'serves', move, verified: false }, asides);
  if (!isChecked(known, move)) {
    const noted = known.plan.hasChecks ? withNotes(known, [NOT_CHECKED]) : known;
    return conclude(noted, { kind: 'serves', move, verified: false }, asides);
  }
  const phase = move.to === 'change' ? 'after' : 'restored';
  return stepTo({ at: 'verifying', known, move }, ...asides, verifyCommand(known, move, phase));
}

/** What was switched off before stays so, unless something of it had to be started. */
function isStillOff({ before, settled: now }: Known): boolean {
  return before.live.switchedOff === true && !(now?.parts ?? []).some(({ running }) => running > 0);
}

function verified(known: Known, move: Move, verdict: CheckVerdict): Step {
  if (verdict.outcome === 'pass') return conclude(known, { kind: 'serves', move, verified: true });
  if (verdict.outcome !== 'fail') return notJudged(withTrouble(known, move), verdict);
  const failure = failureNamed(verdict.reason, verdict.note, 'checks-failed');
  return failed(known, move, { failure, tookTraffic: true });
}

/** What is wanted serves, and a part of it is gone: the client makes it anew. */
function shipAnyway({ wanted: _, ...known }: Known): Step {
  return record({ ...known, unchanged: false });
}

/** The same of what was on its way back, or forth, and served already. */
function activateAnyway(known: Known, { wasThere: _, ...move }: Move): Step {
  const { release, to } = move;
  return stepTo({ at: 'activating', known, move }, { do: 'activate', release, restores: to === 'restore' });
}

/** The last look. What died since it settled fails whatever was claimed; what was chosen may have moved meanwhile. */
function confirmed(known: Known, claim: Claim, live: Live): Step {
  if (claim.kind !== 'serves') return concluded(known, claim, live);
  const isOvertaken = standing(live, known) === 'others';
  if (isOvertaken && known.unchanged && known.plan.obtain === 'choose' && known.again !== true)
    return chooseAgain(known);
  const died = isOvertaken ? [] : exitsSince(known, live);
  const [first] = died;
  if (first === undefined) return concluded(known, claim, live);
  const failure = failureFor(
    'crashed',
    `After it had settled, a process ended by itself: ${died.join(', ')}.`,
  );
  return failed(known, claim.move, { failure, tookTraffic: true });
}

function exitsSince({ settled }: Known, { exits = [] }: Live): readonly string[] {
  const before = settled?.exits;
  return before === undefined ? [] : exits.filter((exit) => !before.includes(exit));
}

/** Without a judgement nothing is switched: whatever serves keeps serving. */
function notJudged(known: Known, { reason, note }: CheckVerdict): Step {
  const cause = failureNamed(reason, note, 'checks-error');
  return conclude(known, inconclusive(cause.reason, cause));
}

// ---- going back

function failed(known: Known, move: Move, trouble: Trouble): Step {
  if (move.to === 'restore') {
    const reason = trouble.failure.reason === 'incomplete' ? 'incomplete' : 'restore-failed';
    return conclude(withTrouble(known, move), stranded(reason, trouble.failure));
  }
  // Nothing was changed, so nothing can be taken back; but what serves fails, which `rejected` would hide.
  if (known.unchanged) return conclude(known, stranded('already-live-failing', trouble.failure));
  return turnBack(known, trouble);
}

function turnBack(known: Known, trouble: Trouble, asides: readonly Aside[] = []): Step {
  return stepTo({ at: 'turning-back', known, trouble, stopped: false }, ...asides, { do: 'look' });
}

function turnedBack(state: At<'turning-back'>, seen: Come<'looked'>): Step {
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
function found({ plan, wanted, back }: Known, { mine, copy }: Partial<Come<'looked'>>): readonly Aside[] {
  if (back !== undefined)
    return copy === undefined || copy.id === back.id ? [] : [activated('restore', copy)];
  if (mine === undefined) return [];
  if (wanted === undefined) return [shipped(mine)];
  return plan.kind === 'rollback' && mine.id !== wanted.id ? [activated('change', mine)] : [];
}

function after(asides: readonly Aside[], { state, commands }: Step): Step {
  return { state, commands: [...asides, ...commands] };
}

function wayBack(known: Known, trouble: Trouble, live: Live): Step {
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

function restoreTo(before: Known, trouble: Trouble, { release, note }: Come<'restore-chosen'>): Step {
  const known: Known = { ...withNotes(before, note === undefined ? [] : [note]), back: release };
  return approach(known, { to: 'restore', release, trouble }, restoring(known, release));
}

function noWayBack(known: Known, trouble: Trouble, { reason, note }: Come<'restore-refused'>): Step {
  return conclude(withNotes(known, [note]), stranded(reason, trouble.failure));
}

/** The platform cannot be asked what serves, so nothing may be switched. */
function lostSight(known: Known, { failure, tookTraffic }: Trouble): Step {
  const claim = tookTraffic
    ? stranded('platform-unreachable', failure)
    : inconclusive('platform-unreachable', failure);
  return end(known, claim, undefined);
}

// ---- interruptions

/** Whether `cancelled` and `deadline` are for this state: the last looks have a short limit of their own. */
export function isInterruptible(state: RolloutState): boolean {
  return state.at !== 'concluding' && state.at !== 'taking-leave' && state.at !== 'ended';
}

function cancelled(state: RolloutState): Step {
  const how = { outcome: 'cancelled', reason: 'cancelled' } as const;
  switch (state.at) {
    case 'observing':
      if (state.again !== undefined)
        return stepTo({ at: 'taking-leave', known: state.again }, { do: 'look' });
      return stepTo({ at: 'ended', verdict: { ...how, serving: 'unknown', notes: [] } });
    case 'admitting':
    case 'checking-before':
    case 'recording':
      return end(state.known, how, state.known.before.live);
    case 'obtaining':
      return stepTo({ at: 'taking-leave', known: state.known }, { do: 'look' });
    case 'turning-back':
    case 'choosing':
      // Cancelling never starts a restore.
      return stepTo({ at: 'taking-leave', known: state.known, trouble: state.trouble }, { do: 'look' });
    case 'proving':
    case 'rereading':
    case 'activating':
    case 'doubting':
    case 'settling':
    case 'verifying': {
      const { known, move } = state;
      const cut = move.to === 'restore' ? { trouble: move.trouble, unfinished: move } : {};
      return stepTo({ at: 'taking-leave', known, ...cut }, { do: 'look' });
    }
    case 'concluding':
    case 'taking-leave':
    case 'ended':
      throw unexpected(state, { kind: 'cancelled' });
  }
}

function tookLeave(state: At<'taking-leave'>, seen: Partial<Come<'looked'>>): Step {
  const { live, mine } = seen;
  const known = withWanted(state.known, state.known.wanted ?? mine);
  const { trouble, unfinished } = state;
  const how = { outcome: 'cancelled', reason: 'cancelled', cause: trouble?.failure } as const;
  const { state: ended, commands } = after(found(state.known, seen), end(known, how, live, trouble));
  if (unfinished !== undefined && ended.at === 'ended') return stepTo({ ...ended, unfinished });
  // Only what takes no traffic is stopped: what serves is left serving.
  const isOursIdle = known.plan.obtain === 'ship' && !known.unchanged && live !== undefined;
  if (!isOursIdle || standing(live, known) !== 'as-before') return { state: ended, commands };
  return stepTo(ended, stop(known), ...commands);
}

function outOfTime(state: RolloutState): Step {
  const failure = failureFor('deploy-timeout');
  switch (state.at) {
    case 'observing':
      if (state.again !== undefined) return conclude(state.again, stranded('superseded', failure));
      return stepTo({
        at: 'ended',
        verdict: { outcome: 'error', reason: failure.reason, cause: failure, serving: 'unknown', notes: [] },
      });
    case 'admitting':
    case 'checking-before':
    case 'recording':
      return end(
        state.known,
        { outcome: 'error', reason: failure.reason, cause: failure },
        state.known.before.live,
      );
    case 'obtaining':
      return turnBack(state.known, { failure, tookTraffic: false });
    case 'turning-back':
      if (state.known.plan.kind !== 'rollback') return lostSight(state.known, state.trouble);
      return conclude(state.known, stranded('restore-failed', state.trouble.failure));
    case 'choosing':
      return conclude(state.known, stranded('restore-failed', state.trouble.failure));
    case 'proving':
    case 'rereading':
    case 'activating':
    case 'doubting':
    case 'settling':
    case 'verifying': {
      const late = state.move.to === 'change' ? failure : failureFor('restore-failed', RESTORE_TIMEOUT);
      return failed(state.known, state.move, { failure: late, tookTraffic: state.at === 'verifying' });
    }
    case 'concluding':
    case 'taking-leave':
    case 'ended':
      throw unexpected(state, { kind: 'deadline' });
  }
}

const NOT_CHECKED =
  'No check had passed before the change, so the platform alone says that the old release serves.';
const RESTORE_TIMEOUT = 'The restore did not end within `restore-timeout`.';
