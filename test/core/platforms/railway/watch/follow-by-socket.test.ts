import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../../../packages/core/src/io/clock.ts';
import { RailwayApi } from '../../../../../packages/core/src/platforms/railway/api/api.ts';
import type { RailwayToken } from '../../../../../packages/core/src/platforms/railway/token/token.ts';
import { followDeployment } from '../../../../../packages/core/src/platforms/railway/watch/follow-deployment.ts';
import type {
  Followed,
  FollowedLine,
  FollowOptions,
} from '../../../../../packages/core/src/platforms/railway/watch/followed.ts';
import { railwaySockets } from '../../../../../packages/core/src/platforms/railway/watch/open-socket.ts';
import { eventually } from '../../../../support/eventually.ts';
import { answeredDeployment } from '../../../../support/railway-deployments.ts';
import {
  type ScriptedRailway,
  type SocketMood,
  scriptedRailway,
} from '../../../../support/scripted-railway.ts';

const token: RailwayToken = { value: 'secret-token', kind: 'workspace', workspaces: [] };

interface Stage {
  readonly railway: ScriptedRailway;
  readonly notes: string[];
  readonly lines: FollowedLine[];
  readonly followed: Promise<Followed>;
  /** Makes the deployment what it is now; pushed where the socket works. */
  become(status: string, more?: { readonly pushed?: boolean }): void;
  /** What ended it, and how long after the last change. */
  end(): Promise<{ readonly status: string | undefined; readonly lateMs: number }>;
}

/** A deployment that is building, followed. */
async function stage(
  options: Partial<FollowOptions> = {},
  mood: SocketMood = 'works',
): Promise<Stage & AsyncDisposable> {
  let now: object = answeredDeployment({ status: 'BUILDING' });
  const railway = await scriptedRailway({
    DeploymentState: () => ({ data: { deployment: now } }),
    DeploymentEvents: {
      data: { deploymentEvents: { edges: [], pageInfo: { hasNextPage: false, endCursor: null } } },
    },
    BuildLogs: { data: { buildLogs: [] } },
    DeploymentLogs: { data: { deploymentLogs: [] } },
  });
  railway.mood = mood;
  railway.onSubscribe = (stream) => {
    if (stream.operation === 'Deployment') stream.next({ deployment: now });
  };
  const notes: string[] = [];
  const lines: FollowedLine[] = [];
  const api = new RailwayApi({ http: railway.http, clock: systemClock }, token);
  const followed = followDeployment(api, 'd1', {
    signal: new AbortController().signal,
    budgetMs: 20_000,
    openSocket: railwaySockets(railway.env, token, 'belay/test'),
    onProgress: (note) => notes.push(note),
    onLine: (line) => lines.push(line),
    ...options,
  });
  // One that is cut in the middle is not waited for.
  followed.catch(() => undefined);
  let changedAt = 0;
  return {
    railway,
    notes,
    lines,
    followed,
    become(status, { pushed = true } = {}) {
      now = answeredDeployment({ status });
      changedAt = performance.now();
      if (pushed) railway.push('Deployment', { deployment: now });
    },
    async end() {
      const { deployment } = await followed;
      return { status: deployment?.status, lateMs: performance.now() - changedAt };
    },
    [Symbol.asyncDispose]: () => railway[Symbol.asyncDispose](),
  };
}

const streamsOf = ({ railway }: Stage) => railway.streams.map(({ operation }) => operation);

describe('a deployment that is followed by a socket', () => {
  it('is known to be live at once, over one socket through the proxy, with the token in its upgrade', async () => {
    await using on = await stage();
    await eventually(() => streamsOf(on).length === 3);
    expect(streamsOf(on)).toEqual(['Deployment', 'DeploymentEvents', 'BuildLogs']);
    on.become('DEPLOYING');
    await eventually(() => streamsOf(on).includes('DeploymentLogs'));
    on.become('SUCCESS');
    const { status, lateMs } = await on.end();
    expect([status, on.notes]).toEqual(['SUCCESS', ['BUILDING', 'DEPLOYING', 'SUCCESS']]);
    // A look a second at most, and a machine that is busy. Without the push it would be 15 s.
    expect(lateMs).toBeLessThan(3_000);
    expect(on.railway.upgrades).toMatchObject([
      {
        authorization: 'Bearer secret-token',
        'user-agent': 'belay/test',
        'sec-websocket-protocol': 'graphql-transport-ws',
      },
    ]);
    expect(new Set(on.railway.proxy.asked)).toEqual(new Set(['CONNECT backboard.railway.com:443']));
    await eventually(() => on.railway.open === 0);
  });

  it('ends by what a look sees, not by what was pushed', async () => {
    await using on = await stage();
    await eventually(() => streamsOf(on).length === 3);
    on.railway.push('Deployment', { deployment: answeredDeployment({ status: 'SUCCESS' }) });
    await eventually(() => on.railway.answers.count('DeploymentState') > 1);
    on.become('FAILED', { pushed: false });
    expect((await on.end()).status).toBe('FAILED');
  });

  it('goes on where every stream ends early', async () => {
    await using on = await stage();
    await eventually(() => streamsOf(on).length === 3);
    for (const stream of on.railway.streams) stream.complete();
    await eventually(() => on.notes.some((note) => note.includes('(completed): it is asked instead')));
    on.become('SUCCESS', { pushed: false });
    const { status, lateMs } = await on.end();
    expect(status).toBe('SUCCESS');
    expect(lateMs).toBeLessThan(6_000);
  });

  it('asks for a stream again that ended, and hears of it', async () => {
    await using on = await stage();
    await eventually(() => streamsOf(on).length === 3);
    on.railway.streams[0]?.fail('Problem processing request');
    await eventually(() => streamsOf(on).includes('Deployment'));
    on.become('SUCCESS');
    expect((await on.end()).lateMs).toBeLessThan(3_000);
  });

  it('is asked for where the socket is refused, which is told once', async () => {
    await using on = await stage({}, 'refused');
    await eventually(() => on.railway.upgrades.length === 2);
    on.become('SUCCESS');
    const { status, lateMs } = await on.end();
    expect([status, on.notes]).toEqual([
      'SUCCESS',
      [
        'BUILDING',
        'Railway’s socket tells nothing (refused with status 502): it is asked instead.',
        'SUCCESS',
      ],
    ]);
    expect(lateMs).toBeLessThan(8_000);
  });

  it('opens another socket when the first is cut off, and tells no line twice', async () => {
    await using on = await stage();
    const backlog = ['a', 'b', 'b'].map((message) => ({
      timestamp: '2026-12-01T10:00:00.000000001Z',
      message,
    }));
    on.railway.onSubscribe = (stream) => {
      if (stream.operation === 'BuildLogs') stream.next({ buildLogs: backlog });
    };
    await eventually(() => on.lines.length === 3);
    on.railway.drop();
    await eventually(() => on.railway.upgrades.length === 2 && streamsOf(on).length === 3);
    on.railway.push('BuildLogs', {
      buildLogs: [{ timestamp: '2026-12-01T10:00:00.000000001Z', message: 'c' }],
    });
    on.become('SUCCESS');
    await on.end();
    expect(on.lines.map(({ source, message }) => `${source} ${message}`)).toEqual([
      'build a',
      'build b',
      'build b',
      'build c',
    ]);
  });

  it('survives what nobody understands on the socket', async () => {
    await using on = await stage();
    await eventually(() => streamsOf(on).length === 3);
    on.railway.push('Deployment', { deployment: { status: 7 } });
    on.railway.push('DeploymentEvents', { deploymentEvents: 'none' });
    await eventually(() => on.notes.some((note) => note.includes('it is asked instead')));
    on.become('SUCCESS', { pushed: false });
    expect((await on.end()).status).toBe('SUCCESS');
  });

  it('survives a listener that throws', async () => {
    await using on = await stage({
      onLine() {
        throw new Error('no room');
      },
    });
    await eventually(() => streamsOf(on).length === 3);
    on.railway.push('BuildLogs', { buildLogs: [{ timestamp: '1', message: 'a' }] });
    await eventually(() => streamsOf(on).includes('BuildLogs'));
    on.become('SUCCESS');
    expect((await on.end()).status).toBe('SUCCESS');
  });

  it('tells each step as it begins, and why it fails', async () => {
    await using on = await stage();
    await eventually(() => streamsOf(on).length === 3);
    const step = { id: '1', step: 'BUILD_IMAGE', createdAt: '2026-12-01T10:00:00Z', completedAt: null };
    on.railway.push('DeploymentEvents', { deploymentEvents: { ...step, payload: null } });
    on.railway.push('DeploymentEvents', { deploymentEvents: { ...step, payload: { error: 'exit code 1' } } });
    await eventually(() => on.notes.length === 3);
    on.become('FAILED');
    await on.end();
    expect(on.notes).toEqual(['BUILDING', 'BUILD_IMAGE', 'BUILD_IMAGE failed: exit code 1', 'FAILED']);
  });

  it.each(['works', 'refused', 'stalls', 'never acknowledges'] as const)(
    'closes its socket when it is cut, also one that %s',
    async (mood) => {
      const stop = new AbortController();
      await using on = await stage({ signal: stop.signal }, mood);
      await eventually(() => on.railway.upgrades.length > 0);
      await delay(50);
      const reason = new Error('the job was cancelled');
      stop.abort(reason);
      await expect(on.followed).rejects.toBe(reason);
      await eventually(() => on.railway.open === 0);
      const asked = on.railway.answers.calls.length;
      await delay(300);
      expect(on.railway.answers.calls.length).toBe(asked);
    },
  );

  it('is late when its time is up, whatever the socket does', async () => {
    await using on = await stage({ budgetMs: 1_500 }, 'stalls');
    const began = performance.now();
    expect((await on.followed).kind).toBe('late');
    expect(performance.now() - began).toBeLessThan(4_000);
  });
});
