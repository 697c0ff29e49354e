import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { commits, demo, fly, images } from '#local-cloud';
import type { Stage } from '../../../scripts/stage.ts';
import type { Figure } from '../figure.ts';
import { flyctlDeploy } from '../flyctl-alone.ts';
import { deploy, digestRef, repeat, timelineStep } from '../ground.ts';

const rounds = 5;

/** The way back from a failing verdict, and the flyctl command at its heart alone. */
export async function measureRestore(stage: Stage): Promise<readonly Figure[]> {
  await deploy(stage, { image: images.v1, sha: commits.v1, ends: 'live/verified' });
  const pairs = await repeat(rounds, async () => ({
    wayBackMs: await restoredByBelay(stage),
    aloneMs: await restoredByFlyctl(stage),
  }));
  return [
    {
      name: 'restore: beyond flyctl’s own time',
      unit: 'ms',
      values: pairs.map(({ wayBackMs, aloneMs }) => wayBackMs - aloneMs),
      atMost: 1_000,
      how: 'failing verdict → restored and verified, by `timeline` − the same restoring `flyctl deploy` alone',
    },
    {
      name: 'restore: flyctl alone',
      unit: 'ms',
      values: pairs.map(({ aloneMs }) => aloneMs),
      how: 'start to exit',
    },
  ];
}

async function restoredByBelay(stage: Stage): Promise<number> {
  const ends = 'restored/checks-failed';
  const result = await deploy(stage, { image: images.v2Error, sha: commits.v2, ends });
  return timelineStep(result, 'verify restored').ended - timelineStep(result, 'verify').ended;
}

async function restoredByFlyctl(stage: Stage): Promise<number> {
  const config = join(stage.temp, 'restored.json');
  await writeFile(config, JSON.stringify(liveDefinition(stage)));
  const common = { config, skipReleaseCommand: true };
  await flyctlDeploy(stage, { ...common, image: digestRef(stage, images.v2Error), smokeChecks: true });
  return flyctlDeploy(stage, { ...common, image: digestRef(stage, images.v1), smokeChecks: false });
}

/** The fly.toml that the newest release was made with: what an action restores with. */
function liveDefinition(stage: Stage): unknown {
  return stage.cloud.service(fly).world.apps.get(demo.fly.app)?.releases.at(-1)?.definition;
}
