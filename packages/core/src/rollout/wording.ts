import type { LedgerRecord } from '../ledger/record.ts';
import { startOf } from '../text/cut.ts';
import type { Effect, RolloutEvent } from './events.ts';
import { describeServing } from './live-relation.ts';
import type { RolloutPlan } from './plan.ts';
import type { RolloutState } from './state.ts';

/** The name of a step in the timeline and the log: the words of the rollout, `restore` where it goes back. */
export function stepName(work: Effect, state: RolloutState, plan: RolloutPlan): string {
  switch (work.do) {
    case 'check-before':
      return 'verify before';
    case 'obtain':
      return plan.obtain;
    case 'look':
      return lookName(state);
    case 'look-again':
      return 're-read';
    case 'activate':
      return work.restores ? 'restore' : 'activate';
    case 'settle':
      return work.restores ? 'settle restored' : 'settle';
    case 'verify':
      if (work.phase === 'staged') return work.restores ? 'prove old' : 'prove';
      return work.restores ? 'verify restored' : 'verify';
    case 'choose-restore':
      return 'choose restore';
    case 'take-turn':
      return 'turn';
    case 'wait-turn':
      return 'wait';
    case 'observe':
    case 'admit':
    case 'prepare':
      return work.do;
    case 'record':
      return work.queued ? 'record again' : 'record';
  }
}

function lookName(state: RolloutState): string {
  if (state.at === 'rechecking-live') return 're-read';
  return state.at === 'confirming' || state.at === 'cancelling' ? 'confirm' : 'observe again';
}

/** What came of a step, in a few words. */
export function noteOf(event: RolloutEvent): string {
  switch (event.kind) {
    case 'observed':
    case 'looked':
    case 'looked-again':
      return describeServing(event.live);
    case 'admitted':
      return event.alreadyServes ? 'already serves' : event.warnings.join(' ');
    case 'blocked':
    case 'not-admitted':
    case 'prepare-failed':
    case 'obtain-failed':
    case 'nothing-obtained':
    case 'activation-failed':
      return event.failure.what;
    case 'obtained':
    case 'activated':
    case 'restore-chosen':
      return event.release.label;
    case 'checked-before':
      return event.challenged ?? `${event.passed.length} passed`;
    case 'unreachable':
    case 'restore-refused':
    case 'turn-came':
      return event.note;
    case 'turn':
      return turnNote(event.turn);
    case 'settled':
      if (event.result.kind === 'failed') return event.result.failure.what;
      return event.result.note ?? 'settled';
    case 'verified':
      return `${event.verdict.outcome}: ${event.verdict.note}`;
    case 'cancelled':
      return 'cancelled';
    case 'deadline':
      return 'out of time';
    case 'recorded':
    case 'prepared':
      return '';
  }
}

/** Whether a step is where it went wrong, or part of that. */
export function isFailure(event: RolloutEvent): boolean {
  switch (event.kind) {
    case 'blocked':
    case 'not-admitted':
    case 'prepare-failed':
    case 'obtain-failed':
    case 'activation-failed':
    case 'unreachable':
    case 'restore-refused':
    case 'deadline':
      return true;
    case 'checked-before':
      return event.challenged !== undefined;
    case 'settled':
      return event.result.kind !== 'settled';
    case 'verified':
      return event.verdict.outcome !== 'pass';
    default:
      return false;
  }
}

function turnNote(turn: Extract<RolloutEvent, { kind: 'turn' }>['turn']): string {
  switch (turn.kind) {
    case 'own':
      return 'nobody goes first';
    case 'held':
      return `${describeRun(turn.by)} goes first`;
    case 'overtaken':
      return `${describeRun(turn.by)} takes the target back`;
    case 'unknown':
      return 'the records cannot be read: whether another run is at work is not known';
    case 'unasked':
      return 'without a record nobody is waited for, and nobody waits';
  }
}

/** `run 123 (attempt 2) of ada`: whose a record is. */
export function describeRun({ intent: { run, attempt, actor } }: LedgerRecord): string {
  return `run ${named(run)}${attempt > 1 ? ` (attempt ${attempt})` : ''} of ${named(actor)}`;
}

/** What a person does about a restore that nobody goes on with; one sentence. */
export function finishByHand(label: string): string {
  return `Finish it with the rollback action, \`to: ${label}\` and a \`reason\`.`;
}

/** Longer than any name GitHub gives, characters. */
const longestName = 60;

/** Anybody who may write records writes what stands in them: it stays one short line. */
function named(text: string): string {
  return startOf(text.replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim(), longestName);
}
