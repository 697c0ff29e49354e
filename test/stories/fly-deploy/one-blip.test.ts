import { describe, expect, it } from 'vitest';
import { type FaultRule, images } from '#local-cloud';
import { ended, logOf, shopChecks, shopStage } from '../../support/shop-stage.ts';

/** One gate alone, so that it is the one that meets the blip. */
const [home = ''] = shopChecks.split(/(?=- name: health)/);

// The story: the first request after a ship meets a machine that has only just started. Nobody wrote a `retry`.

const shop = shopStage();

/** Both machines have been updated; what the service is asked from then on. */
const shipped = { route: 'flaps.machines.update', nth: 2 } as const;

const blips: readonly [string, FaultRule, string][] = [
  ['a 503', { route: 'app', kind: 'status', status: 503, after: shipped, count: 1 }, '503'],
  ['a 500', { route: 'app', kind: 'status', status: 500, after: shipped, count: 1 }, '500'],
  [
    'a reset',
    { route: 'app', kind: 'reset-before', after: shipped, count: 1 },
    '“GET https://shop.fly.dev/ → read ECONNRESET before any answer”',
  ],
];

describe.each(blips)('%s on the first request after the ship', (_, blip, met) => {
  it('takes no good release back', async () => {
    shop.stage.cloud.faults.add(blip);
    const result = await shop.deploy({ image: images.v3, checks: home });
    expect(ended(result)).toBe('live/verified, serving new');
    expect(await shop.served()).toBe('v3');
    expect(
      logOf(result)
        .split('\n')
        .filter((line) => line.startsWith('home: ')),
    ).toEqual([`home: ${met} at first, asked again after 5 s: 200.`]);
  });
});

describe('a service that comes up late', () => {
  it('has 30 s to come good', async () => {
    shop.stage.cloud.faults.add({ route: 'app', kind: 'status', status: 503, after: shipped, count: 2 });
    const result = await shop.deploy({ image: images.v3, checks: home, timeout: '60s' });
    expect(ended(result)).toBe('live/verified, serving new');
    expect(logOf(result)).toMatch(/: 503 at first, asked again 2 times within 10 s: 200\.$/m);
  });
});

describe('a rollback', () => {
  it('is as patient', async () => {
    await shop.deploy({ image: images.v3, checks: home });
    shop.stage.cloud.faults.add({ route: 'app', kind: 'status', status: 503, after: shipped, count: 1 });
    const result = await shop.rollback({ to: 'previous', checks: home });
    expect(ended(result)).toBe('restored/verified, serving old');
    expect(await shop.served()).toBe('v1');
  });
});

describe('a release that is bad', () => {
  it('is taken back after two looks, and the summary shows both', async () => {
    const result = await shop.deploy({ image: images.v2Error, checks: shopChecks });
    expect(ended(result)).toBe('restored/checks-failed, serving old');
    expect(result.job.summary).toContain('home: 500 at first, asked again after 5 s: 500');
  });
});
