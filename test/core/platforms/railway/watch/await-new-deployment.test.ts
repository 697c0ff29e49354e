import { describe, expect, it } from 'vitest';
import { RailwayApi } from '../../../../../packages/core/src/platforms/railway/api/api.ts';
import type { RailwayToken } from '../../../../../packages/core/src/platforms/railway/token/token.ts';
import { awaitNewDeployment } from '../../../../../packages/core/src/platforms/railway/watch/await-new-deployment.ts';
import { tellOurs } from '../../../../../packages/core/src/platforms/railway/watch/tell-ours.ts';
import { railwayHttp, refusal } from '../../../../support/railway-answers.ts';
import {
  answeredDeployment,
  aWireDeployment,
  railwayDigests,
  shopIds,
} from '../../../../support/railway-deployments.ts';
import { VirtualClock } from '../../../../support/virtual-clock.ts';

const { v1, v2 } = railwayDigests;
const made = (id: string, meta: object, minute = 10) => {
  return answeredDeployment({ id, meta, createdAt: `2026-12-01T10:${minute}:00.000Z` });
};
const wanted = aWireDeployment({ id: 'back', meta: { imageDigest: v1, commitMessage: 'a (belay 7-1)' } });
const ofGit = aWireDeployment({ id: 'back', meta: { imageDigest: v1, commitHash: 'aaa' } });

describe('which deployment a rollback made', () => {
  it.each([
    [
      'the one with the same image',
      [made('x', { imageDigest: v1 }), made('y', { imageDigest: v2 })],
      wanted,
      'yes x',
    ],
    ['no push that came meanwhile', [made('push', { commitHash: 'bbb' })], wanted, 'none'],
    ['no push of another commit', [made('push', { commitHash: 'bbb' })], ofGit, 'none'],
    ['one of the same commit, before it has an image', [made('x', { commitHash: 'aaa' })], ofGit, 'yes x'],
    ['no upload of another run', [made('up', { commitMessage: 'b (belay 8-1)' })], wanted, 'none'],
    ['perhaps one that says nothing', [made('x', {})], wanted, 'maybe x'],
    [
      'perhaps the older of two that are alike',
      [made('x', { imageDigest: v1 }, 11), made('y', { imageDigest: v1 }, 12)],
      wanted,
      'maybe x',
    ],
    ['never what is gone back to', [made('back', { imageDigest: v1 })], wanted, 'none'],
    ['none where none appeared', [], wanted, 'none'],
  ])('is %s', (_, appeared, of, expected) => {
    const ours = tellOurs(
      appeared.map((one) => aWireDeployment(one)),
      of,
    );
    expect(ours.kind === 'none' ? 'none' : `${ours.kind} ${ours.deployment.id}`).toBe(expected);
  });
});

describe('waiting for it', () => {
  const token: RailwayToken = { value: 't', kind: 'workspace', workspaces: [] };

  /** Each look sees the next of these, and the last for ever. */
  async function waiting(...looks: readonly (readonly object[] | 'trouble' | 503)[]) {
    const clock = new VirtualClock();
    const http = railwayHttp({
      Deployments(_, call) {
        const look = looks[call - 1] ?? looks.at(-1) ?? [];
        if (look === 'trouble') return refusal('Problem processing request');
        if (look === 503) return { status: 503 };
        const edges = [made('known', { imageDigest: v1 }), ...look].map((node) => ({ node }));
        return { data: { deployments: { edges, pageInfo: { hasNextPage: false, endCursor: null } } } };
      },
    });
    const api = new RailwayApi({ http, clock }, token);
    const { signal } = new AbortController();
    const known = new Set(['known', 'back']);
    const { deployment, isOurs, others } = await awaitNewDeployment(api, {
      ids: shopIds,
      known,
      wanted,
      signal,
    });
    return { found: deployment?.id, isOurs, others: others.map(({ id }) => id), tookMs: clock.monotonic() };
  }

  it('ends as soon as it is told, though it takes a while to appear', async () => {
    const ours = made('x', { imageDigest: v1 });
    expect(await waiting([], [], [], [ours])).toEqual({
      found: 'x',
      isOurs: 'yes',
      others: [],
      tookMs: expect.any(Number),
    });
  });

  it('tells it from what others made meanwhile', async () => {
    const push = made('push', { commitHash: 'bbb' });
    const ours = made('x', { imageDigest: v1 });
    expect(await waiting([push], [push], [push, ours])).toMatchObject({
      found: 'x',
      isOurs: 'yes',
      others: ['push'],
    });
  });

  it('gives one that says nothing of itself a while to do so', async () => {
    const bare = made('x', {});
    expect(await waiting([bare], [bare], [made('x', { imageDigest: v1 })])).toMatchObject({
      found: 'x',
      isOurs: 'yes',
    });
    const late = await waiting([bare]);
    expect(late).toMatchObject({ found: 'x', isOurs: 'maybe' });
    expect(late.tookMs).toBeGreaterThanOrEqual(8_000);
  });

  it('ends after a minute where none appears', async () => {
    const { tookMs, ...rest } = await waiting([made('push', { commitHash: 'bbb' })]);
    expect(rest).toEqual({ found: undefined, isOurs: 'maybe', others: ['push'] });
    expect(tookMs).toBeLessThanOrEqual(60_000);
  });

  it('waits out trouble, and fails where it is all that is left', async () => {
    expect(await waiting(503, 503, [made('x', { imageDigest: v1 })])).toMatchObject({
      found: 'x',
      isOurs: 'yes',
    });
    await expect(waiting(503)).rejects.toMatchObject({ name: 'HttpError', status: 503 });
    await expect(waiting('trouble')).rejects.toMatchObject({ code: 'platform-error' });
  });
});
