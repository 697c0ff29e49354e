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
  farewells: 0,
  farewell: async () => {},
  states: ['open', 'closed'],
}));

vi.mock('../../../actions/fly-deploy/src/review/open.ts', () => ({
  sinceOf: () => ({}),
  openReview: async () => ({
    organization: 'acme',
    apps: { prepare: async () => 'there', destroy: () => fake.destroy() },
    pulls: {
      state: async () => ({ kind: fake.states.shift() ?? 'closed', head: 'c0ffee' }),
      isOutdated: async () => false,
    },
    farewell: async () => {
      fake.farewells += 1;
      await fake.farewell();
    },
  }),
}));

const subject = { name: 'pr-7-shop', number: 7, environment: 'pr-7', service: 'shop', head: 'c0ffee' };
const live: ActionResult = {
  ...{ outcome: 'live', reason: 'verified', serving: 'new', ok: true },
  ...{ outputs: {}, headline: 'Live.' },
};
const broken = new ActionFailure({ code: 'image-not-found', what: 'there is no image', next: 'Build it' });

beforeEach(() => {
  fake.farewells = 0;
  fake.farewell = async () => {};
  fake.states = ['open', 'closed'];
});

async function run(deploy: () => Promise<ActionResult>) {
  const runner = recordingRunner();
  const ports = { runner, signal: new AbortController().signal };
  const budget = { ports, end: () => {} } as unknown as TimeBudget;
  const wanted = { kind: 'review', access: {}, subject } as Parameters<typeof runReviewApp>[2];
  const came = await runReviewApp(budget, {} as FlyDeployInputs, wanted, deploy).catch((error) => error);
  return { came, told: runner.log, farewells: fake.farewells };
}

describe('a pull request that is closed while its app is deployed to', () => {
  it('takes the app with it', async () => {
    fake.destroy = async () => ({ kind: 'destroyed' });
    expect(await run(async () => live)).toMatchObject({
      came: { reason: 'review-app-destroyed', serving: 'nothing' },
      told: [],
      farewells: 1,
    });
  });

  it('takes the app with it, also where that can be told to nobody', async () => {
    fake.destroy = async () => ({ kind: 'destroyed' });
    fake.farewell = async () => {
      throw new Error('GitHub answered 502');
    };
    expect((await run(async () => live)).came).toMatchObject({
      ...{ reason: 'review-app-destroyed', serving: 'nothing' },
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
      farewells: 0,
    });
  });

  it('leaves it as well where nothing proves that the app is ours', async () => {
    fake.destroy = async () => ({ kind: 'foreign' });
    expect(await run(async () => live)).toEqual({
      came: live,
      told: [
        `warning The pull request was closed meanwhile, and its app pr-7-shop could not be destroyed: nothing proves that it is the review app of pull request 7. ${next}`,
      ],
      farewells: 0,
    });
  });

  it('leaves what went wrong with the deploy to be told, beside what became of the app', async () => {
    fake.destroy = refused;
    const { came, told } = await run(() => Promise.reject(broken));
    expect([came, told.length]).toEqual([broken, 1]);
  });
});
