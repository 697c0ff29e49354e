import { expect } from 'vitest';
import { commits } from '#local-cloud';
import { recordedDeploys } from '../../support/recorded-deploys.ts';
import type { PlayedEvent } from './ground.ts';
import { played, saidBy } from './outcomes.ts';
import type { Play } from './play.ts';
import { green } from './review-plays.ts';
import { servedByRailway } from './watch-plays.ts';

const uploads: Play['fits'] = ({ steps }) =>
  steps.some(
    ({ action, given: { mode = 'upload', preview = 'false' } }) =>
      action === 'railway-up' && mode === 'upload' && preview === 'false',
  );

/** As GitHub sends it once `sha` was pushed. */
const pushed = (sha: string): PlayedEvent => ({
  sha,
  github: { event_name: 'push', event: { after: sha, repository: { full_name: 'acme/shop' } } },
});

/** What people see of a push that is uploaded to Railway. */
export const uploadPlays: readonly Play[] = [
  {
    name: 'uploads the commit it is about, and proves it',
    events: ['push'],
    fits: uploads,
    async play(ground, page) {
      const jobs = await ground.start(page, pushed(commits.v3));
      expect(played(jobs), saidBy(jobs)).toEqual(green(page, 'live/verified'));
      expect(await servedByRailway(ground)).toBe('v3');
      const records = await recordedDeploys(ground.review.shop.stage.cloud);
      expect(records.at(-1)).toMatchObject({ sha: commits.v3, payload: { platform: 'railway' } });
    },
  },
  {
    name: 'takes back a commit whose home page is broken',
    events: ['push'],
    fits: uploads,
    async play(ground, page) {
      const jobs = await ground.start(page, pushed(commits.v2));
      expect(played(jobs).steps, saidBy(jobs)).toEqual(['restored/checks-failed']);
      expect(await servedByRailway(ground)).toBe('v1');
    },
  },
];
