import type { RolloutEvent, Work } from './events.ts';
import type { RolloutPlan } from './plan.ts';
import { describeLive } from './standing.ts';
import type { RolloutState } from './state.ts';

/** The name of a step in the timeline and the log: the words of the rollout, `restore` where it goes back. */
export function stepName(work: Work, state: RolloutState, plan: RolloutPlan): string {
  switch (work.do) {
    case 'check-before':
      return 'verify before';
    case 'obtain':
      return plan.obtain;
    case 'look':
      return lookName(state);
    case 'activate':
      return work.restores ? 'restore' : 'activate';
    case 'settle':
      return work.restores ? 'settle restored' : 'settle';
    case 'verify':
      if (work.phase === 'staged') return work.restores ? 'prove old' : 'prove';
      return work.restores ? 'verify restored' : 'verify';
    case 'choose-restore':
      return 'choose restore';
    case 'observe':
    case 'admit':
    case 'record':
      return work.do;
  }
}

function lookName(state: RolloutState): string {
  if (state.at === 'rereading') return 're-read';
  return state.at === 'concluding' || state.at === 'taking-leave' ? 'confirm' : 'observe again';
}

/** What came of a step, in a few words. */
export function noteOf(event: RolloutEvent): string {
  switch (event.kind) {
    case 'observed':
    case 'looked':
      return `${describeLive(event.live)} serves`;
    case 'admitted':
      return event.alreadyServes ? 'already serves' : event.warnings.join(' ');
    case 'blocked':
    case 'obtain-failed':
    case 'activation-failed':
      return event.failure.what;
    case 'obtained':
    case 'activated':
    case 'restore-chosen':
      return event.release.label;
    case 'checked-before':
      return `${event.passed.length} passed`;
    case 'unreachable':
    case 'restore-refused':
      return event.note;
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
      return '';
  }
}
