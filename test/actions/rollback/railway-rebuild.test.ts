import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { commits } from '#local-cloud';
import type { LogLine } from '#local-runner';
import { bundleProcess, signalTo } from '../../support/bundle-process.ts';
import { eventually } from '../../support/eventually.ts';
import { homeCheck, railwayStage } from '../../support/railway-stage.ts';
import { recordedDeploys } from '../../support/recorded-deploys.ts';
import { annotations, ended, logOf } from '../../support/shop-stage.ts';

const shop = railwayStage();
const allowed = { 'allow-rebuild': 'true' };

/** v2 was proved and its image is not kept; v3 serves. Answers v2's deployment. */
async function withoutImage(): Promise<string> {
  shop.railway.next({ service: 'web' }, { kind: 'is-not-kept' });
  const { main } = await shop.up({ version: 'v2' }, { checks: homeCheck });
  await shop.up({ version: 'v3' }, { checks: homeCheck }, { sha: commits.v3 });
  return main.outputs['deployment-id'] ?? '';
}

const back = () => shop.mutations().slice(2);

it.skipIf(!existsSync('/proc'))(
  'a rollback on Railway that is killed before it has proved what it brought back is told by post as not proved',
  async () => {
    await shop.up({ version: 'v2' }, { checks: homeCheck });
    const onLine = ({ line }: LogLine) =>
      line.includes('it has to go on for') && signalTo(bundleProcess('index.js', shop.stage.temp), 'SIGKILL');
    const result = await shop.rollback({ to: 'previous', checks: homeCheck }, { onLine });
    expect([result.job.conclusion, await shop.served()]).toEqual(['failure', 'v1']);
    const said = result.post?.annotations.map(({ level, message }) => `${level}: ${message}`);
    expect(said).toEqual([
      expect.stringMatching(
        /^warning: .* (\w{8}), which this step has brought back, was not proved\. railway:web serves \1 \(.* again\)\./,
      ),
    ]);
  },
);

describe('a rollback on Railway to what was proved and has no image any more', () => {
  it('goes nowhere unless building it again is allowed, and says how', async () => {
    const v2 = await withoutImage();
    const result = await shop.rollback({ checks: homeCheck });
    expect([ended(result), await shop.served(), back()]).toEqual([
      'stranded/no-target, serving new',
      'v3',
      [],
    ]);
    expect(annotations(result).at(-1)).toContain(
      `${v2.slice(0, 8)}: Railway says that it cannot be rolled back to; the rollback action with \`allow-rebuild: true\` builds it again from its source.`,
    );
  });

  it('builds it again where that is allowed, proves it, and tells everywhere that it is a rebuild', async () => {
    const v2 = await withoutImage();
    const result = await shop.rollback({ ...allowed, checks: homeCheck });
    const { release = '', 'restored-release': restored, rebuilt } = result.main.outputs;
    expect([ended(result), await shop.served(), back()]).toEqual([
      'restored/verified, serving old',
      'v2',
      ['graphql.deploymentRedeploy'],
    ]);
    expect([restored, rebuilt, release === v2]).toEqual([v2, 'true', false]);
    const said = ' from its source, and not the artifact that was proved. The checks have passed against it.';
    const [made, of] = [release.slice(0, 8), v2.slice(0, 8)];
    expect(annotations(result)).toContain(`warning: ${made} is a rebuild of ${of}${said}`);
    expect(result.main.summary).toContain(`- \`${made}\` is a rebuild of \`${of}\`${said}`);
    const record = (await recordedDeploys(shop.stage.cloud)).at(-1);
    expect(record).toMatchObject({
      task: 'belay:rollback',
      payload: { restores: v2, rebuild: true },
      statuses: [
        `in_progress: belay/1 activated ${release}`,
        'success: belay/1 verdict pass',
        `success: belay/1 restored ${release}`,
      ],
    });
  });

  it('is, without checks, the platform’s word alone, and says so', async () => {
    const v2 = await withoutImage();
    const result = await shop.rollback(allowed);
    const { release = '' } = result.main.outputs;
    expect([ended(result), await shop.served()]).toEqual(['restored/platform-only, serving old', 'v2']);
    expect(annotations(result)).toContain(
      `warning: ${release.slice(0, 8)} is a rebuild of ${v2.slice(0, 8)} from its source, and not the artifact that was proved. No check has proved it: it serves by the platform’s word alone.`,
    );
  });

  it('is told in a dry run, and built by nobody', async () => {
    const v2 = await withoutImage();
    const result = await shop.rollback({ ...allowed, 'dry-run': 'true' });
    expect([ended(result), back()]).toEqual(['rehearsed/dry-run, serving new', []]);
    expect(result.main.summary).toContain(
      `- ⚠️ \`${v2.slice(0, 8)}\` is built again from its source, since its image is no longer kept: what comes of it is not the artifact that was proved.`,
    );
  });

  it('is rejected where the build fails, and what served serves', async () => {
    await withoutImage();
    shop.railway.next({ service: 'web' }, { kind: 'build-fails' });
    const result = await shop.rollback({ ...allowed, checks: homeCheck });
    expect([ended(result), await shop.served()]).toEqual(['rejected/build-failed, serving new', 'v3']);
  });

  it.skipIf(!existsSync('/proc'))('that is killed while it is built is known again by post', async () => {
    const v2 = await withoutImage();
    const onLine = ({ line }: LogLine) =>
      line.startsWith('Railway builds') && signalTo(bundleProcess('index.js', shop.stage.temp), 'SIGKILL');
    const result = await shop.rollback({ ...allowed, checks: homeCheck }, { onLine });
    expect(result.job.conclusion).toBe('failure');
    await eventually(async () => (await shop.served()) === 'v2');
    expect([back(), logOf(result)]).toEqual([
      ['graphql.deploymentRedeploy'],
      expect.stringContaining('serves'),
    ]);
    const record = (await recordedDeploys(shop.stage.cloud)).at(-1);
    expect(record).toMatchObject({ task: 'belay:rollback', payload: { restores: v2, rebuild: true } });
    expect(record?.statuses.at(-1)).toContain('belay/1');
  });
});
