import type { PlatformFailure, Release } from '../platforms/platform.ts';
import type { Transition } from './events.ts';
import { shipped } from './facts.ts';
import { failureFor } from './failures.ts';
import type { EventOf, StateOf } from './kinds.ts';
import { liveRelation, soleRelease } from './live-relation.ts';
import { assessFailure } from './restore-rules.ts';
import type { Activation, RolloutContext } from './state.ts';
import {
  approach,
  conclude,
  end,
  isTurnAsked,
  record,
  settle,
  stepTo,
  stranded,
  unreachable,
  withNotes,
  withWanted,
} from './steps.ts';
import { isWhole } from './whole.ts';
import { describeRun } from './wording.ts';

// The rules of a rollout up to the moment something is switched: what is there, whether it may be, and whose turn it is.

export function observed(
  { plan, again }: StateOf<'observing'>,
  { live, verdict }: EventOf<'observed'>,
): Transition {
  const sure: RolloutContext = { plan, before: { live, verdict }, unchanged: false, notes: [] };
  const known: RolloutContext = { ...sure, ...(again && remembered(again)) };
  return stepTo({ at: 'admitting', known }, { do: 'admit', live, again: known.recorded === true });
}

/** What a second beginning keeps of the first: a deploy its record, in which it waited; a rollback that it has chosen before. */
function remembered({ plan, notes, recorded }: RolloutContext): Partial<RolloutContext> {
  if (plan.kind === 'rollback') return { notes, again: true };
  return { notes, ...(recorded === true && { recorded }) };
}

export function blocked(known: RolloutContext, cause: PlatformFailure): Transition {
  return end(known, { outcome: 'blocked', reason: cause.reason, cause }, known.before.live);
}

export function notAdmitted(known: RolloutContext, cause: PlatformFailure): Transition {
  return end(known, { outcome: 'error', reason: cause.reason, cause }, known.before.live);
}

export function admitted(
  before: RolloutContext,
  { alreadyServes, warnings, barrier }: EventOf<'admitted'>,
): Transition {
  const plan = barrier === true ? { ...before.plan, barrier } : before.plan;
  const known = withNotes({ ...before, plan }, warnings);
  const { live, verdict } = known.before;
  const release = soleRelease(live);
  if (alreadyServes && release !== undefined && isWhole(live)) {
    // The platform's own deploy may be live before this run first looks: still unjudged, it is the change.
    if (known.plan.obtain === 'find' && verdict === 'none') return record({ ...known, wanted: release });
    return servesAlready(known, release);
  }
  return record(known);
}

/** Nothing is changed: only whether it serves well is found out. */
function servesAlready(known: RolloutContext, release: Release): Transition {
  return settle({ ...known, unchanged: true, wanted: release }, { to: 'change', release });
}

// ---- whose turn it is

/** The record is a ticket. A rollback waits for nobody, and what the platform deploys by itself has its own order. */
export function recorded(before: RolloutContext): Transition {
  const known: RolloutContext = { ...before, recorded: true };
  return isTurnAsked(known)
    ? stepTo({ at: 'queueing', known }, { do: 'take-turn', final: false })
    : checkBefore(known);
}

/** The first answer only spares the work: what cannot be undone stands on the second. */
export function queued(known: RolloutContext, { turn }: EventOf<'turn'>): Transition {
  return answered(known, turn) ?? checkBefore(known);
}

export function claimed(known: RolloutContext, { turn }: EventOf<'turn'>): Transition {
  const step = answered(known, turn);
  if (step !== undefined) return step;
  const told = turn.kind === 'unknown' ? withNotes(known, [TURN_UNKNOWN]) : known;
  const meanwhile = turn.kind === 'own' && turn.meanwhile === true;
  return stepTo({ at: 'looking-again', known: told, ...(meanwhile && { meanwhile }) }, { do: 'look-again' });
}

const TURN_UNKNOWN =
  'Whether another run was at work could not be seen: the records were not readable when this one began to change the target.';

/** Undefined where nobody goes first, as far as can be told. */
export function answered(known: RolloutContext, turn: EventOf<'turn'>['turn']): Transition | undefined {
  switch (turn.kind) {
    case 'held':
      return stepTo({ at: 'waiting', known }, { do: 'wait-turn', by: turn.by, untilMs: turn.untilMs });
    case 'overtaken':
      return conclude(
        known,
        stranded(
          'superseded',
          failureFor('superseded', `A rollback, ${describeRun(turn.by)}, takes the target back.`),
        ),
      );
    case 'own':
    case 'unknown':
    case 'unasked':
      return undefined;
  }
}

/** Whatever was seen, admitted and saved before the wait is old: all of it is asked again. */
export function turnCame(known: RolloutContext): Transition {
  return stepTo({ at: 'observing', plan: known.plan, again: known }, { do: 'observe', again: true });
}

// ---- making it ready

export function checkBefore(known: RolloutContext): Transition {
  const { live } = known.before;
  // What serves already may be the change itself: it says nothing of what was before.
  const isChange = known.wanted !== undefined;
  if (!known.plan.hasChecks || live.kind === 'nothing' || isChange) return prepare(known);
  return stepTo({ at: 'checking-before', known }, { do: 'check-before', live });
}

/**
 * What meets a challenge now will meet it afterwards, and nothing shipped could be judged. A way back is not kept from
 * anybody: it leads to what was good enough once.
 */
export function checkedBefore(
  known: RolloutContext,
  { passed, challenged }: EventOf<'checked-before'>,
): Transition {
  if (challenged === undefined || known.plan.kind === 'rollback') return prepare({ ...known, passed });
  const cause = failureFor('challenged', challenged);
  return conclude(known, { kind: 'fails', outcome: 'error', reason: cause.reason, cause });
}

function prepare(known: RolloutContext): Transition {
  return known.plan.obtain === 'ship' ? stepTo({ at: 'preparing', known }, { do: 'prepare' }) : obtain(known);
}

/** Directly before it ships, and then until it has ended: nobody else's turn comes while it has this one. */
export function prepared(known: RolloutContext): Transition {
  return stepTo({ at: 'claiming', known }, { do: 'take-turn', final: true });
}

export function notPrepared(known: RolloutContext, cause: PlatformFailure): Transition {
  return assessFailure(known, { failure: cause, tookTraffic: false });
}

/**
 * The last look. What somebody else has moved since nobody has decided about: nothing is shipped over it. Where a run
 * that goes first has ended meanwhile, unseen at first, it is as if it had been waited for.
 */
export function lookedAgain(
  { known, meanwhile }: StateOf<'looking-again'>,
  { live, alreadyServes }: EventOf<'looked-again'>,
): Transition {
  if (liveRelation(live, known) !== 'as-before')
    return meanwhile === true ? turnCame(known) : conclude(known, stranded('superseded'));
  const release = soleRelease(live);
  if (alreadyServes && release !== undefined && known.incomplete !== true)
    return servesAlready(known, release);
  // What is told of the same releases now is younger: how many run, and where.
  return obtain({ ...known, before: { ...known.before, live } });
}

export function notLookedAgain(known: RolloutContext, { note }: EventOf<'unreachable'>): Transition {
  return end(known, unreachable(note), undefined);
}

/** What was seen serving need not be found: an answer that is lost now is no failure of it. */
function obtain(known: RolloutContext): Transition {
  const { plan, wanted } = known;
  if (plan.obtain === 'find' && wanted !== undefined) return obtained(known, { release: wanted });
  return stepTo({ at: 'obtaining', known }, { do: 'obtain' });
}

// ---- obtaining

export function obtained(
  before: RolloutContext,
  { release, between = [] }: Pick<EventOf<'obtained'>, 'release' | 'between'>,
): Transition {
  const named = withWanted(before, release);
  const known: RolloutContext =
    between.length === 0 ? named : { ...named, between: between.map(({ label }) => label) };
  const { obtain: how, activation, checksStaged, until } = known.plan;
  const sideEffects = how === 'choose' ? [] : [shipped(release)];
  const move: Activation = { to: 'change', release };
  if (activation === 'with-obtain') return settle(known, move, sideEffects);
  if (until === 'staged' && !checksStaged) return conclude(known, { kind: 'staged' }, sideEffects);
  return approach(known, move, sideEffects);
}

export function notObtained(
  before: RolloutContext,
  failure: PlatformFailure,
  release: Release | undefined,
): Transition {
  const known = withWanted(before, release);
  // Choosing changes nothing: without a release to go back to, what is bad keeps serving.
  if (known.plan.obtain === 'choose') return conclude(known, stranded(failure.reason, failure));
  const sideEffects = release === undefined ? [] : [shipped(release)];
  // Nothing was switched: another release had come since the look that decided.
  if (failure.reason === 'superseded') return conclude(known, stranded('superseded', failure), sideEffects);
  return assessFailure(known, { failure, tookTraffic: false }, sideEffects);
}

/**
 * The platform had nothing to deploy, and that is wanted so: what serves is judged as if it had been what was wanted.
 * What lacked a part, and was to be made whole by this, is not.
 */
export function nothingObtained(known: RolloutContext, failure: PlatformFailure): Transition {
  const release = soleRelease(known.before.live);
  if (release === undefined || known.incomplete === true) return notObtained(known, failure, undefined);
  return servesAlready(withNotes(known, [failure.what]), release);
}
