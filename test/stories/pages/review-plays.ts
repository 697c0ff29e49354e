import { expect } from 'vitest';
import { commits, images } from '#local-cloud';
import { mergeCommit, type PullRequestAction, pull, repo } from '../../support/review-stage.ts';
import type { Ground } from './ground.ts';
import { played, saidBy } from './outcomes.ts';
import type { PageWorkflow } from './page-workflows.ts';
import { type Play, uses } from './play.ts';

/** The event of pull request 7, whose branch is built from `image`; without one its files are gone. */
export async function on(ground: Ground, page: PageWorkflow, action: PullRequestAction, image?: string) {
  const sha = await mergeCommit(ground.review);
  if (image !== undefined) ground.lay(page, sha, image);
  const event = await ground.review.event(action);
  const ref = `refs/pull/${pull}/merge`;
  return ground.start(page, { sha, github: { event_name: 'pull_request', event, ref } });
}

export const close = ({ review }: Ground) =>
  review.github(`PATCH ${repo}/pulls/${pull}`, { state: 'closed' });
export const green = (page: PageWorkflow, ending: string) => ({
  jobs: page.workflow.jobs.map(({ id }) => `${id}: success`),
  steps: [ending],
});

/** What people see of a pull request's app, from its first day to its last. */
export const reviewPlays: readonly Play[] = [
  {
    name: 'gives the pull request an app, keeps it up to date, and takes it away',
    events: ['pull_request'],
    fits: uses('fly-deploy', 'true'),
    async play(ground, page) {
      const { review } = ground;
      const opened = await on(ground, page, 'opened', images.v1);
      expect(played(opened), saidBy(opened)).toEqual(green(page, 'live/verified'));
      expect(await ground.served('pr-7-shop')).toBe('v1');
      await review.push(commits.v3);
      const pushed = await on(ground, page, 'synchronize', images.v3);
      expect(played(pushed), saidBy(pushed)).toEqual(green(page, 'live/verified'));
      expect(await ground.served('pr-7-shop')).toBe('v3');
      expect(await review.comments()).toHaveLength(1);
      await close(ground);
      const closed = await on(ground, page, 'closed');
      expect(played(closed), saidBy(closed)).toEqual(green(page, 'done/review-app-destroyed'));
      expect(review.apps()).toEqual([]);
      expect(await review.comments()).toHaveLength(1);
    },
  },
  {
    name: 'is green for a fork, which gets no app and no secret',
    events: ['pull_request'],
    fits: uses('fly-deploy', 'true'),
    async play(ground, page) {
      const { review } = ground;
      const event = await review.event('opened');
      event.pull_request.head.repo = { full_name: 'eve/shop', fork: true };
      const sha = await mergeCommit(review);
      ground.lay(page, sha, images.v1);
      const github = { event_name: 'pull_request', event, ref: `refs/pull/${pull}/merge` };
      const jobs = await ground.start(page, { sha, github, stranger: true });
      expect(played(jobs), saidBy(jobs)).toEqual(green(page, 'done/fork'));
      expect(review.apps()).toEqual([]);
    },
  },
  {
    name: 'sweeps up the app of a pull request that was closed without it',
    events: ['schedule'],
    fits: uses('fly-deploy', 'sweep'),
    async play(ground, page) {
      const { review } = ground;
      const organization = page.steps.map(({ given }) => given['fly-org']).find((one) => one !== undefined);
      await review.on('opened', organization === undefined ? {} : { 'fly-org': organization });
      expect(review.apps()).toEqual(['pr-7-shop']);
      await close(ground);
      const jobs = await ground.start(page, { sha: commits.v3, github: { event_name: 'schedule' } });
      expect(played(jobs), saidBy(jobs)).toEqual(green(page, 'done/swept'));
      expect(review.apps()).toEqual([]);
    },
  },
];
