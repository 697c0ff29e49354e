import { setTimeout as delay } from 'node:timers/promises';
import { commits, demo, fly, images } from '#local-cloud';
import type { Stage } from '../../../scripts/stage.ts';
import type { Figure } from '../figure.ts';
import { deploy, repeat, timelineStep } from '../ground.ts';

/** What flyctl would wait out, and how the way back ends: what never took traffic is not restored. */
const runs = [
  { strategy: 'rolling', waitTimeout: '1m', ends: 'restored/crashed' },
  { strategy: 'rolling', waitTimeout: '10m', ends: 'restored/crashed' },
  { strategy: 'canary', waitTimeout: '1m', ends: 'rejected/crashed' },
  { strategy: 'bluegreen', waitTimeout: '1m', ends: 'rejected/crashed' },
] as const;

const rounds = 3;

/** How long after a machine has crashed for good the action knows, while flyctl waits for the machine's checks. */
export async function measureCrash(stage: Stage): Promise<readonly Figure[]> {
  await deploy(stage, { image: images.v1, sha: commits.v1, ends: 'live/verified' });
  const figures: Figure[] = [];
  for (const run of runs) {
    figures.push({
      name: `crash → reported, ${run.strategy}, wait-timeout ${run.waitTimeout}`,
      unit: 'ms',
      values: await repeat(rounds, (round) => report(stage, run, round)),
      atMost: 2_000,
      how: 'the process ends after the machine’s last restart → the ship step ends; at another moment each time',
    });
  }
  return figures;
}

async function report(stage: Stage, run: (typeof runs)[number], round: number): Promise<number> {
  const image = crashingImage(stage, 900 + round * 310);
  const over = new AbortController();
  const crash = whenCrashed(stage, image, over.signal);
  const inputs = { strategy: run.strategy, 'wait-timeout': run.waitTimeout };
  const result = await deploy(stage, { image, sha: commits.v2, inputs, ends: run.ends });
  over.abort();
  return timelineStep(result, 'ship').ended - (await crash);
}

/** Never healthy, and ended so long after each start. */
function crashingImage(stage: Stage, afterMs: number): string {
  const ref = `registry.fly.io/shop:crash-${afterMs}`;
  const good = stage.cloud.images.resolve(images.v2Broken);
  if (good === undefined) throw new Error(`The registry has no ${images.v2Broken}.`);
  const env = { ...good.env, SHOP_CRASH_AFTER_MS: String(afterMs), SHOP_EXIT_CODE: '9' };
  stage.cloud.images.put(ref, { ...good, env });
  return ref;
}

/** When the first machine with this image ended for the second time, milliseconds since the epoch. */
async function whenCrashed(stage: Stage, ref: string, over: AbortSignal): Promise<number> {
  const digest = stage.cloud.images.resolve(ref)?.digest;
  const from = Date.now();
  while (!over.aborted) {
    const machines = [...(stage.cloud.service(fly).world.apps.get(demo.fly.app)?.machines.values() ?? [])];
    const ends = machines
      .filter(({ imageRef }) => imageRef.digest === digest)
      .flatMap(({ events }) => events)
      .filter(({ type, request }) => type === 'exit' && (request?.restart_count ?? 0) >= 2)
      .map(({ timestamp }) => timestamp)
      .filter((at) => at > from);
    if (ends.length > 0) return Math.min(...ends);
    await delay(5);
  }
  throw new Error('No machine crashed for good.');
}
