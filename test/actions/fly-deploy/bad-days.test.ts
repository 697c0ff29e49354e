import { expect, it } from 'vitest';
import { demo, type FaultRule, fly, images } from '#local-cloud';
import { annotations, ended, logOf, shopStage } from '../../support/shop-stage.ts';

const shop = shopStage();

interface Day {
  readonly what: string;
  readonly fault: FaultRule;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly end: string;
  /** What is said after the headline: the cause, and the one thing to do. */
  readonly said: string;
}

const days: readonly Day[] = [
  {
    what: 'Fly refuses the release for too many requests',
    fault: { route: 'uiex.releases.create', kind: 'rate-limit' },
    end: 'rejected/rate-limited, serving old',
    said:
      'Flyctl ended with exit code 1: failed to create release (status 429): {"error":"rate limit exceeded"}. ' +
      'Next: Run the job again in a few minutes.',
  },
  {
    what: 'Fly cannot make a release',
    fault: { route: 'uiex.releases.create', kind: 'status', status: 503 },
    end: 'rejected/release-not-created, serving old',
    said:
      'Flyctl ended with exit code 1: failed to create release (status 503):. ' +
      'Next: Look at https://status.flyio.net, then run the job again.',
  },
  {
    what: 'a gateway answers with a page',
    fault: { route: 'flaps.machines.update', kind: 'html', nth: 1, count: 4 },
    end: 'rejected/platform-error, serving old',
    said:
      'Flyctl ended with exit code 1: failed to update VM 1dff322fcae0de: request returned non-2xx status: 502: ' +
      '502 Bad gateway 502 Bad gateway. Next: Look at https://status.flyio.net, then run the job again.',
  },
  {
    what: 'the connection is reset before the release is made',
    fault: { route: 'uiex.releases.create', kind: 'reset-before' },
    end: 'rejected/platform-error, serving old',
    said:
      'Flyctl ended with exit code 1: Post "https://api.fly.io/api/v1/releases": read tcp 127.0.0.1->127.0.0.1: read: ' +
      'connection reset by peer. Next: Look at https://status.flyio.net, then run the job again.',
  },
  {
    what: 'the connection is reset after the release was made',
    fault: { route: 'uiex.releases.create', kind: 'reset-after' },
    end: 'rejected/platform-error, serving old',
    said:
      'Flyctl ended with exit code 1: Post "https://api.fly.io/api/v1/releases": read tcp 127.0.0.1->127.0.0.1: read: ' +
      'connection reset by peer. Next: Look at https://status.flyio.net, then run the job again.',
  },
  {
    what: 'the connection is reset after the first machine was updated',
    fault: { route: 'flaps.machines.update', kind: 'reset-after', nth: 1 },
    end: 'restored/platform-only, serving old',
    said:
      'Flyctl ended with exit code 1: failed to update VM 1dff322fcae0de: ' +
      'Post "https://api.machines.dev/v1/apps/shop/machines/1dff322fcae0de": read tcp 127.0.0.1->127.0.0.1: read: ' +
      'connection reset by peer. Next: Look at https://status.flyio.net, then run the job again.',
  },
  {
    what: 'flyctl hangs on its last call, though every machine runs the new version',
    fault: { route: 'uiex.releases.patch', kind: 'stall', nth: 2 },
    inputs: { timeout: '10s' },
    end: 'restored/platform-only, serving old',
    said:
      'The deploy did not end within `timeout`. ' +
      'Next: Raise `timeout` if the deploy is really that slow; otherwise look at what it waited for.',
  },
];

it.each(days)('$what', async ({ fault, inputs = {}, end, said }) => {
  shop.stage.cloud.faults.add(fault);
  const result = await shop.deploy({ image: images.v3, ...inputs });
  expect(ended(result)).toBe(end);
  expect(await shop.served()).toBe('v1');
  const [line = '', ...more] = annotations(result);
  expect(line.slice(line.indexOf('). ') + 3)).toBe(said);
  expect(more).toEqual([]);
  expect(logOf(result)).not.toMatch(/^ +at .*:\d+:\d+/m);
  expect(result.job.orphans).toEqual([]);
});

it('someone else holds the machines', async () => {
  await shop.served();
  const machines = shop.stage.cloud.service(fly).world.apps.get(demo.fly.app)?.machines.values() ?? [];
  const theirs = { nonce: 'theirs', owner: 'eve@example.com', description: 'deploy', ttlSeconds: 60 };
  for (const machine of machines) machine.lease.acquire(theirs, undefined);
  const result = await shop.deploy({ image: images.v3, timeout: '6s' });
  expect(ended(result)).toBe('rejected/lease-held, serving old');
  expect(annotations(result)[0]).toMatch(
    /Another client still holds the lease of machine \w+ \(held by eve@example\.com\), .* Next: Wait for the other deploy to end, then run this job again\.$/,
  );
  expect(shop.entries('uiex.releases.create')).toEqual([]);
});

it('Fly is down from the start', async () => {
  shop.stage.cloud.faults.add({ service: 'fly', route: '*', kind: 'status', status: 503 });
  const result = await shop.deploy({ image: images.v3 });
  expect(ended(result)).toBe('error/platform-error, serving unknown');
  expect(annotations(result)).toEqual([
    'error: platform-error: POST https://api.fly.io/graphql → 503 Service Unavailable. ' +
      'Next: Look at the platform’s status page, then run the job again.',
  ]);
  expect(shop.mutations()).toEqual([]);
});
