import { startCloud } from '#local-cloud';
import { runJob } from '#local-runner';
import { root } from '../../../scripts/root.ts';
import type { Figure } from '../figure.ts';
import { repeat } from '../ground.ts';

const rounds = 5;

/** What the tests and the demo stand on: how long it takes to be there. */
export async function measureProofStage(): Promise<readonly Figure[]> {
  return [
    { name: 'local cloud: start', unit: 'ms', values: await repeat(rounds, cloudStart), how: '`startCloud`' },
    {
      name: 'local runner: a job of one empty step',
      unit: 'ms',
      values: await repeat(rounds, emptyJob),
      how: '`runJob` with `run: ""`, bash included',
    },
  ];
}

async function cloudStart(): Promise<number> {
  const from = performance.now();
  const cloud = await startCloud();
  const tookMs = performance.now() - from;
  await cloud.close();
  return tookMs;
}

async function emptyJob(): Promise<number> {
  const from = performance.now();
  await runJob({ repositoryRoot: root, steps: [{ run: '' }] });
  return performance.now() - from;
}
