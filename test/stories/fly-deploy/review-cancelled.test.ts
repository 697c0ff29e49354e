import { expect, it } from 'vitest';
import { images } from '#local-cloud';
import { reviewStage } from '../../support/review-stage.ts';
import { ended } from '../../support/shop-stage.ts';

const review = reviewStage();

it.each([
  ['before a machine is touched', '==> Verifying app config', 'cancelled/cancelled, serving old', 'v1'],
  ['once its new release serves', 'ship: v2', 'cancelled/cancelled, serving new', 'v3'],
])('a review app cancelled %s says what serves', async (_, at, end, served) => {
  await review.on('opened');
  const cancel = new AbortController();
  const onLine = ({ line }: { readonly line: string }) => line.startsWith(at) && cancel.abort();
  const result = await review.on('synchronize', { image: images.v3 }, { signal: cancel.signal, onLine });
  expect(ended(result)).toBe(end);
  expect(await review.served()).toBe(served);
  const label = served === 'v1' ? 'v1' : 'v2';
  expect(result.post?.annotations.map(({ message }) => message)).toEqual([
    expect.stringMatching(`^The job was cancelled\\. fly:pr-7-shop serves ${label}\\. Next: `),
  ]);
});
