import { setTimeout as delay } from 'node:timers/promises';
import { demo, fly, images } from '#local-cloud';
import type { Stage } from '../../../scripts/stage.ts';
import type { Figure } from '../figure.ts';
import { deploy, repeat, timelineStep } from '../ground.ts';

const rounds = 5;
/** Looks come closer together at first, and after every change; by now they are as far apart as they get. */
const steadyAfterMs = 3_500;

interface Notice {
  readonly lateMs: number;
  readonly perSecond: number;
}

/**
 * How long after the platform is live the action knows, and how often it asks while it waits. The strategy is
 * `immediate`, so that flyctl waits for nothing and the action alone watches the checks.
 */
export async function measureNotice(stage: Stage): Promise<readonly Figure[]> {
  const notices = await repeat(rounds, (round) => notice(stage, round));
  return [
    {
      name: 'platform is live → action knows',
      unit: 'ms',
      values: notices.map(({ lateMs }) => lateMs),
      atMost: 1_000,
      how: 'the last machine’s check turns passing in the cloud → the settle step ends; at another moment each time',
    },
    {
      name: 'steady polling',
      unit: 'requests/s',
      values: notices.map(({ perSecond }) => perSecond),
      atMost: 1,
      how: `requests to the platform, from ${steadyAfterMs / 1000} s after the settle step began until it ends`,
    },
  ];
}

async function notice(stage: Stage, round: number): Promise<Notice> {
  const image = lateImage(stage, 6_000 + round * 230);
  const since = stage.cloud.journal.lastSeq;
  const [result, liveAt] = await Promise.all([
    deploy(stage, { image, inputs: { strategy: 'immediate' }, ends: 'live/verified' }),
    whenLive(stage, image),
  ]);
  const { started, ended } = timelineStep(result, 'settle');
  const looks = stage.cloud.journal
    .entries({ since })
    .filter(({ at, host }) => host.startsWith('api.') && at >= started + steadyAfterMs && at <= ended)
    .map(({ at }) => at);
  const [first = 0] = looks;
  const last = looks.at(-1) ?? 0;
  return { lateMs: ended - liveAt, perSecond: ((looks.length - 1) * 1_000) / (last - first) };
}

/** An image of its own for each round: its health check fails for so long, and then passes. */
function lateImage(stage: Stage, healthyAfterMs: number): string {
  const ref = `registry.fly.io/shop:late-${healthyAfterMs}`;
  const good = stage.cloud.images.resolve(images.v3);
  if (good === undefined) throw new Error(`The registry has no ${images.v3}.`);
  const env = { ...good.env, SHOP_HEALTHY_AFTER_MS: String(healthyAfterMs) };
  stage.cloud.images.put(ref, { ...good, env });
  return ref;
}

/** The moment when every machine runs the image and passes its checks, milliseconds since the epoch, give or take 5. */
async function whenLive(stage: Stage, ref: string): Promise<number> {
  const app = stage.cloud.service(fly).world.apps.get(demo.fly.app);
  const digest = stage.cloud.images.resolve(ref)?.digest;
  for (;;) {
    const machines = [...(app?.machines.values() ?? [])];
    const isLive = machines.every(
      ({ state, imageRef, checks }) =>
        state === 'started' &&
        imageRef.digest === digest &&
        checks.every(({ status }) => status === 'passing'),
    );
    if (isLive) return Date.now();
    await delay(5);
  }
}
