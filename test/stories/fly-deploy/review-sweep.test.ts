import { describe, expect, it } from 'vitest';
import { fly, github, images } from '#local-cloud';
import type { ActionResult } from '#local-runner';
import { pull, repo, reviewStage } from '../../support/review-stage.ts';
import { ended } from '../../support/shop-stage.ts';

const review = reviewStage();
const close = () => review.github(`PATCH ${repo}/pulls/${pull}`, { state: 'closed' });
const page = async () => (await review.comments()).map(({ body }) => body);
const results = ({ main }: ActionResult) => JSON.parse(main.outputs.results ?? 'null');

/** An app that nobody marked: someone gave it the name of a review app by hand. */
function madeByHand(name: string): void {
  review.shop.stage.cloud.service(fly).createApp({ name, image: images.v3, machines: 1 });
  review.age(name, '200h');
}

describe('a sweep', () => {
  it('destroys the app of a closed pull request that was left behind, and says so on its page', async () => {
    await review.on('opened');
    await close();
    const result = await review.sweep();
    expect(ended(result)).toBe('done/swept, serving unknown');
    expect(results(result)).toEqual([
      { app: 'pr-7-shop', 'pull-request': 7, did: 'destroyed', note: 'the pull request is closed' },
    ]);
    expect(result.job.summary).toContain('## 🧹 Review apps: 1 destroyed, 0 kept.');
    expect(review.apps()).toEqual([]);
    expect(await page()).toEqual([expect.stringContaining('🧹 Destroyed: the pull request is closed.')]);
    review.shop.stage.cloud.service(github).reveal();
    const [record] = await review.github(`GET ${repo}/deployments?environment=pr-7`);
    const [status] = await review.github(`GET ${repo}/deployments/${record.id}/statuses`);
    expect(status).toMatchObject({ state: 'inactive', description: 'Destroyed: the pull request is closed' });
  });

  it('destroys what nothing was deployed to for longer than `max-idle`, and the next push makes it anew', async () => {
    await review.on('opened');
    review.age('pr-7-shop', '100h');
    const patient = await review.sweep({ 'max-idle': '101h' });
    expect(results(patient)).toMatchObject([{ did: 'kept', note: 'kept: its pull request is open' }]);
    const result = await review.sweep({ 'max-idle': '99h' });
    expect(results(result)).toEqual([
      {
        app: 'pr-7-shop',
        'pull-request': 7,
        did: 'destroyed',
        note: 'nothing was deployed to it for more than 99h',
      },
    ]);
    expect(await page()).toEqual([expect.stringContaining('The next push makes it anew.')]);
    await review.on('synchronize');
    expect(await review.served()).toBe('v1');
    expect(await page()).toEqual([expect.stringContaining('(live/platform-only)')]);
  });

  it('leaves alone what it did not make, whatever its name, its age and its pull request', async () => {
    madeByHand('pr-7-shop');
    madeByHand('pr-9-shop');
    madeByHand('pr-7-other');
    await close();
    const { lastSeq } = review.shop.stage.cloud.journal;
    const result = await review.sweep({ 'max-idle': '1h' });
    const note = 'left alone: nothing proves that it was made for a pull request of this repository';
    expect(results(result)).toEqual([
      { app: 'pr-7-shop', 'pull-request': 7, did: 'kept', note },
      { app: 'pr-9-shop', 'pull-request': 9, did: 'kept', note },
    ]);
    expect(review.shop.stage.cloud.journal.entries({ since: lastSeq, mutations: true })).toEqual([]);
  });

  it('keeps an app whose pull request cannot be asked for', async () => {
    await review.on('opened');
    await close();
    review.shop.stage.cloud.faults.add({ route: 'pulls.get', kind: 'status', status: 404 });
    const result = await review.sweep();
    expect(results(result)).toMatchObject([{ did: 'kept', note: expect.stringMatching(/^kept: .* 404/) }]);
    expect(review.apps()).toEqual(['pr-7-shop']);
  });

  it('is red when an app cannot be destroyed, and says which', async () => {
    await review.on('opened');
    await close();
    review.shop.stage.cloud.faults.add({ route: 'flaps.apps.destroy', kind: 'status', status: 500 });
    const result = await review.sweep();
    expect(ended(result)).toBe('error/platform-error, serving unknown');
    expect(results(result)).toMatchObject([{ app: 'pr-7-shop', did: 'failed' }]);
    expect(result.main.exitCode).toBe(1);
  });

  it('rehearsed, only says what it would do', async () => {
    await review.on('opened');
    await close();
    const { lastSeq } = review.shop.stage.cloud.journal;
    const result = await review.sweep({ 'dry-run': 'true' });
    expect(ended(result)).toBe('rehearsed/dry-run, serving unknown');
    expect(result.job.summary).toContain('- pr-7-shop: would be destroyed: the pull request is closed');
    expect(review.shop.stage.cloud.journal.entries({ since: lastSeq, mutations: true })).toEqual([]);
  });
});
