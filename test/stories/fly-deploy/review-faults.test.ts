import { describe, expect, it } from 'vitest';
import { type FaultRule, fly } from '#local-cloud';
import { pull, repo, reviewStage } from '../../support/review-stage.ts';
import { annotations, ended } from '../../support/shop-stage.ts';

const review = reviewStage();
const strikes = (rule: FaultRule) => review.shop.stage.cloud.faults.add(rule);
const closePull = () => review.github(`PATCH ${repo}/pulls/${pull}`, { state: 'closed' });
const marks = () => {
  const app = review.shop.stage.cloud.service(fly).world.apps.get('pr-7-shop');
  return app === undefined ? [] : [...app.secrets.keys()];
};
const mark = ['BELAY_REVIEW_APP_1001_7'];

describe('an app whose making is disturbed', () => {
  it.each([
    ['the answer to its making is lost', { route: 'flaps.apps.create', kind: 'reset-after', nth: 1 }],
    ['it cannot be seen at once', { route: 'flaps.apps.get', kind: 'status', status: 500, nth: 1 }],
    ['its mark is refused once', { route: 'flaps.secrets.set', kind: 'status', status: 500, nth: 1 }],
  ] as const)('is marked all the same, and deployed to: %s', async (_, rule) => {
    strikes(rule);
    expect(ended(await review.on('opened'))).toBe('live/platform-only, serving new');
    expect(marks()).toEqual(mark);
  });

  it('is marked when the job is cancelled while it is made', async () => {
    const cancelled = new AbortController();
    strikes({ route: 'flaps.apps.create', kind: 'delay', ms: 1500 });
    const { journal } = review.shop.stage.cloud;
    const watch = setInterval(() => {
      if (journal.entries().some(({ route }) => route === 'graphql.organizations')) cancelled.abort();
    }, 50);
    const result = await review.on('opened', {}, { signal: cancelled.signal });
    clearInterval(watch);
    expect(ended(result)).toBe('cancelled/cancelled, serving nothing');
    expect(marks()).toEqual(mark);
  });

  it('is not left behind when it cannot be marked', async () => {
    strikes({ route: 'flaps.secrets.set', kind: 'status', status: 500 });
    expect(ended(await review.on('opened'))).toBe('error/platform-error, serving unknown');
    expect(review.apps()).toEqual([]);
  });

  it('is not there when Fly refuses to make it, and the next run makes it', async () => {
    strikes({ route: 'flaps.apps.create', kind: 'rate-limit', nth: 1 });
    const refused = await review.on('opened');
    expect(ended(refused)).toBe('error/rate-limited, serving unknown');
    expect(annotations(refused)).toEqual([
      'error: rate-limited: flyctl ended with exit code 1: rate limit exceeded. ' +
        'Next: Run the job again in a few minutes.',
    ]);
    expect(review.apps()).toEqual([]);
    expect(ended(await review.on('opened'))).toBe('live/platform-only, serving new');
  });
});

describe('an app whose end is disturbed', () => {
  it('is gone, though Fly’s answer was lost', async () => {
    await review.on('opened');
    await closePull();
    strikes({ route: 'flaps.apps.destroy', kind: 'reset-after', nth: 1 });
    expect((await review.on('closed')).main.exitCode).toBe(0);
    expect(review.apps()).toEqual([]);
  });

  it('is there still when Fly refuses, and says so; the next run destroys it', async () => {
    await review.on('opened');
    await closePull();
    strikes({ route: 'flaps.apps.destroy', kind: 'status', status: 500, nth: 1 });
    const refused = await review.on('closed');
    expect(ended(refused)).toBe('error/platform-error, serving unknown');
    expect(await review.served()).toBe('v1');
    expect(ended(await review.on('closed'))).toBe('done/review-app-destroyed, serving nothing');
  });
});

describe('a GitHub that does not answer', () => {
  it('keeps no app from being made, and none from being destroyed', async () => {
    strikes({ service: 'github', route: '*', kind: 'status', status: 503 });
    const event = { pull_request: { number: 7, head: { sha: 'c0ffee', repo: { full_name: 'acme/shop' } } } };
    const facts = (action: string) => ({
      event_name: 'pull_request',
      event: { ...event, action, repository: { full_name: 'acme/shop' } },
    });
    const opened = await review.run({ timeout: '15s' }, { github: facts('opened') });
    expect(ended(opened)).toBe('live/platform-only, serving new');
    const closed = await review.run({ timeout: '15s' }, { github: facts('closed') });
    expect(ended(closed)).toBe('done/review-app-destroyed, serving nothing');
  });
});
