import { describe, expect, it } from 'vitest';
import type { Ports } from '#core';
import { inputs } from '../../../actions/railway-up/src/inputs.ts';
import { openDeployCommit } from '../../../actions/railway-up/src/modes/deploy-commit.ts';
import { openImage } from '../../../actions/railway-up/src/modes/image.ts';
import type { ModeParts } from '../../../actions/railway-up/src/modes/mode.ts';
import { openWatch } from '../../../actions/railway-up/src/modes/watch.ts';
import { acceptingSkips } from '../../../actions/railway-up/src/open.ts';
import { aRelease } from '../../support/a-release.ts';
import { railwayDigests } from '../../support/railway-deployments.ts';
import { type RunnerFacts, recordingRunner } from '../../support/recording-runner.ts';

const commit = '3f2a9c1'.padEnd(40, '0');
const allowance = { budgetMs: 60_000, signal: new AbortController().signal };

interface Given {
  readonly inputs?: Readonly<Record<string, string>>;
  readonly context?: RunnerFacts['context'];
  readonly source?: object;
  /** What the adapter does, beside what it is asked. */
  readonly platform?: object;
}

/** A mode is opened with this, over the service `web`. */
function parts({ inputs: asked = {}, context = {}, source = {}, platform = {} }: Given): ModeParts {
  const runner = recordingRunner({ inputs: { 'railway-token': 'token', ...asked }, context });
  const instance = { source };
  const railway = { platform: { instance, watch: () => {}, ...platform }, target: { name: 'web' }, instance };
  return {
    ports: { runner } as unknown as Ports,
    given: inputs.read(runner),
    commit,
    ...{ cwd: '/workspace', root: '/workspace', isPost: false },
    opening: Promise.resolve(railway) as unknown as ModeParts['opening'],
  };
}

describe('the push that is watched', () => {
  it.each<readonly [string, RunnerFacts['context'], string | undefined]>([
    ['a push to a branch', { eventName: 'push', ref: 'refs/heads/main', refName: 'main' }, 'main'],
    ['a push of a tag', { eventName: 'push', ref: 'refs/tags/v1', refName: 'v1' }, undefined],
    [
      'a run that follows another',
      { eventName: 'workflow_run', ref: 'refs/heads/main', refName: 'main' },
      undefined,
    ],
    [
      'a deployment that has an end',
      { eventName: 'deployment_status', ref: 'refs/heads/main', refName: 'main' },
      undefined,
    ],
    ['a run by hand', { eventName: 'workflow_dispatch', ref: 'refs/heads/main', refName: 'main' }, undefined],
  ])('of %s is of the branch that it is known to be of', async (_, context, branch) => {
    const matches: unknown[] = [];
    const find = async (_target: object, match: object) => {
      matches.push(match);
      return {};
    };
    const mode = await openWatch(parts({ context: { ...context, sha: 'f'.repeat(40) }, platform: { find } }));
    await mode.shipment.obtain(allowance);
    expect(matches).toEqual([{ commit, isCheck: false, repository: 'acme/shop', branch }]);
  });
});

describe('an image', () => {
  const image = `ghcr.io/acme/shop@${railwayDigests.v2}`;
  it.each([
    ['that serves and that the source names is wanted no more', railwayDigests.v2, image, true],
    [
      'that serves and that the source names by another name is wanted no more',
      railwayDigests.v2,
      `docker://shop@${railwayDigests.v2}`,
      true,
    ],
    [
      'that serves, of which the source names no digest, is wanted no more',
      railwayDigests.v2,
      'shop:2',
      true,
    ],
    [
      'that serves is wanted where the source names another: that would come next',
      railwayDigests.v2,
      `shop@${railwayDigests.v1}`,
      false,
    ],
    ['is wanted where another serves, whatever the source names', railwayDigests.v1, image, false],
    ['is wanted where what serves has no digest', undefined, image, false],
  ])('%s', async (_, artifact, named, serves) => {
    const source = { image: named };
    const mode = await openImage(parts({ inputs: { mode: 'image', image }, source }));
    const { artifact: __, ...release } = aRelease({ id: 'live' });
    expect(mode.isWanted?.(artifact === undefined ? release : { ...release, artifact })).toBe(serves);
  });
});

describe('a commit', () => {
  const source = { repo: 'acme/shop' };

  it.each([
    ['by Railway’s word, is wanted no more', { commitHash: commit }, true],
    ['which is another, is wanted', { commitHash: 'b'.repeat(40) }, false],
    ['as an upload says in its message alone, is wanted', { commitMessage: commit }, false],
    ['of which nothing is told, is wanted', undefined, false],
  ])('that serves %s', async (_, meta, serves) => {
    const mode = await openDeployCommit(parts({ source, platform: { metaOf: () => meta } }));
    expect(mode.isWanted?.(aRelease({ id: 'live', commit }))).toBe(serves);
  });

  const failure = (reason: string) => ({ reason, what: 'It failed.', why: 'as told', next: 'Push it.' });
  const merge = {
    ...failure('commit-not-found'),
    why: 'in a pull request the event’s commit is a merge that GitHub made for the run, and no branch has it',
    next: 'Pass the head of the pull request, `github.event.pull_request.head.sha`, as `commit`.',
  };

  it.each<readonly [string, string, Readonly<Record<string, string>>, string, object]>([
    [
      'in a pull request, where it is the merge that GitHub made, with what to pass instead',
      'pull_request',
      {},
      'commit-not-found',
      merge,
    ],
    [
      'in a pull request that names its commit, as it is',
      'pull_request',
      { commit },
      'commit-not-found',
      failure('commit-not-found'),
    ],
    ['after a push, as it is', 'push', {}, 'commit-not-found', failure('commit-not-found')],
    [
      'that failed otherwise in a pull request, as it is',
      'pull_request',
      {},
      'build-failed',
      failure('build-failed'),
    ],
  ])('that fails is told, %s', async (_, eventName, asked, reason, told) => {
    const ship = async () => ({ failure: failure(reason) });
    const mode = await openDeployCommit(
      parts({ inputs: asked, context: { eventName }, source, platform: { ship } }),
    );
    expect(await mode.shipment.obtain(allowance)).toEqual({ failure: told });
  });
});

describe('where what Railway skips is accepted', () => {
  const failed = (reason: string) => ({ failure: { reason, what: 'It failed.', next: 'Look.' } });
  const live = { release: aRelease({ id: 'd2' }) };

  it.each([
    ['a deployment that it skipped leaves all as it was', failed('skipped'), true],
    ['a build that failed is none', failed('build-failed'), false],
    ['a deployment that was removed is none', failed('deployment-removed'), false],
    ['a deployment that is live is itself', live, false],
  ])('%s', async (_, shipped, unchanged) => {
    const { obtain } = acceptingSkips({ obtain: async () => shipped });
    expect(await obtain(allowance)).toEqual(unchanged ? { ...shipped, unchanged } : shipped);
  });
});
