import { describe, expect, it } from 'vitest';
import { RailwayApi } from '../../../../../packages/core/src/platforms/railway/api/api.ts';
import { Follower } from '../../../../../packages/core/src/platforms/railway/deploy/follower.ts';
import { railwayHttp, refusal } from '../../../../support/railway-answers.ts';
import { answeredDeployment } from '../../../../support/railway-deployments.ts';
import { VirtualClock } from '../../../../support/virtual-clock.ts';

/** Why Railway skipped each of these, as it is told once it has been followed. */
async function followedAfter(wires: readonly object[]) {
  const clock = new VirtualClock();
  const http = railwayHttp({
    DeploymentState: ({ deploymentId }) => ({
      data: { deployment: answeredDeployment({ id: deploymentId, ...wires[Number(deploymentId)] }) },
    }),
    BuildLogs: { data: { buildLogs: [] } },
  });
  const follower = followerOf({ http, clock });
  const { signal } = new AbortController();
  const reasons: (string | undefined)[] = [];
  for (const id of wires.keys()) {
    await follower.follow(String(id), { budgetMs: 60_000, signal });
    reasons.push(follower.skippedReason);
  }
  return reasons;
}

function followerOf({ http, clock }: ConstructorParameters<typeof RailwayApi>[0]): Follower {
  return new Follower({
    api: new RailwayApi({ http, clock }, { value: 't', kind: 'workspace', workspaces: [] }),
    openSocket: () => Promise.reject(new Error('refused')),
    facts: () => ({ now: 0 }),
    log: () => {},
    tail: () => {},
    group: (_, work) => work(),
  });
}

/** Follows a deployment that stays as it is: what came of it, and the changes that were asked for. */
async function followed(wire: object, { goesOn = false, cancel = 'taken' } = {}) {
  const clock = new VirtualClock();
  const http = railwayHttp({
    DeploymentState: { data: { deployment: answeredDeployment({ id: 'd2', ...wire }) } },
    DeploymentCancel: cancel === 'taken' ? { data: { deploymentCancel: true } } : refusal('Not Authorized'),
    BuildLogs: { data: { buildLogs: [{ timestamp: '2026-12-01T10:00:00Z', message: 'no such file' }] } },
  });
  const follower = followerOf({ http, clock });
  const { signal } = new AbortController();
  const { release, failure } = await follower.follow('d2', { budgetMs: 60_000, signal, goesOn });
  return {
    told: `${failure?.reason ?? 'fine'}, ${release?.state}`,
    why: failure?.why,
    evidence: failure?.evidence ?? [],
    cancels: http.answers.count('DeploymentCancel'),
    tookMs: clock.monotonic(),
    seen: follower.seen('d2'),
  };
}

describe('a deployment that has come to its end', () => {
  it.each([
    ['SUCCESS', 'fine, live'],
    ['SLEEPING', 'fine, live'],
    ['FAILED', 'deploy-failed, failed'],
    ['CRASHED', 'crashed, failed'],
    ['SKIPPED', 'skipped, failed'],
    ['REMOVED', 'deployment-removed, failed'],
    ['REMOVING', 'deployment-removed, failed'],
    ['CANCELLED', 'deployment-removed, failed'],
  ])('%s: %s, and it is not cancelled', async (status, told) => {
    const end = await followed({ status });
    expect([end.told, end.cancels, end.seen]).toEqual([told, 0, { status }]);
  });

  it('is cancelled where it waits for a person: an approval later would make it live unseen', async () => {
    const end = await followed({ status: 'NEEDS_APPROVAL' });
    expect([end.told, end.cancels]).toEqual(['needs-approval, failed', 1]);
  });

  it('brings the last lines of its log where it failed', async () => {
    expect((await followed({ status: 'FAILED' })).evidence).toEqual(['build: no such file']);
  });
});

describe('a deployment that comes to no end in its time', () => {
  it.each(['BUILDING', 'WAITING', 'A_NEW_WORD'])(
    '%s: is cancelled while there is time for it',
    async (status) => {
      const end = await followed({ status });
      expect([end.told, end.cancels]).toEqual(['deploy-timeout, failed', 1]);
      expect(end.tookMs).toBe(45_000);
    },
  );

  it('goes on where it is wanted whenever it comes, and has all of the time', async () => {
    const end = await followed({ status: 'BUILDING' }, { goesOn: true });
    expect([end.told, end.cancels, end.tookMs]).toEqual(['deploy-timeout, building', 0, 60_000]);
  });

  it.each([
    ['it was cancelled', {}, 'it was cancelled, so that it does not go live when nobody looks'],
    ['Railway goes on with it', { goesOn: true }, 'Railway goes on with it, and it may still go live'],
    ['it could not be cancelled', { cancel: 'refused' }, 'Railway goes on with it, and it may still go live'],
  ])('says where %s', async (_, how, why) => {
    expect((await followed({ status: 'BUILDING' }, how)).why).toBe(why);
  });
});

it('a deployment that was skipped leaves no reason behind beside the next one that is followed', async () => {
  const skipped = { status: 'SKIPPED', meta: { skippedReason: 'No changes to watched files' } };
  const reasons = await followedAfter([skipped, { status: 'SUCCESS' }]);
  expect(reasons).toEqual(['No changes to watched files', undefined]);
});
