import type { LedgerState } from '../ledger/ledger.ts';
import type { Fact, ReleaseVerdict } from '../ledger/record.ts';
import type { Release } from '../platforms/platform.ts';
import { defined } from '../text/defined.ts';
import type { Note, SideEffect } from './events.ts';
import { describeLive, servingReleases } from './live-relation.ts';
import type { RolloutVerdict } from './plan.ts';
import type { Cause, RolloutContext } from './state.ts';

export function shipped(release: Release): Note {
  const { id, label, artifact = null } = release;
  return note('change', { kind: 'shipped', release: id, label, artifact }, 'in_progress');
}

/** Ready, and without traffic: others may go on. */
export function staged(release: Release): Note {
  return note('change', { kind: 'staged', release: release.id }, 'in_progress');
}

export function activated(record: Note['record'], release: Release): Note {
  return note(record, { kind: 'activated', release: release.id }, 'in_progress');
}

/** The record ends without a word on any release. */
export function abandoned(by: string): Note {
  return note('change', { kind: 'abandoned', by }, 'error');
}

/**
 * What is written when a restore begins: that it does, which says as well that the change had failed. A record with a
 * verdict and nothing else would have come to its end, and given its turn to the next one.
 */
export function restoring(known: RolloutContext, back: Release): readonly SideEffect[] {
  return [note('change', { kind: 'restoring', release: back.id }, 'failure'), openRestore(known, back)];
}

export function openRestore({ wanted }: RolloutContext, back: Release): SideEffect {
  return { do: 'open-restore', back, ...defined({ replaces: wanted }) };
}

/** The last facts of a rollout. `trouble` is what had gone wrong with the change when it ended. */
export function closing(
  known: RolloutContext,
  verdict: RolloutVerdict,
  how: { verified: boolean; trouble: Cause | undefined },
): readonly SideEffect[] {
  // What was not changed has no record, unless it waited for its turn.
  if (known.unchanged) return known.recorded === true ? [abandonedAs('change', verdict, 'inactive')] : [];
  return [...leftServing(known, verdict), ...lastWords(known, verdict, how)];
}

/**
 * A release that has traffic when its rollout ends without having settled: its record would look like that of one
 * that was rejected.
 */
function leftServing(
  { plan, wanted, back, settled }: RolloutContext,
  { live, outcome }: RolloutVerdict,
): readonly Note[] {
  const isUntold =
    ['stranded', 'inconclusive', 'error', 'cancelled'].includes(outcome) && settled === undefined;
  if (!isUntold || plan.kind !== 'deploy' || wanted === undefined || back !== undefined) return [];
  const isServing = live !== undefined && servingReleases(live).some(({ id }) => id === wanted.id);
  return isServing && live.switchedOff !== true ? [activated('change', wanted)] : [];
}

function lastWords(
  known: RolloutContext,
  verdict: RolloutVerdict,
  { verified, trouble }: { verified: boolean; trouble: Cause | undefined },
): readonly SideEffect[] {
  const record = known.back === undefined ? 'change' : 'restore';
  const proof = verified ? 'pass' : 'settled';
  const isOfOld = known.plan.kind === 'rollback' || record === 'restore';
  const state = verdict.outcome === 'rejected' || verdict.outcome === 'stranded' ? 'failure' : 'error';
  // How a way back ended says nothing of the release it led to, unless that was judged while it served.
  const isUnfinished = ['rejected', 'stranded', 'inconclusive', 'error', 'cancelled'].includes(
    verdict.outcome,
  );
  if (isOfOld && isUnfinished && !wasJudged(verdict)) return [abandonedAs(record, verdict, state)];
  // Without a release there is nothing to judge.
  if (isUnfinished && verdict.outcome !== 'rejected' && known.wanted === undefined)
    return known.recorded === true ? [abandonedAs(record, verdict, state)] : [];
  switch (verdict.outcome) {
    case 'live':
      return [judged('change', proof, 'success'), retire];
    case 'restored':
      return [judged(record, proof, 'success'), ...restored(known, record), retire];
    case 'rejected':
      return [judged('change', 'fail', 'failure')];
    case 'stranded': {
      // What answered may have been what answers beside it: nothing was found out about the release.
      const isOpen = verdict.reason === 'superseded' || verdict.reason === 'unmanaged-machines';
      // That something else was taken over unseen says nothing against the release.
      if (isOpen && verified && trouble === undefined) return [judged(record, 'pass', state)];
      const isJudged = !isOpen || (record === 'change' && trouble !== undefined);
      return [isJudged ? judged(record, 'fail', 'failure') : abandonedAs(record, verdict, state)];
    }
    case 'error':
      return [abandonedAs(record, verdict, state)];
    case 'inconclusive':
      // What was switched off was asked nothing, so nothing is said of it.
      if (verdict.reason === 'switched-off') return [abandonedAs(record, verdict, state)];
      return [judged(record, 'inconclusive', 'error')];
    case 'cancelled': {
      // Where it went wrong and nobody can see what serves, a `fail` would say that it never took traffic.
      const isBad = trouble !== undefined && !isOfOld && verdict.live !== undefined;
      return [judged(record, isBad ? 'fail' : 'inconclusive', 'error')];
    }
    case 'staged':
      return known.wanted === undefined ? [] : [staged(known.wanted)];
    case 'blocked':
      return known.recorded === true ? [abandonedAs(record, verdict, 'error')] : [];
    case 'unchanged':
    case 'rehearsed':
    case 'done':
      return [];
  }
}

/** Whether the old release was found bad while it served. That its checks could not judge says nothing of it. */
function wasJudged({ outcome, serving, cause }: RolloutVerdict): boolean {
  if (serving !== 'old' || outcome !== 'stranded' || cause === undefined) return false;
  return ['checks-failed', 'crashed'].includes(cause.reason);
}

function abandonedAs(record: Note['record'], { live }: RolloutVerdict, state: LedgerState): Note {
  return note(record, { kind: 'abandoned', by: describeLive(live) }, state);
}

function restored({ back, wanted }: RolloutContext, record: Note['record']): readonly Note[] {
  const release = back ?? wanted;
  return release === undefined ? [] : [note(record, { kind: 'restored', release: release.id }, 'success')];
}

const retire: SideEffect = { do: 'retire' };

function judged(record: Note['record'], verdict: Exclude<ReleaseVerdict, 'none'>, state: LedgerState): Note {
  return note(record, { kind: 'verdict', verdict }, state);
}

function note(record: Note['record'], fact: Fact, state: LedgerState): Note {
  return { do: 'note', record, fact, state };
}
