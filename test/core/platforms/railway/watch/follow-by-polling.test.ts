import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RailwayApi } from '../../../../../packages/core/src/platforms/railway/api/api.ts';
import type { RailwayToken } from '../../../../../packages/core/src/platforms/railway/token/token.ts';
import { followDeployment } from '../../../../../packages/core/src/platforms/railway/watch/follow-deployment.ts';
import type { FollowOptions } from '../../../../../packages/core/src/platforms/railway/watch/followed.ts';
import { type RailwayAnswer, railwayHttp, refusal } from '../../../../support/railway-answers.ts';
import { answeredDeployment } from '../../../../support/railway-deployments.ts';
import { VirtualClock } from '../../../../support/virtual-clock.ts';

const token: RailwayToken = { value: 't', kind: 'workspace', workspaces: [] };

type Look = string | object | number;

function answerOf(look: Look): RailwayAnswer {
  if (typeof look === 'number') return { status: look, headers: { 'retry-after': '40' } };
  if (look === 'trouble') return refusal('Problem processing request');
  if (look === 'unknown') return refusal('Deployment not found');
  const more = typeof look === 'string' ? { status: look } : look;
  return { data: { deployment: answeredDeployment(more) } };
}

/** Each look sees the next of these, and the last for ever. */
function railway(looks: readonly Look[], logs: readonly object[] = []) {
  const clock = new VirtualClock();
  const times: number[] = [];
  const http = railwayHttp({
    DeploymentState(_, call) {
      times.push(clock.monotonic());
      return answerOf(looks[call - 1] ?? looks.at(-1) ?? 'BUILDING');
    },
    DeploymentEvents: {
      data: {
        deploymentEvents: {
          edges: [
            {
              node: {
                id: '1',
                step: 'HEALTHCHECK',
                createdAt: '2026-12-01T10:00:00Z',
                payload: { error: 'no' },
              },
            },
          ],
          pageInfo: { hasNextPage: false, endCursor: null },
        },
      },
    },
    BuildLogs: { data: { buildLogs: logs } },
    DeploymentLogs: { data: { deploymentLogs: [] } },
    PlatformStatus: { data: { platformStatus: { isStable: true } } },
  });
  return { api: new RailwayApi({ http, clock }, token), clock, times, calls: http.answers.calls };
}

async function following(looks: readonly Look[], options: Partial<FollowOptions> = {}) {
  const { api, clock, times } = railway(looks);
  const notes: string[] = [];
  const { signal } = new AbortController();
  const followed = await followDeployment(api, 'd1', {
    signal,
    budgetMs: 600_000,
    onProgress: (note) => notes.push(note),
    ...options,
  });
  const { kind } = followed;
  const how = followed.kind === 'ended' ? { class: followed.class } : {};
  return { kind, ...how, status: followed.deployment?.status, notes, tookMs: clock.monotonic(), times };
}

describe('a deployment that is followed by polling', () => {
  it('is told as it goes on, and ends when it is live', async () => {
    const {
      times: _,
      tookMs: __,
      ...told
    } = await following(['QUEUED', 'BUILDING', 'BUILDING', 'DEPLOYING', 'SUCCESS']);
    expect(told).toEqual({
      kind: 'ended',
      class: 'live',
      status: 'SUCCESS',
      notes: ['QUEUED', 'BUILDING', 'DEPLOYING', 'SUCCESS'],
    });
  });

  it.each([
    ['FAILED', 'failed'],
    ['CRASHED', 'crashed'],
    ['SKIPPED', 'skipped'],
    ['SLEEPING', 'asleep'],
    ['REMOVED', 'superseded'],
    ['NEEDS_APPROVAL', 'needs-approval'],
  ])('ends when it is %s, however it came there', async (status, one) => {
    expect(await following(['BUILDING', status])).toMatchObject({ kind: 'ended', class: one });
  });

  it('does not end by one answer that it was removed, which may be wrong or stale', async () => {
    expect(await following(['BUILDING', 'CANCELLED', 'BUILDING', 'SUCCESS'])).toMatchObject({
      class: 'live',
    });
  });

  it('goes on while it waits for checks, or is what nobody knows, which is warned of once', async () => {
    const { kind, notes } = await following(['WAITING', 'MIGRATING', 'MIGRATING', 'SUCCESS']);
    expect([kind, notes]).toEqual([
      'ended',
      [
        'WAITING',
        'MIGRATING',
        'Railway calls the deployment MIGRATING, which this version of Belay does not know: it is taken to be on its way.',
        'SUCCESS',
      ],
    ]);
  });

  it('ends with what the caller asks for', async () => {
    expect(await following(['WAITING'], { until: (one) => one === 'waiting' })).toMatchObject({
      kind: 'ended',
      class: 'waiting',
    });
  });

  it('is late when its time is up, and tells what it saw last', async () => {
    const { kind, status, tookMs } = await following(['BUILDING'], { budgetMs: 100_000 });
    expect([kind, status]).toEqual(['late', 'BUILDING']);
    expect(tookMs).toBeLessThanOrEqual(101_000);
  });

  it('is not stopped by the moment between its success and its start', async () => {
    const notYet = { status: 'SUCCESS', deploymentStopped: true };
    expect(await following(['DEPLOYING', notYet, 'SUCCESS'])).toMatchObject({ class: 'live' });
    expect(await following(['DEPLOYING', notYet])).toMatchObject({ class: 'stopped' });
  });

  it('survives trouble, refusals for too many requests, and not being known at first', async () => {
    const { kind, status, notes } = await following(['unknown', 503, 429, 'trouble', 'BUILDING', 'SUCCESS']);
    expect([kind, status, notes.map((note) => note.replace(/:.*/, ''))]).toEqual([
      'ended',
      'SUCCESS',
      [
        'Railway could not be asked',
        'Railway could not be asked',
        'Railway could not be asked',
        'BUILDING',
        'SUCCESS',
      ],
    ]);
  });

  it('keeps a pause that Railway asked for', async () => {
    const { times } = await following(['BUILDING', 429, 'SUCCESS']);
    const [, refused = 0, next = 0] = times;
    expect(next - refused).toBeGreaterThanOrEqual(40_000);
  });

  it('is given up after three minutes without an answer', async () => {
    const { kind, status, tookMs } = await following(['BUILDING', 503]);
    expect([kind, status]).toEqual(['unreachable', 'BUILDING']);
    expect(tookMs).toBeGreaterThan(180_000);
    expect(tookMs).toBeLessThan(240_000);
  });

  it('fails at once where the token is refused, or the deployment is not known any more', async () => {
    await expect(following(['BUILDING', 'unknown'])).rejects.toMatchObject({ code: 'deployment-not-found' });
  });

  it('tells where it failed', async () => {
    const { api } = railway(['FAILED']);
    const { signal } = new AbortController();
    const followed = await followDeployment(api, 'd1', { signal, budgetMs: 60_000, onProgress: () => {} });
    expect(followed).toMatchObject({ kind: 'ended', class: 'failed', events: [{ step: 'HEALTHCHECK' }] });
  });

  it('is told with its log, each line once, though each reading begins anew', async () => {
    const line = (message: string) => ({ timestamp: '2026-12-01T10:00:00.000000001Z', message });
    const { api } = railway(
      ['BUILDING', 'BUILDING', 'BUILDING', 'FAILED'],
      [line('a'), line('b'), line('b')],
    );
    const told: string[] = [];
    const { signal } = new AbortController();
    await followDeployment(api, 'd1', {
      signal,
      budgetMs: 600_000,
      onProgress: () => {},
      onLine: ({ source, message }) => told.push(`${source} ${message}`),
    });
    expect(told).toEqual(['build a', 'build b', 'build b']);
  });

  it('ends with the reason of the signal, at any moment', async () => {
    const stop = new AbortController();
    const reason = new Error('the job was cancelled');
    const notes: string[] = [];
    const work = following(['QUEUED', 'BUILDING'], {
      signal: stop.signal,
      onProgress(note) {
        notes.push(note);
        if (note === 'BUILDING') stop.abort(reason);
      },
    });
    await expect(work).rejects.toBe(reason);
  });

  it('always ends in time, with the truth, at one question a second at most', async () => {
    const looks = fc.array(
      fc.constantFrom<Look>(
        'QUEUED',
        'BUILDING',
        'WAITING',
        'DEPLOYING',
        'ODD',
        'SUCCESS',
        'FAILED',
        'REMOVED',
        503,
        429,
        'trouble',
      ),
      { maxLength: 30 },
    );
    await fc.assert(
      fc.asyncProperty(looks, fc.integer({ min: 1, max: 400_000 }), async (history, budgetMs) => {
        const { kind, status, times, tookMs } = await following(['QUEUED', ...history], { budgetMs });
        // A last look may take a moment more.
        expect(tookMs).toBeLessThanOrEqual(budgetMs + 10_000);
        if (kind === 'ended') expect(['SUCCESS', 'FAILED', 'REMOVED']).toContain(status);
        const steady = history.filter((look) => look !== 'trouble').length === history.length;
        const pauses = times.slice(1).map((at, index) => at - (times[index] ?? 0));
        if (steady) expect(pauses.filter((pause) => pause < 999)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
