import { describe, expect, it } from 'vitest';
import { commits, fly, images } from '#local-cloud';
import { findFlyctl } from '../../scripts/find-flyctl.ts';
import { pull, repo, reviewStage } from '../support/review-stage.ts';
import { ended } from '../support/shop-stage.ts';

const { path, why } = findFlyctl();
const checks = '- { name: home, http: GET /, expect: { status: 200 } }';

describe.skipIf(path === undefined)(
  `a review app made and destroyed by the real flyctl${why === undefined ? '' : ` (skipped: ${why})`}`,
  () => {
    const review = reviewStage('any');

    it('lives from its pull request’s first day to its last', async () => {
      expect(review.shop.stage.flyctl.kind).toBe('real');
      const opened = await review.on('opened', { checks });
      expect(ended(opened)).toBe('live/verified, serving new');
      expect(await review.served()).toBe('v1');
      await review.push(commits.v3);
      const updated = await review.on('synchronize', { image: images.v3, checks });
      expect(ended(updated)).toBe('live/verified, serving new');
      await review.github(`PATCH ${repo}/pulls/${pull}`, { state: 'closed' });
      expect(ended(await review.on('closed'))).toBe('done/review-app-destroyed, serving nothing');
      expect(review.apps()).toEqual([]);
      expect(ended(await review.on('closed'))).toBe('done/review-app-absent, serving nothing');
    });

    it('is not made twice by two runs at once', async () => {
      const results = await Promise.all([review.on('opened'), review.on('synchronize')]);
      expect(results.map(({ main }) => main.exitCode)).toEqual([0, 0]);
      expect(review.machines('pr-7-shop')).toBe(2);
    });

    it('is not made by a token of another app', async () => {
      const { world } = review.shop.stage.cloud.service(fly);
      world.addToken({ value: 'shop_deploy_token', kind: 'deploy', app: 'shop', email: 'x@example.com' });
      const result = await review.on('opened', { 'fly-token': 'shop_deploy_token' });
      expect(ended(result)).toBe('error/token-kind, serving unknown');
    });
  },
);
