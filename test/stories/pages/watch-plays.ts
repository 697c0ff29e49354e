import { expect } from 'vitest';
import { commits, demo, type Railway, railway } from '#local-cloud';
import { connect, push } from '../../support/railway-pushes.ts';
import type { Ground, PlayedEvent } from './ground.ts';
import { played, saidBy } from './outcomes.ts';
import type { Play } from './play.ts';
import { green } from './review-plays.ts';

const railwayOf = ({ review }: Ground): Railway => review.shop.stage.cloud.service(railway);

const watches: Play['fits'] = ({ steps }) =>
  steps.some(({ action, given }) => action === 'railway-up' && given.mode === 'watch');

const sha = commits.v2;
const repository = { full_name: 'acme/shop' };

/** As GitHub sends it for a push, and once Railway has said of its deployment that it is well. */
const about: Readonly<Record<string, PlayedEvent>> = {
  push: { sha, github: { event_name: 'push', event: { after: sha, repository } } },
  deployment_status: {
    sha,
    github: {
      event_name: 'deployment_status',
      event: {
        repository,
        deployment: { sha, environment: 'shop / production', creator: { login: 'railway-app[bot]' } },
        deployment_status: { state: 'success' },
      },
    },
  },
};

/** The version that the demo's service on Railway answers, or the status of a refusal. */
export async function servedByRailway({ review }: Ground): Promise<string> {
  const { status, body } = await review.shop.stage.cloud.serves(demo.railway.host, '/version.json');
  return status === 200 ? JSON.parse(String(body)).version : String(status);
}

/** What people see of a push that Railway deploys by itself. */
export const watchPlays: readonly Play[] = [
  {
    name: 'proves what Railway has deployed',
    events: Object.keys(about),
    fits: watches,
    async play(ground, page, event) {
      connect(railwayOf(ground));
      await push(railwayOf(ground));
      const jobs = await ground.start(page, about[event] as PlayedEvent);
      expect(played(jobs), saidBy(jobs)).toEqual(green(page, 'live/verified'));
      expect(await servedByRailway(ground)).toBe('v2');
    },
  },
  {
    name: 'takes it back where it is bad',
    events: ['push'],
    fits: watches,
    async play(ground, page, event) {
      connect(railwayOf(ground));
      await push(railwayOf(ground), { settings: { SHOP_ROOT_STATUS: '500' } });
      const jobs = await ground.start(page, about[event] as PlayedEvent);
      expect(played(jobs).steps, saidBy(jobs)).toEqual(['restored/checks-failed']);
      expect(await servedByRailway(ground)).toBe('v1');
    },
  },
];
