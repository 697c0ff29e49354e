import { expect, it } from 'vitest';
import type { PullRequestState } from '#core/deployment';
import type { ReviewAppOwnership } from '#core/fly';
import { decideSweep } from '../../../actions/fly-deploy/src/review/decide.ts';

const hour = 3_600_000;
const nowMs = 100 * hour;
const ours: ReviewAppOwnership = { kind: 'ours', createdMs: 0, changedMs: nowMs - 5 * hour, settled: true };
const open: PullRequestState = { kind: 'open', head: 'c0ffee' };
const closed: PullRequestState = { kind: 'closed', head: 'c0ffee' };
const unknown: PullRequestState = { kind: 'unknown', why: 'no token' };

it.each([
  ['keeps what is in use', ours, open, undefined, { kind: 'keep', because: 'used' }],
  ['keeps what was deployed to within the time', ours, open, 5 * hour, { kind: 'keep', because: 'used' }],
  ['destroys what was not', ours, open, 5 * hour - 1, { kind: 'destroy', because: 'idle' }],
  [
    'destroys what its pull request has left behind',
    ours,
    closed,
    undefined,
    { kind: 'destroy', because: 'closed' },
  ],
  ['calls a closed one closed, idle or not', ours, closed, hour, { kind: 'destroy', because: 'closed' }],
  [
    'keeps what it cannot ask about',
    ours,
    unknown,
    undefined,
    { kind: 'keep', because: 'unknown', why: 'no token' },
  ],
  ['destroys what is idle without asking', ours, unknown, hour, { kind: 'destroy', because: 'idle' }],
  [
    'keeps what it did not make',
    { ...ours, kind: 'foreign' },
    closed,
    hour,
    { kind: 'keep', because: 'foreign' },
  ],
  ['keeps nothing that is gone', { kind: 'absent' }, closed, hour, { kind: 'keep', because: 'absent' }],
] as const)('a sweep %s', (_, standing, pull, maxIdleMs, verdict) => {
  expect(decideSweep({ standing, pull }, { nowMs, maxIdleMs })).toEqual(verdict);
});
