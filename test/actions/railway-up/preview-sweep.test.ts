import { describe, expect, it } from 'vitest';
import type { ActionResult } from '#local-runner';
import { newEnvironment } from '../../../packages/local-cloud/src/railway/seed.ts';
import { previewStage } from '../../support/preview-stage.ts';
import { homeCheck } from '../../support/railway-stage.ts';
import { annotations, ended, logOf } from '../../support/shop-stage.ts';

const preview = previewStage('create');
const results = ({ main }: ActionResult) => JSON.parse(main.outputs.results ?? 'null');
const open = () => preview.on('opened', { checks: homeCheck });
const name = () => preview.environments()[0] ?? 'none';

describe('a sweep', () => {
  it('removes what was left behind by a pull request that is closed, and says so on its page', async () => {
    await open();
    const environment = name();
    await preview.closePull();
    const rehearsed = await preview.sweep({ 'dry-run': 'true' });
    expect([ended(rehearsed), preview.environments()]).toEqual([
      'rehearsed/dry-run, serving unknown',
      [environment],
    ]);
    const said = logOf(rehearsed).split('\n');
    expect(said.filter((line) => line.includes(environment))).toEqual([
      `${environment}: would be removed: the pull request is closed`,
    ]);
    expect(said.filter((line) => line.includes('it is about a pull request'))).toEqual([]);
    const result = await preview.sweep();
    expect(ended(result)).toBe('done/swept, serving unknown');
    expect(results(result)).toEqual([
      { environment, 'pull-request': 7, did: 'removed', note: 'the pull request is closed' },
    ]);
    expect(preview.environments()).toEqual([]);
    expect(await preview.page()).toEqual([
      expect.stringContaining('🧹 Removed: the pull request is closed.'),
    ]);
  });

  it('keeps what is open, and what GitHub does not tell of', async () => {
    await open();
    expect(results(await preview.sweep())).toMatchObject([
      { did: 'kept', note: 'kept: its pull request is open' },
    ]);
    await preview.closePull();
    preview.shop.stage.cloud.faults.add({ route: 'pulls.get', kind: 'status', status: 404 });
    expect(results(await preview.sweep())).toMatchObject([
      { did: 'kept', note: expect.stringMatching(/^kept: its pull request cannot be asked for/) },
    ]);
    expect(preview.environments()).toEqual([name()]);
  });

  it('leaves alone what it cannot read the records of, and says that, as the event of closing does', async () => {
    await open();
    const environment = name();
    await preview.closePull();
    preview.shop.stage.cloud.faults.add({ route: 'deployments.*', kind: 'status', status: 500 });
    preview.shop.stage.cloud.faults.add({
      route: 'graphql.*',
      service: 'github',
      kind: 'status',
      status: 500,
    });
    expect(results(await preview.sweep())).toMatchObject([
      {
        did: 'kept',
        note: 'left alone: the deployment records, which prove what was made for a pull request of this repository, cannot be read',
      },
    ]);
    const closed = await preview.on('closed');
    expect([ended(closed), preview.environments()]).toEqual([
      'done/preview-absent, serving unknown',
      [environment],
    ]);
    expect(annotations(closed)).toContainEqual(
      expect.stringMatching(/^warning: .* the deployment records, .* cannot be read: it is left alone\./),
    );
  });

  it('leaves alone what no record proves, though it has the name, and Railway’s own environments', async () => {
    await open();
    const environment = name();
    const records = await preview.github('GET /repos/acme/shop/deployments?environment=pr-7');
    await preview.closePull();
    await preview.on('closed');
    expect([records.length, preview.environments()]).toEqual([1, []]);
    const { world } = preview.shop.railway;
    const [project] = world.projects.values();
    if (project === undefined) throw new Error('no project');
    const now = world.doors.clock.now();
    for (const one of [environment, 'shop-pr-7', 'shop-pr-7-00000000'])
      newEnvironment(project, { id: world.doors.ids.next(), name: one, now, isEphemeral: true });
    const result = await preview.sweep();
    expect(results(result)).toEqual([
      {
        environment,
        'pull-request': 7,
        did: 'kept',
        note: 'left alone: no deployment record proves that it was made for a pull request of this repository',
      },
    ]);
    expect(preview.environments().length).toBe(3);
  });

  it('is red where one cannot be removed, and says which', async () => {
    await open();
    await preview.closePull();
    preview.shop.stage.cloud.faults.add({ route: 'graphql.environmentDelete', kind: 'status', status: 500 });
    const result = await preview.sweep();
    expect(results(result)).toMatchObject([{ environment: name(), did: 'failed' }]);
    expect(result.main.exitCode).toBe(1);
  });

  it('has nothing to check', async () => {
    const result = await preview.sweep({ checks: homeCheck });
    expect(ended(result)).toBe('error/input-invalid, serving unknown');
  });
});
