import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ActionFailure, type ActionResult, type TimeBudget } from '#core';
import type { FlyDeployInputs } from '../../../actions/fly-deploy/src/inputs.ts';
import { runReviewApp } from '../../../actions/fly-deploy/src/review/review-app.ts';
import { recordingRunner } from '../../support/recording-runner.ts';

/** What Fly and GitHub answer: the pull request is closed while the deploy runs. */
const fake = vi.hoisted(() => ({
  destroy: async (): Promise<{ readonly kind: 'destroyed' | 'absent' | 'foreign' }> => ({
    kind: 'destroyed',
  }),
  announcements: 0,
  announceRemoval: async () => {},
  states: ['open', 'closed'],
}));

vi.mock('../../../actions/fly-deploy/src/review/open.ts', () => ({
  sinceOf: () => ({}),
  openReview: async () => ({
    organization: 'acme',
    apps: {
      standing: async ({ name }: { name: string }) => ({ kind: name === 'pr-7-shop' ? 'ours' : 'absent' }),
      prepare: async () => 'there',
      destroy: () => fake.destroy(),
    },
    pulls: {
      state: async () => ({ kind: fake.states.shift() ?? 'closed', head: 'c0ffee' }),
      isOutdated: async () => false,
    },
    announceRemoval: async () => {
      fake.announcements += 1;
      await fake.announceRemoval();
    },
  }),
}));

const access = {
  token: 'token',
  organization: 'acme',
  service: undefined,
  repository: { owner: 'acme', name: 'shop', id: '1001' },
};
const subject = {
  name: 'pr-7-shop',
  number: 7,
  environment: 'pr-7',
  head: 'c0ffee',
  service: 'pr-7-shop',
  part: 'pr-7-shop',
};
const live: ActionResult = {
  outcome: 'live',
  reason: 'verified',
  serving: 'new',
  ok: true,
  outputs: {},
  headline: 'Live.',
};
const broken = new ActionFailure({ code: 'image-not-found', what: 'there is no image', next: 'Build it' });

beforeEach(() => {
  fake.announcements = 0;
  fake.announceRemoval = async () => {};
  fake.states = ['open', 'closed'];
});

async function run(deploy: () => Promise<ActionResult>) {
  const runner = recordingRunner();
  const ports = { runner, signal: new AbortController().signal };
  const budget = { ports, end: () => {} } as unknown as TimeBudget;
  const wanted = { kind: 'review', access, subject } as const;
  const came = await runReviewApp(budget, {} as FlyDeployInputs, wanted, deploy).catch((error) => error);
  return { came, told: runner.log, announcements: fake.announcements };
}

describe('a pull request that is closed while its app is deployed to', () => {
  it('takes the app with it', async () => {
    fake.destroy = async () => ({ kind: 'destroyed' });
    expect(await run(async () => live)).toMatchObject({
      came: { reason: 'review-app-destroyed', serving: 'nothing' },
      told: [],
      announcements: 1,
    });
  });

  it('takes the app with it, also where that can be told to nobody', async () => {
    fake.destroy = async () => ({ kind: 'destroyed' });
    fake.announceRemoval = async () => {
      throw new Error('GitHub answered 502');
    };
    expect((await run(async () => live)).came).toMatchObject({
      reason: 'review-app-destroyed',
      serving: 'nothing',
      annotations: [
        {
          level: 'warning',
          message: 'The app’s records could not be set inactive: GitHub answered 502.',
        },
      ],
    });
  });

  const refused = async () => {
    throw new Error('Fly answered 500');
  };
  const next = 'A sweep (`review-app: sweep`) destroys it, and so does `fly apps destroy pr-7-shop`.';

  it('leaves the verdict as it is where the app cannot be destroyed: what is live serves on', async () => {
    fake.destroy = refused;
    expect(await run(async () => live)).toEqual({
      came: live,
      told: [
        `warning The pull request was closed meanwhile, and its app pr-7-shop could not be destroyed: Fly answered 500. ${next}`,
      ],
      announcements: 0,
    });
  });

  it('leaves it as well where nothing proves that the app is ours', async () => {
    fake.destroy = async () => ({ kind: 'foreign' });
    expect(await run(async () => live)).toEqual({
      came: live,
      told: [
        `warning The pull request was closed meanwhile, and its app pr-7-shop was left alone: nothing proves any more that it is the review app of pull request 7. Destroy it with \`fly apps destroy pr-7-shop\` if it is.`,
      ],
      announcements: 0,
    });
  });

  it('leaves what went wrong with the deploy to be told, beside what became of the app', async () => {
    fake.destroy = refused;
    const { came, told } = await run(() => Promise.reject(broken));
    expect([came, told.length]).toEqual([broken, 1]);
  });
});
