import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { commits, images } from '#local-cloud';
import { bundleStarted, signalTo } from '../../support/bundle-process.ts';
import { ended, logOf, shopChecks, shopStage } from '../../support/shop-stage.ts';

const shop = shopStage();

/** Kills main after the nth call of a route, and silences everything until `post` has ended. */
async function killedInSilence(image: string, route: string, nth: number) {
  const { stage } = shop;
  const over = new AbortController();
  const killing = (async () => {
    const main = await bundleStarted('index.js', stage.temp, over.signal);
    while (!over.signal.aborted && shop.entries(route).length < nth) await delay(20);
    for (const service of ['fly', 'github']) stage.cloud.faults.add({ route: '*', service, kind: 'stall' });
    signalTo(main, 'SIGKILL');
  })();
  const result = await shop.deploy({ image, checks: shopChecks, timeout: '60s' });
  over.abort();
  await killing;
  stage.cloud.faults.clear();
  return result;
}

it('post of a restore that was killed as everything fell silent ends in time, and claims to know nothing', async () => {
  const result = await killedInSilence(images.v2Error, 'flaps.machines.update', 3);
  const { post } = result;
  expect([post?.exitCode, Number(post?.durationMs) < 285_000]).toEqual([0, true]);
  const [last] = logOf(result).split('\n').slice(-1);
  expect(last).toMatch(
    /^##\[warning\]The step was killed before it could say how it ended\. The restore of v1 was cut and could not be finished\.(?: flyctl was still at work, and was ended\.)? What fly:shop serves is not known: POST https:\/\/api\.\S+ → timeout after \d+ ms while waiting for an answer\. Next: Finish it with the rollback action, `to: v1` and a `reason`\.$/,
  );
  // Once everything answers again, the next run copes.
  const next = await shop.deploy(
    { image: images.v3, checks: shopChecks, timeout: '90s' },
    { sha: commits.v3 },
  );
  expect([ended(next), await shop.served()]).toEqual(['live/verified, serving new', 'v3']);
}, 320_000);
