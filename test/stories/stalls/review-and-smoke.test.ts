import { describe, expect, it } from 'vitest';
import { demo, images } from '#local-cloud';
import { reviewStage } from '../../support/review-stage.ts';
import { shopChecks } from '../../support/shop-stage.ts';
import { bothMs, expectEnd, type From, limits, stalled } from './stalled.ts';

// The story: everything a review app, or a smoke test, depends on stops answering at once.

const review = reviewStage();

describe('a review app whose dependencies all stall', () => {
  it.each<[string, From]>([
    ['from the first call on', 'the start'],
    ['once the app is made', ['flaps.apps.create', 1]],
    ['once its release is made', ['uiex.releases.create', 1]],
  ])('%s ends in time', async (_, from) => {
    const event = await review.event('opened');
    const run = () =>
      review.run(
        { checks: shopChecks, image: images.v1, ...limits },
        { github: { event_name: 'pull_request', event: { ...event } } },
      );
    const result = await stalled(review.shop.stage, { from, withinMs: bothMs }, run);
    expectEnd(result, { withinMs: bothMs, serves: 'new' });
  });

  it('that is swept ends in time', async () => {
    const run = () => review.sweep({ ...limits });
    const result = await stalled(review.shop.stage, { from: 'the start', withinMs: bothMs }, run);
    expectEnd(result, { withinMs: bothMs, serves: 'unknown' });
  });
});

describe('a smoke test whose dependencies all stall', () => {
  it.each<[string, Readonly<Record<string, string>>]>([
    ['asks the app alone', {}],
    ['compares with what the ledger says', { release: 'live', 'ledger-id': 'live' }],
    ['asks Fly for the machines', { checks: '- name: machines\n  fly-machines: { machines: { gte: 1 } }\n' }],
  ])('and which %s ends in time', async (_, inputs) => {
    const { stage } = review.shop;
    const given = {
      url: `https://${demo.fly.host}`,
      service: 'shop',
      checks: shopChecks,
      timeout: '8s',
      'fly-app': demo.fly.app,
      'fly-token': demo.fly.token,
      ...inputs,
    };
    const result = await stalled(stage, { from: 'the start', withinMs: 8_000 }, () =>
      stage.run('smoke-test', given),
    );
    expect(['inconclusive', 'error', 'fail']).toContain(result.main.outputs.outcome);
    expect(result.main.durationMs).toBeLessThan(18_000);
  });
});
