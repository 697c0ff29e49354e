import type { WorkflowRun } from './model.ts';
import { plantRun, type RepositoryName, type RunSeed, seededRepository } from './seed.ts';
import type { World } from './world.ts';

export type EndJob = (conclusion: 'success' | 'failure' | 'cancelled') => void;

/** A job of a run begins, in the attempt that the run says; a run asked for again begins anew. */
export function beginJob(world: World, name: RepositoryName, seed: RunSeed): EndJob {
  const run = runOf(world, name, seed);
  run.openJobs += 1;
  return (conclusion) => {
    run.openJobs -= 1;
    if (conclusion !== 'success') run.worstJob = conclusion;
    if (run.openJobs > 0 || run.status === 'completed') return;
    run.status = 'completed';
    run.conclusion = run.worstJob;
  };
}

function runOf(world: World, name: RepositoryName, seed: RunSeed): WorkflowRun {
  const { runs } = seededRepository(world, name);
  const known = runs.get(seed.id);
  if (known?.attempt === (seed.attempt ?? 1) && known.openJobs > 0) return known;
  return plantRun(world, name, seed);
}
