import { commits, images } from '#local-cloud';
import type { Stage } from '../../../scripts/stage.ts';
import type { Figure } from '../figure.ts';
import { flyctlDeploy } from '../flyctl-alone.ts';
import { deploy, digestRef, repeat, timeIn } from '../ground.ts';
import { lookToLeaseMs } from '../look-to-lease.ts';

const rounds = 5;

/** A whole verified deploy, and the same deploy by flyctl alone. */
export async function measureDeploy(stage: Stage): Promise<readonly Figure[]> {
  const pairs = await repeat(rounds, async () => {
    const since = stage.cloud.journal.lastSeq;
    const result = await deploy(stage, { image: images.v3, sha: commits.v3, ends: 'live/verified' });
    const windowMs = lookToLeaseMs(stage.cloud.journal.entries({ since }));
    const aloneMs = await flyctlDeploy(stage, {
      image: digestRef(stage, images.v1),
      config: 'fly.toml',
      skipReleaseCommand: false,
      smokeChecks: true,
    });
    const { main, post } = result;
    const turnMs = timeIn(result, 'turn');
    return { aloneMs, windowMs, turnMs, wholeMs: main.durationMs, postMs: post?.durationMs ?? 0 };
  });
  return [
    {
      name: 'verified deploy: beyond flyctl’s own time',
      unit: 'ms',
      values: pairs.map(({ wholeMs, turnMs, aloneMs }) => wholeMs - turnMs - aloneMs),
      atMost: 1_000,
      how: 'the step as the runner sees it − the wait for the turn − the same `flyctl deploy` alone, to and fro',
    },
    {
      name: 'verified deploy: wait for the turn',
      unit: 'ms',
      values: pairs.map(({ turnMs }) => turnMs),
      how: 'the steps `turn` of the `timeline`: what is left of the time after which all records are visible',
    },
    {
      name: 'last look → flyctl’s first lease',
      unit: 'ms',
      values: pairs.map(({ windowMs }) => windowMs),
      how: 'the last answer to our own read of the app or its machines → flyctl asks for the first lease; no release command',
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
