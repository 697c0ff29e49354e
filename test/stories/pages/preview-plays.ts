import { expect } from 'vitest';
import { commits, demo, images, type Railway, railway } from '#local-cloud';
import { newEnvironment, newInstance } from '../../../packages/local-cloud/src/railway/seed.ts';
import { railwayPull, seedTopic } from '../../support/preview-stage.ts';
import type { Ground } from './ground.ts';
import { played, saidBy } from './outcomes.ts';
import type { Play } from './play.ts';
import { close, green, on } from './review-plays.ts';

const railwayOf = ({ review }: Ground): Railway => review.shop.stage.cloud.service(railway);

const previews =
  (preview: string): Play['fits'] =>
  ({ steps }) =>
    steps.some(({ action, given }) => action === 'railway-up' && given.preview === preview);

/** What there is beside `production`. */
const made = (ground: Ground) =>
  railwayOf(ground)
    .world.environments()
    .map(({ name }) => name)
    .filter((name) => /-pr-7/.test(name));

/** The environment that the page copies, with the services of `production`. */
function addStaging(ground: Ground): void {
  const { world } = railwayOf(ground);
  const [production] = world.environments();
  if (production === undefined) throw new Error('the demo has production');
  const now = world.doors.clock.now();
  const staging = newEnvironment(production.project, { id: world.doors.ids.next(), name: 'staging', now });
  for (const { service, settings, variables } of production.instances.values()) {
    const seed = { settings, variables };
    staging.instances.set(service.id, newInstance(service, staging, { seed, now }));
  }
}

/** The service is deployed from the repository. */
function connect(ground: Ground): void {
  const service = railwayOf(ground);
  seedTopic(service);
  for (const one of service.world.instances()) {
    if (one.service.name === demo.railway.service)
      one.settings = { ...one.settings, source: { repo: 'acme/shop', image: null } };
  }
}

async function served(ground: Ground): Promise<string> {
  const [name] = made(ground);
  const host = `web-${name}.up.railway.app`;
  const { status, body } = await ground.review.shop.stage.cloud.serves(host, '/version.json');
  return status === 200 ? JSON.parse(String(body)).version : String(status);
}

/** What people see of a pull request's preview, from its first day to its last. */
export const previewPlays: readonly Play[] = [
  {
    name: 'follows the environment that Railway makes, until it removes it',
    events: ['pull_request'],
    fits: previews('true'),
    async play(ground, page) {
      connect(ground);
      await railwayOf(ground).openPullRequest(railwayPull, commits.v1);
      const opened = await on(ground, page, 'opened', images.v1);
      expect(played(opened), saidBy(opened)).toEqual(green(page, 'live/verified'));
      expect(await served(ground)).toBe('v1');
      await close(ground);
      await railwayOf(ground).closePullRequest(railwayPull);
      const closed = await on(ground, page, 'closed');
      expect(played(closed), saidBy(closed)).toEqual(green(page, 'done/preview-removed'));
      expect(await ground.review.comments()).toHaveLength(1);
    },
  },
  {
    name: 'makes an environment, keeps it up to date, and takes it away',
    events: ['pull_request'],
    fits: previews('create'),
    async play(ground, page) {
      addStaging(ground);
      const opened = await on(ground, page, 'opened', images.v1);
      expect(played(opened), saidBy(opened)).toEqual(green(page, 'live/verified'));
      await ground.review.push(commits.v3);
      const pushed = await on(ground, page, 'synchronize', images.v3);
      expect(played(pushed), saidBy(pushed)).toEqual(green(page, 'live/verified'));
      expect(await served(ground)).toBe('v3');
      await close(ground);
      const closed = await on(ground, page, 'closed');
      expect(played(closed), saidBy(closed)).toEqual(green(page, 'done/preview-removed'));
      expect(made(ground)).toEqual([]);
    },
  },
  {
    name: 'finds nothing to sweep up where nothing was left behind',
    events: ['schedule'],
    fits: previews('sweep'),
    async play(ground, page) {
      const jobs = await ground.start(page, { sha: commits.v3, github: { event_name: 'schedule' } });
      expect(played(jobs), saidBy(jobs)).toEqual(green(page, 'done/swept'));
    },
  },
];
