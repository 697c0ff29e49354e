import { expect } from 'vitest';
import { commits, images } from '#local-cloud';
import { ended, shopChecks } from '../../support/shop-stage.ts';
import type { Ground } from './ground.ts';
import { played, saidBy } from './outcomes.ts';
import type { PageWorkflow } from './page-workflows.ts';
import { type Play, uses } from './play.ts';

/** Somebody presses the button, with these inputs. */
const press = (ground: Ground, page: PageWorkflow, inputs: Readonly<Record<string, string>>) =>
  ground.start(page, { sha: commits.v3, github: { event_name: 'workflow_dispatch' }, inputs });

const green = (page: PageWorkflow, ending: string) => ({
  jobs: page.workflow.jobs.map(({ id }) => `${id}: success`),
  steps: [ending],
});

/** v1 and then v3 were deployed and proved, and v3 turns out to be wrong. */
async function twoReleases({ review: { shop } }: Ground): Promise<void> {
  for (const version of ['v1', 'v3'] as const) {
    const result = await shop.deploy(
      { image: images[version], checks: shopChecks },
      { sha: commits[version] },
    );
    expect(ended(result)).toBe('live/verified, serving new');
  }
}

/** What people see after the button was pressed. */
export const rollbackPlays: readonly Play[] = [
  {
    name: 'goes back to what was verified, once, however often it is pressed',
    events: ['workflow_dispatch'],
    fits: uses('rollback'),
    async play(ground, page) {
      await twoReleases(ground);
      const first = await press(ground, page, { reason: 'v3 sells at half price' });
      expect(played(first), saidBy(first)).toEqual(green(page, 'restored/verified'));
      expect(await ground.served('shop')).toBe('v1');
      const second = await press(ground, page, { reason: 'nobody had told me' });
      expect(played(second), saidBy(second)).toEqual(green(page, 'unchanged/already-live'));
      expect(await ground.served('shop')).toBe('v1');
    },
  },
  {
    name: 'goes where the person says',
    events: ['workflow_dispatch'],
    fits: uses('rollback'),
    async play(ground, page) {
      await twoReleases(ground);
      const jobs = await press(ground, page, { to: 'v1', reason: 'v3 sells at half price' });
      expect(played(jobs), saidBy(jobs)).toEqual(green(page, 'restored/verified'));
      expect(await ground.served('shop')).toBe('v1');
    },
  },
  {
    name: 'is refused without a reason',
    events: ['workflow_dispatch'],
    fits: uses('rollback'),
    async play(ground, page) {
      await expect(press(ground, page, {})).rejects.toThrow("Required input 'reason' not provided");
    },
  },
];
