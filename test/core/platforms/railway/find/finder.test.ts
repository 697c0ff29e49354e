import { describe, expect, it } from 'vitest';
import { RailwayApi } from '../../../../../packages/core/src/platforms/railway/api/api.ts';
import { Follower } from '../../../../../packages/core/src/platforms/railway/deploy/follower.ts';
import { OwnDeployments } from '../../../../../packages/core/src/platforms/railway/deploy/own-deployments.ts';
import { Finder } from '../../../../../packages/core/src/platforms/railway/find/finder.ts';
import type { RailwayMatch } from '../../../../../packages/core/src/platforms/railway/find/match.ts';
import { type RailwayAnswer, railwayHttp } from '../../../../support/railway-answers.ts';
import { answeredDeployment, minute, shopIds } from '../../../../support/railway-deployments.ts';
import { VirtualClock } from '../../../../support/virtual-clock.ts';

const commit = '3f2a9c1'.padEnd(40, '0');
const match: RailwayMatch = { commit, isCheck: false, repository: 'acme/shop', branch: 'main' };
const down: RailwayAnswer = { status: 503, text: 'unavailable' };

interface Listed {
  readonly id: string;
  readonly status?: string;
  readonly minute: number;
  readonly commitHash?: string;
}

const d2: Listed = { id: 'd2', minute: 2 };
const answered = ({ id, status = 'SUCCESS', minute: at, commitHash = commit }: Listed) =>
  answeredDeployment({ id, status, createdAt: minute(at), meta: { commitHash } });

function listed(...all: readonly Listed[]): RailwayAnswer {
  const edges = all.map((one) => ({ node: answered(one) }));
  return { data: { deployments: { edges, pageInfo: { hasNextPage: false, endCursor: null } } } };
}

interface More {
  readonly isCheck?: boolean;
  /** What Railway tells of “Wait for CI”. */
  readonly triggers?: RailwayAnswer;
  /** Told each line. */
  readonly log?: (line: string) => void;
  readonly signal?: AbortSignal;
}

/** Waits for the commit’s deployment where the list of deployments is answered so; what came of it, and what was remembered. */
async function found(
  deployments: (call: number) => RailwayAnswer,
  states: readonly Listed[] = [d2],
  { isCheck = false, triggers = down, log = () => {}, signal = new AbortController().signal }: More = {},
) {
  const clock = new VirtualClock();
  const http = railwayHttp({
    Deployments: (_, call) => deployments(call),
    DeploymentState: ({ deploymentId }) => {
      const one = states.find(({ id }) => id === deploymentId) ?? d2;
      return { data: { deployment: answered(one) } };
    },
    Triggers: triggers,
  });
  const api = new RailwayApi({ http, clock }, { value: 't', kind: 'workspace', workspaces: [] });
  const telling = { log, tail: () => {}, group: <T>(_: string, work: () => Promise<T>) => work() };
  const openSocket = () => Promise.reject(new Error('refused'));
  const follower = new Follower({ api, openSocket, facts: () => ({ now: 0 }), ...telling });
  const own = new OwnDeployments('7-1-a');
  const finder = new Finder({ api, clock, ids: shopIds, own, follower, ...telling });
  const remembered: (string | undefined)[] = [];
  const remember = () => remembered.push(own.followed);
  const { release, failure } = await finder.find(
    { ...match, isCheck },
    { budgetMs: 600_000, signal, remember },
  );
  return [failure?.reason ?? release?.id, remembered];
}

describe('the deployment that Railway makes of a commit by itself', () => {
  it.each<readonly [string, (call: number) => RailwayAnswer, string]>([
    ['shows at once', () => listed(d2), 'd2'],
    ['shows later, and Railway does not answer now and then', (call) => (call < 4 ? down : listed(d2)), 'd2'],
    ['does not show', () => listed(), 'deployment-not-made'],
    ['cannot be asked for, since Railway never answers', () => down, 'platform-unreachable'],
    [
      'did not show while Railway answered, and Railway answers no more',
      (call) => (call < 3 ? listed() : down),
      'platform-unreachable',
    ],
  ])('%s', async (_, deployments, end) => {
    expect(await found(deployments)).toEqual([end, end === 'd2' ? ['d2'] : []]);
  });
});

describe('one that is removed on its way', () => {
  const gone: Listed = { ...d2, status: 'REMOVED' };
  const again: Listed = { id: 'd3', minute: 3 };
  const another: Listed = { ...again, commitHash: 'b'.repeat(40) };

  it.each<readonly [string, readonly Listed[], number, unknown]>([
    ['for one of the same commit is gone on with in that', [again], 2, ['d3', ['d2', 'd3']]],
    ['is gone on with in one that is listed a moment later', [again], 3, ['d3', ['d2', 'd3']]],
    ['for one of something else is superseded', [another], 2, ['superseded', ['d2']]],
    ['for nothing that is seen is removed', [], 2, ['deployment-removed', ['d2']]],
  ])('%s', async (_, come, from, end) => {
    const deployments = (call: number) => listed(gone, ...(call < from ? [] : come));
    expect(await found(deployments, [gone, again])).toEqual(end);
  });

  it('and that waits for a person is not passed over for a newer one', async () => {
    const waits: Listed = { ...d2, status: 'NEEDS_APPROVAL' };
    const end = await found((call) => (call === 1 ? listed(waits) : listed(waits, again)), [waits, again]);
    expect(end).toEqual(['needs-approval', ['d2']]);
  });
});

describe('one that Railway holds back until the checks of its commit have ended', () => {
  const waits: Listed = { ...d2, status: 'WAITING' };
  const trigger = (checkSuites: boolean) => {
    const node = { id: 't1', repository: 'acme/shop', branch: 'main', provider: 'github', checkSuites };
    return { data: { deploymentTriggers: { edges: [{ node }] } } };
  };

  it.each<readonly [string, More, string]>([
    [
      'waits for this very job, where it is one of them',
      { isCheck: true, triggers: trigger(true) },
      'waiting-for-ci',
    ],
    [
      'may wait for this very job, where Railway does not tell',
      { isCheck: true, triggers: down },
      'waiting-for-ci',
    ],
    [
      'waits for something else where “Wait for CI” is off',
      { isCheck: true, triggers: trigger(false) },
      'deploy-timeout',
    ],
    [
      'is waited for where this job is none of them',
      { isCheck: false, triggers: trigger(true) },
      'deploy-timeout',
    ],
  ])('%s', async (_, more, end) => {
    expect(await found(() => listed(waits), [waits], more)).toEqual([end, ['d2']]);
  });
});

describe('a job that is cancelled', () => {
  /** The last line of one that is cancelled once a line begins so. */
  async function lastLine(begins: string, deployments: () => RailwayAnswer): Promise<string | undefined> {
    const controller = new AbortController();
    const lines: string[] = [];
    const log = (line: string) => {
      lines.push(line);
      if (line.startsWith(begins)) controller.abort();
    };
    const { signal } = controller;
    const building: Listed = { ...d2, status: 'BUILDING' };
    await expect(found(deployments, [building], { log, signal })).rejects.toThrow('aborted');
    return lines.at(-1);
  }

  it('says that Railway goes on with the deployment it had found', async () => {
    const deployments = () => listed({ ...d2, status: 'BUILDING' });
    expect(await lastLine('Railway deploys 3f2a9c1', deployments)).toBe(
      'Nobody waits for d2 any more. Railway goes on with it, and it goes live unproved.',
    );
  });

  it('says nothing of any where it had found none', async () => {
    expect(await lastLine('Waiting for Railway', () => listed())).toBe(
      'Waiting for Railway to deploy 3f2a9c1.',
    );
  });
});
