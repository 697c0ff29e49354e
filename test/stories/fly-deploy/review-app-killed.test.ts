import { expect, it } from 'vitest';
import { fly } from '#local-cloud';
import type { LogLine } from '#local-runner';
import { eventually } from '../../support/eventually.ts';
import { reviewStage } from '../../support/review-stage.ts';
import { ended, logOf } from '../../support/shop-stage.ts';

const review = reviewStage();
const machines = () => {
  const app = review.shop.stage.cloud.service(fly).world.apps.get('pr-7-shop');
  const there = [...(app?.machines.values() ?? [])].filter(({ state }) => state !== 'destroyed');
  return there.map(({ config, state }) => `v${config.metadata?.fly_release_version} ${state}`);
};

/** The runner is lost when the first of the app's two machines is made. */
async function lostInTheMaking() {
  const dead = new AbortController();
  const onLine = ({ line }: LogLine) => line.includes('was created') && dead.abort();
  const github = { run_id: '900', run_attempt: '1' };
  await review.on('opened', {}, { signal: dead.signal, cutOffMs: 0, onLine, github });
  await eventually(() => machines().join() === 'v1 started');
}

const again = { github: { run_id: '900', run_attempt: '2' } };
const told =
  'app/iad has 1 machine of the 2 that flyctl makes at first: the deploy that made it has not come to a good end';

it('an app that was lost in the making has both its machines after the next run', {
  timeout: 120_000,
}, async () => {
  await lostInTheMaking();
  const result = await review.on('synchronize', {}, again);
  expect(ended(result), logOf(result)).toBe('live/platform-only, serving new');
  expect(logOf(result)).toContain(told);
  expect(logOf(result)).toMatch(
    /^Made machine \w+ of app\/iad, which a deploy that was cut had left out\.$/m,
  );
  await eventually(() => machines().join() === 'v2 started,v2 started');
  expect(await review.served()).toBe('v1');
});

it('has one where one is asked for', { timeout: 120_000 }, async () => {
  await lostInTheMaking();
  const result = await review.on('synchronize', { ha: 'false' }, again);
  expect(ended(result), logOf(result)).toBe('live/platform-only, serving new');
  expect(machines()).toEqual(['v2 started']);
});
