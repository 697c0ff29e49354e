import { commits, images } from '#local-cloud';
import type { Stage } from '../../../scripts/stage.ts';
import type { Figure } from '../figure.ts';
import { flyctlDeploy } from '../flyctl-alone.ts';
import { deploy, digestRef, repeat } from '../ground.ts';

const rounds = 5;

/** A whole verified deploy, and the same deploy by flyctl alone. */
export async function measureDeploy(stage: Stage): Promise<readonly Figure[]> {
  const pairs = await repeat(rounds, async () => {
    const { main, post } = await deploy(stage, {
      image: images.v3,
      sha: commits.v3,
      ends: 'live/verified',
    });
    const aloneMs = await flyctlDeploy(stage, {
      image: digestRef(stage, images.v1),
      config: 'fly.toml',
      skipReleaseCommand: false,
      smokeChecks: true,
    });
    return { aloneMs, wholeMs: main.durationMs, postMs: post?.durationMs ?? 0 };
  });
  return [
    {
      name: 'verified deploy: beyond flyctl’s own time',
      unit: 'ms',
      values: pairs.map(({ wholeMs, aloneMs }) => wholeMs - aloneMs),
      atMost: 1_000,
      how: 'the step as the runner sees it − the same `flyctl deploy` alone, to and fro between two images',
    },
    {
      name: 'verified deploy: flyctl alone',
      unit: 'ms',
      values: pairs.map(({ aloneMs }) => aloneMs),
      how: 'start to exit',
    },
    {
      name: 'verified deploy: post step',
      unit: 'ms',
      values: pairs.map(({ postMs }) => postMs),
      how: 'clean-up after the job’s steps; in no other figure',
    },
  ];
}
