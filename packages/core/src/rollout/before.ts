import type { PlatformFailure, Release } from '../platforms/platform.ts';
import type { Step } from './events.ts';
import { shipped } from './facts.ts';
import { failureFor } from './failures.ts';
import { turnBack } from './going-back.ts';
import type { At, Come } from './kinds.ts';
import { soleRelease, standing } from './standing.ts';
import type { Known, Move } from './state.ts';
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

export function observed({ plan, again }: At<'observing'>, { live, verdict }: Come<'observed'>): Step {
  const sure: Known = { plan, before: { live, verdict }, unchanged: false, notes: [] };
  const known: Known = { ...sure, ...(again && remembered(again)) };
  return stepTo({ at: 'admitting', known }, { do: 'admit', live, again: known.recorded === true });
}

/** What a second beginning keeps of the first: a deploy its record, in which it waited; a rollback that it has chosen before. */
function remembered({ plan, notes, recorded }: Known): Partial<Known> {
  if (plan.kind === 'rollback') return { notes, again: true };
  return { notes, ...(recorded === true && { recorded }) };
}

export function blocked(known: Known, cause: PlatformFailure): Step {
  return end(known, { outcome: 'blocked', reason: cause.reason, cause }, known.before.live);
}

export function notAdmitted(known: Known, cause: PlatformFailure): Step {
  return end(known, { outcome: 'error', reason: cause.reason, cause }, known.before.live);
}

export function admitted(before: Known, { alreadyServes, warnings, barrier }: Come<'admitted'>): Step {
  const plan = barrier === true ? { ...before.plan, barrier } : before.plan;
  const known = withNotes({ ...before, plan }, warnings);
  const { live, verdict } = known.before;
  const release = soleRelease(live);
  if (alreadyServes && release !== undefined && isWhole(live)) {
    // The platform's own deploy may be live before this run first looks: still unjudged, it is the change.
    if (known.plan.obtain === 'find' && verdict === 'none') return record({ ...known, wanted: release });
    return isThere(known, release);
  }
  return record(known);
}

/** Nothing is changed: only whether it serves well is found out. */
function isThere(known: Known, release: Release): Step {
  return settle({ ...known, unchanged: true, wanted: release }, { to: 'change', release });
}

// ---- whose turn it is

/** The record is a ticket. A rollback waits for nobody, and what the platform deploys by itself has its own order. */
export function recorded(before: Known): Step {
  const known: Known = { ...before, recorded: true };
  return isTurnAsked(known)
    ? stepTo({ at: 'queueing', known }, { do: 'take-turn', final: false })
    : checkBefore(known);
}

/** The first answer only spares the work: what cannot be undone stands on the second. */
export function queued(known: Known, { turn }: Come<'turn'>): Step {
  return answered(known, turn) ?? checkBefore(known);
}

export function claimed(known: Known, { turn }: Come<'turn'>): Step {
  const step = answered(known, turn);
  if (step !== undefined) return step;
  const told = turn.kind === 'unknown' ? withNotes(known, [TURN_UNKNOWN]) : known;
  const meanwhile = turn.kind === 'own' && turn.meanwhile === true;
  return stepTo({ at: 'looking-again', known: told, ...(meanwhile && { meanwhile }) }, { do: 'look-again' });
}

const TURN_UNKNOWN =
  'Whether another run was at work could not be seen: the records were not readable when this one began to change the target.';

/** Undefined where nobody goes first, as far as can be told. */
export function answered(known: Known, turn: Come<'turn'>['turn']): Step | undefined {
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
export function turnCame(known: Known): Step {
  return stepTo({ at: 'observing', plan: known.plan, again: known }, { do: 'observe', again: true });
}

// ---- making it ready

export function checkBefore(known: Known): Step {
  const { live } = known.before;
  // What serves already may be the change itself: it says nothing of what was before.
  const isChange = known.wanted !== undefined;
  if (!known.plan.hasChecks || live.kind === 'nothing' || isChange) return prepare(known);
  return stepTo({ at: 'checking-before', known }, { do: 'check-before', live });
}

export function checkedBefore(known: Known, { passed }: Come<'checked-before'>): Step {
  return prepare({ ...known, passed });
}

function prepare(known: Known): Step {
  return known.plan.obtain === 'ship' ? stepTo({ at: 'preparing', known }, { do: 'prepare' }) : obtain(known);
}

/** Directly before it ships, and then until it has ended: nobody else's turn comes while it has this one. */
export function prepared(known: Known): Step {
  return stepTo({ at: 'claiming', known }, { do: 'take-turn', final: true });
}

export function notPrepared(known: Known, cause: PlatformFailure): Step {
  return turnBack(known, { failure: cause, tookTraffic: false });
}

/**
 * The last look. What somebody else has moved since nobody has decided about: nothing is shipped over it. Where a run
 * that goes first has ended meanwhile, unseen at first, it is as if it had been waited for.
 */
export function lookedAgain(
  { known, meanwhile }: At<'looking-again'>,
  { live, alreadyServes }: Come<'looked-again'>,
): Step {
  if (standing(live, known) !== 'as-before')
    return meanwhile === true ? turnCame(known) : conclude(known, stranded('superseded'));
  const release = soleRelease(live);
  if (alreadyServes && release !== undefined) return isThere(known, release);
  // What is told of the same releases now is younger: how many run, and where.
  return obtain({ ...known, before: { ...known.before, live } });
}

export function notLookedAgain(known: Known, { note }: Come<'unreachable'>): Step {
  return end(known, unreachable(note), undefined);
}

function obtain(known: Known): Step {
  return stepTo({ at: 'obtaining', known }, { do: 'obtain' });
}

// ---- obtaining

export function obtained(before: Known, { release, between = [] }: Come<'obtained'>): Step {
  const named = withWanted(before, release);
  const known: Known =
    between.length === 0 ? named : { ...named, between: between.map(({ label }) => label) };
  const { obtain: how, activation, checksStaged, until } = known.plan;
  const asides = how === 'choose' ? [] : [shipped(release)];
  const move: Move = { to: 'change', release };
  if (activation === 'with-obtain') return settle(known, move, asides);
  if (until === 'staged' && !checksStaged) return conclude(known, { kind: 'staged' }, asides);
  return approach(known, move, asides);
}

export function notObtained(before: Known, failure: PlatformFailure, release: Release | undefined): Step {
  const known = withWanted(before, release);
  // Choosing changes nothing: without a release to go back to, what is bad keeps serving.
  if (known.plan.obtain === 'choose') return conclude(known, stranded(failure.reason, failure));
  const asides = release === undefined ? [] : [shipped(release)];
  // Nothing was switched: another release had come since the look that decided.
  if (failure.reason === 'superseded') return conclude(known, stranded('superseded', failure), asides);
  return turnBack(known, { failure, tookTraffic: false }, asides);
}
