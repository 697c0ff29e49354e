import { execFileSync, spawnSync } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { commits, images } from '#local-cloud';
import { bundleStarted } from '../../support/bundle-process.ts';
import { recordedDeploys } from '../../support/recorded-deploys.ts';
import { annotations, ended, logOf, shopChecks, shopStage } from '../../support/shop-stage.ts';

const shop = shopStage();
const canLimit = spawnSync('prlimit', ['--version']).status === 0;

/** As on a full disk: from its first update on the step can write to no file any more. */
async function fillDisk(over: AbortSignal): Promise<void> {
  const main = await bundleStarted('index.js', shop.stage.temp, over);
  while (!over.aborted && shop.entries('flaps.machines.update').length === 0) await delay(5);
  if (!over.aborted) execFileSync('prlimit', ['--pid', String(main), '--fsize=1']);
}

it.skipIf(!canLimit)(
  'a deploy that could not keep how it ended keeps its verdict, and the next one has its way back',
  async () => {
    const checks = shopChecks;
    const over = new AbortController();
    const filling = fillDisk(over.signal);
    const result = await shop.deploy({ image: images.v3, checks, timeout: '60s' });
    over.abort();
    await filling;
    expect(logOf(result)).toContain('live/verified');
    const { post } = result;
    expect(post?.log.map(({ line }) => line)).toEqual([
      '##[notice]The step has told how it ended, and could not keep that for its post. fly:shop serves v2. ' +
        'Next: See why the step could not save its state: a full disk of the runner does that.',
    ]);
    const [record] = await recordedDeploys(shop.stage.cloud);
    expect(record?.statuses.at(-1)).toBe('success: belay/1 verdict pass');
    const bad = { image: images.v2Error, checks, timeout: '60s' };
    const next = await shop.deploy(bad, { sha: commits.v3 });
    expect([ended(next), await shop.served()], annotations(next).join('\n')).toEqual([
      'restored/checks-failed, serving old',
      'v3',
    ]);
  },
  90_000,
);
