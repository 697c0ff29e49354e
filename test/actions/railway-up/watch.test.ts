import { beforeEach, describe, expect, it } from 'vitest';
import { commits } from '#local-cloud';
import type { LogLine } from '#local-runner';
import type { RunOptions } from '../../../scripts/stage.ts';
import { eventually } from '../../support/eventually.ts';
import { connect, push } from '../../support/railway-pushes.ts';
import { homeCheck, railwayStage } from '../../support/railway-stage.ts';
import { ended, logOf } from '../../support/shop-stage.ts';

const shop = railwayStage();
const web = { service: 'web' };
const broken = { SHOP_ROOT_STATUS: '500' };

beforeEach(() => {
  connect(shop.railway);
});

/** `mode: watch` for v2's commit. */
const watch = (inputs: Readonly<Record<string, string>> = {}, options: RunOptions = {}) =>
  shop.up({ version: 'not uploaded' }, { mode: 'watch', checks: homeCheck, ...inputs }, options);

/** Does something once, when a line is printed that begins so. */
function once(line: string, then: () => Promise<unknown>) {
  const done: Promise<unknown>[] = [];
  return {
    onLine: (printed: LogLine) =>
      void (done.length === 0 && printed.line.startsWith(line) && done.push(then())),
    over: () => Promise.all(done),
  };
}

describe('a push that Railway deploys by itself', () => {
  it('is waited for until it appears, followed and proved; nothing is asked of Railway but to tell', async () => {
    const { onLine, over } = once('Waiting for Railway to deploy', () => push(shop.railway));
    const result = await watch({}, { onLine });
    await over();
    expect([ended(result), await shop.served(), shop.mutations()]).toEqual([
      'live/verified, serving new',
      'v2',
      [],
    ]);
  });

  it('that is healthy and broken is taken back by a rollback of Railway’s', async () => {
    await push(shop.railway, { settings: broken });
    const result = await watch();
    expect([ended(result), await shop.served(), shop.mutations()]).toEqual([
      'restored/checks-failed, serving old',
      'v1',
      ['graphql.deploymentRollback'],
    ]);
    expect(logOf(result) + (result.main.summary ?? '')).toContain(
      'the next push deploys the newer code again',
    );
  });

  it.each([
    ['good', {}, 'live/verified, serving new', 'v2'],
    ['broken', broken, 'restored/checks-failed, serving old', 'v1'],
  ])(
    'and that is live before this run looks, is judged all the same: %s',
    async (_, settings, end, served) => {
      await push(shop.railway, { settings });
      await eventually(async () => (await shop.served()) === 'v2');
      const result = await watch();
      expect([ended(result), await shop.served()]).toEqual([end, served]);
      const { status, 'deployment-id': id } = result.main.outputs;
      expect([status, id]).toEqual(['SUCCESS', expect.stringMatching(/^[0-9a-f-]{36}$/)]);
    },
  );

  it('is unchanged where the job runs again after its verdict', async () => {
    await push(shop.railway);
    await watch();
    const again = await watch({}, { github: { run_attempt: '2' } });
    expect([ended(again), shop.mutations()]).toEqual(['unchanged/already-live, serving new', []]);
  });
});

interface BadDay {
  readonly name: string;
  readonly play?: () => Promise<unknown>;
  /** What happens once its deployment has been found. */
  readonly meanwhile?: () => Promise<unknown>;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly github?: NonNullable<RunOptions['github']>;
  readonly end: string;
  readonly served: string;
  readonly says?: string;
}

/** What is asked of Railway on each of them: to tell, and nothing else. */
const badDays: readonly BadDay[] = [
  {
    name: 'the webhook comes twice: the newer one is followed',
    play: async () => {
      shop.railway.next(web, { kind: 'build-takes', ms: 20_000 });
      await push(shop.railway);
    },
    meanwhile: () => push(shop.railway),
    end: 'live/verified, serving new',
    served: 'v2',
    says: 'deploys the same commit once more',
  },
  {
    name: 'another push overtakes it',
    play: async () => {
      shop.railway.next(web, { kind: 'build-takes', ms: 20_000 });
      await push(shop.railway);
    },
    meanwhile: () => push(shop.railway, { sha: commits.v3, version: 'v3' }),
    end: 'stranded/superseded, serving unknown',
    served: 'v3',
    says: 'of something else, came after it',
  },
  {
    name: 'the webhook is lost',
    inputs: { timeout: '12s' },
    end: 'rejected/deployment-not-made, serving old',
    served: 'v1',
    says: 'it has not heard of the push',
  },
  {
    name: 'automatic deploys are switched off',
    play: async () => void connect(shop.railway, { enabled: false }),
    inputs: { timeout: '12s' },
    end: 'rejected/deployment-not-made, serving old',
    served: 'v1',
    says: 'automatic deploys are switched off',
  },
  {
    name: 'it is built from another branch',
    play: async () => void connect(shop.railway, { branch: 'stable' }),
    inputs: { timeout: '12s' },
    end: 'rejected/deployment-not-made, serving old',
    served: 'v1',
    says: 'deploys the branch stable, and this run is of main',
  },
  {
    name: 'the service has no repository: nothing is waited for',
    play: async () => {
      const connected = connect(shop.railway);
      connected.settings = { ...connected.settings, source: { repo: null, image: null } };
      connected.trigger = undefined;
    },
    end: 'rejected/deployment-not-made, serving old',
    served: 'v1',
    says: 'has no repository whose pushes deploy it',
  },
  {
    name: 'it waits for CI, and this job is part of it',
    play: async () => {
      connect(shop.railway, { checkSuites: true });
      await push(shop.railway);
    },
    end: 'rejected/waiting-for-ci, serving old',
    served: 'v1',
    says: 'this job is one of them',
  },
  {
    name: 'it waits for CI, and this job is none of it: a check fails',
    play: async () => {
      connect(shop.railway, { checkSuites: true });
      shop.railway.next(web, { kind: 'waits-for-ci', ends: 'skipped', afterMs: 3_000 });
      await push(shop.railway);
    },
    github: { event_name: 'deployment_status' },
    end: 'rejected/skipped, serving old',
    served: 'v1',
    says: 'CI check suite failed',
  },
  {
    name: 'it waits for CI, and this job is none of it: the checks pass',
    play: async () => {
      connect(shop.railway, { checkSuites: true });
      shop.railway.next(web, { kind: 'waits-for-ci', ends: 'goes-on', afterMs: 3_000 });
      await push(shop.railway);
    },
    github: { event_name: 'deployment_status' },
    end: 'live/verified, serving new',
    served: 'v2',
  },
  {
    name: 'it waits for a person: that is left to the person',
    play: async () => {
      shop.railway.next(web, { kind: 'needs-approval' });
      await push(shop.railway);
    },
    end: 'rejected/needs-approval, serving old',
    served: 'v1',
  },
  {
    name: 'it failed before, and the job runs again',
    play: async () => {
      shop.railway.next(web, { kind: 'build-fails' });
      await push(shop.railway);
    },
    github: { run_attempt: '2' },
    end: 'rejected/build-failed, serving old',
    served: 'v1',
  },
  {
    name: 'it takes longer than there is time: Railway goes on with it',
    play: async () => {
      shop.railway.next(web, { kind: 'build-takes', ms: 60_000 });
      await push(shop.railway);
    },
    inputs: { timeout: '10s' },
    end: 'rejected/deploy-timeout, serving old',
    served: 'v1',
  },
];

describe('a bad day of a push', () => {
  it.each(badDays)(
    '$name',
    async ({ play, meanwhile = async () => {}, inputs, github, end, served, says }) => {
      await play?.();
      const { onLine, over } = once('Railway deploys ', meanwhile);
      const result = await watch(inputs, { onLine, ...(github && { github }) });
      await over();
      await eventually(async () => (await shop.served()) === served);
      expect([ended(result), shop.mutations()]).toEqual([end, []]);
      expect(logOf(result)).toContain(says ?? '');
    },
  );
});

describe('a commit that is older than what serves', () => {
  it('and that Railway deploys all the same is watched: no gate holds Railway up', async () => {
    await push(shop.railway, { sha: commits.v3, version: 'v3' });
    await watch({}, { sha: commits.v3 });
    await push(shop.railway);
    expect([ended(await watch()), await shop.served()]).toEqual(['live/verified, serving new', 'v2']);
  });
});

describe('a deployment that Railway skips', () => {
  const unwatched = async (settings: Readonly<Record<string, string>> = {}) => {
    if (Object.keys(settings).length > 0)
      await shop.up({ version: 'v1b', settings }, { 'on-failure': 'none' });
    shop.railway.next(web, { kind: 'skipped', reason: 'No changes to watched files' });
    await push(shop.railway);
  };

  it.each([
    ['fails', 'reject', {}, 'rejected/skipped, serving old'],
    [
      'is unchanged where that is accepted and what serves is good',
      'accept',
      {},
      'unchanged/already-live, serving new',
    ],
    ['is none where what serves is bad', 'accept', broken, 'stranded/already-live-failing, serving new'],
  ])('%s', async (_, onSkipped, settings, end) => {
    await unwatched(settings);
    const result = await watch({ 'on-skipped': onSkipped });
    expect([ended(result), result.main.outputs['skipped-reason']]).toEqual([
      end,
      'No changes to watched files',
    ]);
  });
});

describe('a job that is cancelled', () => {
  it('while Railway builds leaves the deployment to Railway, and says so', async () => {
    shop.railway.next(web, { kind: 'build-takes', ms: 3_000 });
    await push(shop.railway);
    const cancel = new AbortController();
    const onLine = ({ line }: LogLine) => line.startsWith('BUILDING') && cancel.abort();
    const result = await watch({}, { signal: cancel.signal, onLine });
    expect([ended(result), shop.mutations()]).toEqual(['cancelled/cancelled, serving old', []]);
    expect(logOf(result)).toContain('Railway goes on with it, and it goes live unproved');
    await eventually(async () => (await shop.served()) === 'v2');
  });
});
