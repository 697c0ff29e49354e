import { describe, expect, it } from 'vitest';
import { commits, images } from '#local-cloud';
import { pull, repo, reviewStage } from '../../support/review-stage.ts';
import { annotations, ended, logOf, shopChecks } from '../../support/shop-stage.ts';

const review = reviewStage();
const closePull = () => review.github(`PATCH ${repo}/pulls/${pull}`, { state: 'closed' });

describe('the life of a review app', () => {
  it('begins with its pull request, follows it, and ends with it', async () => {
    const opened = await review.on('opened', { checks: shopChecks });
    console.log(logOf(opened), annotations(opened));
    expect(ended(opened)).toBe('live/verified, serving new');
    console.log(await review.comments());
    await review.push(commits.v3);
    const updated = await review.on('synchronize', { image: images.v3, checks: shopChecks });
    console.log(logOf(updated));
    expect(ended(updated)).toBe('live/verified, serving new');
    console.log(await review.comments());
    await closePull();
    const closed = await review.on('closed');
    console.log(logOf(closed), closed.main.outputs);
    console.log(await review.comments());
    expect(ended(closed)).toBe('done/review-app-destroyed, serving nothing');
    console.log(JSON.stringify(await review.github(`GET ${repo}/deployments`), null, 1));
  });
});
