import { reasons } from '../reasons.ts';
import type { Gate, UntrustedRun } from './gate.ts';

/** Why a run is not trusted, one sentence. */
export const untrustedRuns: Readonly<Record<UntrustedRun, string>> = {
  fork: 'This run was started by a pull request from a fork.',
  dependabot: 'This run was started by Dependabot.',
  'merge-queue': 'This run belongs to a merge queue: its commit may never reach the branch.',
};

/** Refuses runs whose code nobody has accepted yet. No force passes it. */
export const fork: Gate = {
  name: 'fork',
  forcible: false,
  asks: ['deploy', 'manual-rollback'],
  answer({ untrustedRun }) {
    if (untrustedRun === undefined) return { kind: 'pass' };
    return { kind: 'blocked', reason: 'fork', what: untrustedRuns[untrustedRun], next: reasons.fork.advice };
  },
};
