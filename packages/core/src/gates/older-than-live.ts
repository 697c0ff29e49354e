import { reasons } from '../outcome/reasons.ts';
import type { Gate } from './gate.ts';

/** Refuses a commit that is a strict ancestor of the live one: a re-run of an old run must not undo a newer build. */
export const olderThanLive: Gate = {
  name: 'older-than-live',
  forcible: true,
  asks: ['deploy'],
  answer({ commit, commitOrder }) {
    if (commitOrder === undefined || commit === undefined) return { kind: 'pass' };
    if (commitOrder.kind === 'unknown') return { kind: 'unknown', why: commitOrder.why };
    if (commitOrder.kind !== 'older') return { kind: 'pass' };
    return {
      kind: 'blocked',
      reason: 'older-than-live',
      what: `The commit ${short(commit)} is older than ${short(commitOrder.liveCommit)}, which serves.`,
      next: reasons['older-than-live'].advice,
    };
  },
};

function short(commit: string): string {
  return commit.slice(0, 7);
}
