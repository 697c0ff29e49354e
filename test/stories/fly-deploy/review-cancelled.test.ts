import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { images } from '#local-cloud';
import { bundleProcess, signalTo } from '../../support/bundle-process.ts';
import { reviewStage } from '../../support/review-stage.ts';
import { ended, logOf } from '../../support/shop-stage.ts';

const review = reviewStage();

/** Never passes, and is asked for long enough to be cut. */
const checks = `
- name: never
  http: GET /never
  expect: { status: 200 }
  retry: { until: 15s, interval: 200ms }
`;

it.each([
  ['before a machine is touched', '==> Verifying app config', 'cancelled/cancelled, serving old', 'v1'],
  [
    'once its new release serves',
    '##[group]Checks of the new release',
    'cancelled/cancelled, serving new',
    'v3',
  ],
])('a review app cancelled %s says what serves', async (_, at, end, served) => {
  await review.on('opened');
  const cancel = new AbortController();
  const onLine = ({ line }: { readonly line: string }) => line.startsWith(at) && cancel.abort();
  const result = await review.on(
    'synchronize',
    { image: images.v3, checks },
    { signal: cancel.signal, onLine },
  );
  expect(ended(result)).toBe(end);
  expect(await review.served()).toBe(served);
  const label = served === 'v1' ? 'v1' : 'v2';
  expect(result.post?.annotations.map(({ message }) => message)).toEqual([
    expect.stringMatching(`^The job was cancelled\\. fly:pr-7-shop serves ${label}\\. Next: `),
  ]);
});

it.skipIf(!existsSync('/proc'))(
  'an app that was being made when the step was killed is marked by post, and the next run deploys to it',
  async () => {
    const { stage, entries } = review.shop;
    stage.cloud.faults.add({ route: 'flaps.secrets.set', kind: 'stall', nth: 1 });
    const watch = setInterval(() => {
      if (entries('flaps.secrets.set').length > 0) signalTo(bundleProcess('index.js', stage.temp), 'SIGKILL');
    }, 20);
    const killed = await review.on('opened');
    clearInterval(watch);
    expect(killed.post?.annotations.map(({ message }) => message)).toEqual([
      'The step was killed before it could say how it ended. flyctl was still at work, and was ended. ' +
        "The app pr-7-shop had been made, and is marked as this pull request's. fly:pr-7-shop serves nothing. " +
        'Next: Run the job again.',
    ]);
    expect(killed.job.orphans).toEqual([]);
    // It waits for the first deploy of the run that had made the app.
    const next = await review.on('synchronize', { 'wait-timeout': '20s', timeout: '60s' });
    expect(ended(next), logOf(next)).toBe('live/platform-only, serving new');
  },
  120_000,
);
