import type { Live } from '../platforms/platform.ts';
import { defined } from '../text/defined.ts';
import type { Transition } from './events.ts';
import { abandoned, activated } from './facts.ts';
import { failureFor, failureNamed } from './failures.ts';
import type { EventOf, StateOf } from './kinds.ts';
import { liveRelation, runs, servingReleases, soleRelease } from './live-relation.ts';
import type { CheckVerdict, SettleResult } from './plan.ts';
import {
  assessFailure,
  failed,
  planRestore,
  platformLost,
  recordFound,
  withSideEffects,
} from './restore-rules.ts';
import type { Activation, Conclusion, RolloutContext } from './state.ts';
import {
  conclude,
  concluded,
  end,
  inconclusive,
  isChecked,
  record,
  roleOfActivation,
  settle,
  stepTo,
  stop,
  stranded,
  unreachable,
  verifyCommand,
  withCause,
  withNotes,
  withRunning,
} from './steps.ts';

// The rules of a release on its way to serve: the change and a restore pass the same stages.

export function stagedVerified(known: RolloutContext, move: Activation, verdict: CheckVerdict): Transition {
  if (verdict.outcome === 'fail') {
    const failure = failureNamed(verdict.reason, verdict.note, 'checks-failed');
    const isOld = move.to === 'restore' || known.plan.kind === 'rollback';
    // An old release that fails where it takes no traffic shows that the fault is not in the new one.
    if (isOld) return conclude(known, inconclusive('both-down', failure));
    return assessFailure(known, { failure, tookTraffic: false });
  }
  if (verdict.outcome !== 'pass') return notJudged(known, verdict);
  if (move.to === 'change' && known.plan.until === 'staged') return conclude(known, { kind: 'staged' });
  return stepTo({ at: 'rechecking-live', known, move }, { do: 'look' });
}

export function rechecked(known: RolloutContext, move: Activation, seen: EventOf<'looked'>): Transition {
  const { live } = seen;
  const [release, ...others] = servingReleases(live);
  // Someone did it for us, or an earlier attempt took effect: there is nothing left to switch.
  if (release !== undefined && others.length === 0 && runs(live, roleOfActivation(move), known))
    return release.id === move.release.id
      ? settle(known, { ...move, wasThere: true })
      : takenUp(known, { ...move, release, wasThere: true }, seen);
  const where = liveRelation(live, known);
  const isFree = where === 'ours' || where === (move.to === 'change' ? 'as-before' : 'nothing');
  if (!isFree) return overtaken(known, move);
  const restores = move.to === 'restore';
  return stepTo({ at: 'activating', known, move }, { do: 'activate', release: move.release, restores });
}

/** Somebody else has moved the target. What was chosen is chosen once more; nothing that is not ours is switched. */
function overtaken(known: RolloutContext, move: Activation): Transition {
  if (known.plan.obtain === 'choose' && known.again !== true) return chooseAgain(known);
  return conclude(withCause(known, move), stranded('superseded'), [stop(known)]);
}

/** The record of the first choice ends: the second has an intent of its own. */
function chooseAgain(known: RolloutContext): Transition {
  const ended = known.unchanged ? [] : [abandoned('another-look')];
  return stepTo({ at: 'observing', plan: known.plan, again: known }, ...ended, {
    do: 'observe',
    again: true,
  });
}

export function notRechecked(known: RolloutContext, move: Activation, note: string): Transition {
  if (move.to === 'restore') return platformLost(known, move.trouble);
  return end(known, unreachable(note), undefined);
}

export function activatedAs(move: Activation, { release, caveat }: EventOf<'activated'>): Activation {
  return { ...move, release, ...defined({ caveat }) };
}

export function confirmActivation(
  known: RolloutContext,
  move: Activation,
  { failure, caveat }: EventOf<'activation-failed'>,
): Transition {
  const doubted: Activation = { ...move, ...defined({ caveat }) };
  return stepTo({ at: 'confirming-activation', known, move: doubted, failure }, { do: 'look' });
}

export function nowActive(before: RolloutContext, move: Activation): Transition {
  return settle(underWay(before, move), move, [activated(move.to, move.release)]);
}

/** It serves under a number that no activation answered: only what this run made is recorded as made by it. */
function takenUp(before: RolloutContext, move: Activation, { mine, copy }: EventOf<'looked'>): Transition {
  const own = before.plan.kind === 'rollback' || move.to === 'change' ? mine : copy;
  const isOwn = own?.id === move.release.id;
  return settle(underWay(before, move), move, isOwn ? [activated(move.to, move.release)] : []);
}

function underWay(before: RolloutContext, { release, to, caveat }: Activation): RolloutContext {
  const noted = caveat === undefined ? before : withNotes(before, [caveat]);
  return { ...noted, ...(to === 'change' ? { wanted: release } : { back: release }) };
}

export function activationConfirmed(
  { known, move, failure }: StateOf<'confirming-activation'>,
  seen: EventOf<'looked'>,
): Transition {
  const { live } = seen;
  const release = soleRelease(live);
  if (release !== undefined && runs(live, roleOfActivation(move), known)) {
    // It serves though it failed: whether all of it came back is for settling to see. The failure is never forgotten.
    const told = `Making ${release.label} live had failed at first: ${failure.what}`;
    return takenUp(withNotes(known, [told]), { ...move, release }, seen);
  }
  // Nothing was switched: another release had come since the look that decided.
  if (failure.reason === 'superseded') return overtaken(known, move);
  const half = recordFound(known, seen);
  if (move.to === 'change')
    return withSideEffects(half, planRestore(known, { failure, tookTraffic: true }, live));
  const reason = liveRelation(live, known) === 'others' ? 'superseded' : 'restore-failed';
  if (reason === 'superseded') return overtaken(known, move);
  return withSideEffects(half, end(withCause(known, move), stranded(reason, failure), live));
}

export function settled(before: RolloutContext, move: Activation, result: SettleResult): Transition {
  if (result.kind === 'unknown') return conclude(withCause(before, move), unreachable(result.note));
  const known = withRunning(before, result);
  const activatedBefore = known.plan.activation === 'separate';
  if (result.kind === 'failed') {
    if (known.unchanged && known.plan.obtain === 'ship' && result.failure.reason === 'incomplete')
      return shipAnyway(known);
    if (move.wasThere === true && result.failure.reason === 'incomplete') return activateAnyway(known, move);
    return failed(known, move, { failure: result.failure, tookTraffic: activatedBefore });
  }
  const isNews = move.to === 'change' && !activatedBefore && !known.unchanged;
  const sideEffects = isNews ? [activated('change', move.release)] : [];
  // Nothing runs that a check could reach, and nothing it says is the release's fault.
  if (isStillOff(known))
    return conclude(withCause(known, move), { kind: 'serves', move, verified: false }, sideEffects);
  if (!isChecked(known, move)) {
    const noted = known.plan.hasChecks ? withNotes(known, [NOT_CHECKED]) : known;
    return conclude(noted, { kind: 'serves', move, verified: false }, sideEffects);
  }
  const phase = move.to === 'change' ? 'after' : 'restored';
  return stepTo({ at: 'verifying', known, move }, ...sideEffects, verifyCommand(known, move, phase));
}

/** What was switched off before stays so, unless something of it had to be started. */
function isStillOff({ before, settled: now }: RolloutContext): boolean {
  return before.live.switchedOff === true && !(now?.parts ?? []).some(({ running }) => running > 0);
}

export function verified(known: RolloutContext, move: Activation, verdict: CheckVerdict): Transition {
  if (verdict.outcome === 'pass') return conclude(known, { kind: 'serves', move, verified: true });
  if (verdict.outcome !== 'fail') return notJudged(withCause(known, move), verdict);
  const failure = failureNamed(verdict.reason, verdict.note, 'checks-failed');
  return failed(known, move, { failure, tookTraffic: true });
}

/** What is wanted serves, and a part of it is gone: the client makes it anew. */
function shipAnyway({ wanted: _, ...known }: RolloutContext): Transition {
  return record({ ...known, unchanged: false, incomplete: true });
}

/** The same of what was on its way back, or forth, and served already. */
function activateAnyway(known: RolloutContext, { wasThere: _, ...move }: Activation): Transition {
  const { release, to } = move;
  return stepTo({ at: 'activating', known, move }, { do: 'activate', release, restores: to === 'restore' });
}

/** The last look. What died since it settled fails whatever was claimed; what was chosen may have moved meanwhile. */
export function confirmed(known: RolloutContext, conclusion: Conclusion, live: Live): Transition {
  if (conclusion.kind !== 'serves') return concluded(known, conclusion, live);
  const isOvertaken = liveRelation(live, known) === 'others';
  if (isOvertaken && known.unchanged && known.plan.obtain === 'choose' && known.again !== true)
    return chooseAgain(known);
  const died = isOvertaken ? [] : exitsSince(known, live);
  const [first] = died;
  if (first === undefined) return concluded(known, conclusion, live);
  const failure = failureFor(
    'crashed',
    `After it had settled, a process ended by itself: ${died.join(', ')}.`,
  );
  return failed(known, conclusion.move, { failure, tookTraffic: true });
}

function exitsSince({ settled }: RolloutContext, { exits = [] }: Live): readonly string[] {
  const before = settled?.exits;
  return before === undefined ? [] : exits.filter((exit) => !before.includes(exit));
}

/** Without a judgement nothing is switched: whatever serves keeps serving. */
function notJudged(known: RolloutContext, { reason, note }: CheckVerdict): Transition {
  const cause = failureNamed(reason, note, 'checks-error');
  return conclude(known, inconclusive(cause.reason, cause));
}

const NOT_CHECKED =
  'No check had passed before the change, so the platform alone says that the old release serves.';
