import { beforeEach, describe, expect, it } from 'vitest';
import type { LogLine } from '#local-runner';
import type { RunOptions } from '../../../scripts/stage.ts';
import { eventually } from '../../support/eventually.ts';
import { connect, push } from '../../support/railway-pushes.ts';
import { homeCheck, railwayStage } from '../../support/railway-stage.ts';
import { ended, logOf } from '../../support/shop-stage.ts';

const shop = railwayStage();
const broken = { SHOP_ROOT_STATUS: '500' };

beforeEach(() => {
  connect(shop.railway);
});

/** `mode: watch` for v2's commit. */
const watch = (inputs: Readonly<Record<string, string>> = {}, options: RunOptions = {}) =>
  shop.up({ version: 'not uploaded' }, { mode: 'watch', checks: homeCheck, ...inputs }, options);

/** Does something once, when a line is printed that begins so. */
function once(line: string, then: () => Promise<unknown>) {
  const done: Promise<unknown>[] = [];
  return {
    onLine: (printed: LogLine) =>
      void (done.length === 0 && printed.line.startsWith(line) && done.push(then())),
    over: () => Promise.all(done),
  };
}

describe('a push that Railway deploys by itself', () => {
  it('is waited for until it appears, followed and proved; nothing is asked of Railway but to tell', async () => {
    const { onLine, over } = once('Waiting for Railway to deploy', () => push(shop.railway));
    const result = await watch({}, { onLine });
    await over();
    expect([ended(result), await shop.served(), shop.mutations()]).toEqual([
      'live/verified, serving new',
      'v2',
      [],
    ]);
  });

  it('that is healthy and broken is taken back by a rollback of Railway’s', async () => {
    await push(shop.railway, { settings: broken });
    const result = await watch();
    expect([ended(result), await shop.served(), shop.mutations()]).toEqual([
      'restored/checks-failed, serving old',
      'v1',
      ['graphql.deploymentRollback'],
    ]);
    expect(logOf(result) + (result.main.summary ?? '')).toContain(
      'the next push deploys the newer code again',
    );
  });

  it.each([
    ['good', {}, 'live/verified, serving new', 'v2'],
    ['broken', broken, 'restored/checks-failed, serving old', 'v1'],
  ])(
    'and that is live before this run looks, is judged all the same: %s',
    async (_, settings, end, served) => {
      await push(shop.railway, { settings });
      await eventually(async () => (await shop.served()) === 'v2');
      const result = await watch();
      expect([ended(result), await shop.served()]).toEqual([end, served]);
    },
  );

  it('is unchanged where the job runs again after its verdict', async () => {
    await push(shop.railway);
    await watch();
    const again = await watch({}, { github: { run_attempt: '2' } });
    expect([ended(again), shop.mutations()]).toEqual(['unchanged/already-live, serving new', []]);
  });
});
