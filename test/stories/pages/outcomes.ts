import type { PlayedJob } from '#local-runner';
import type { PageWorkflow } from './page-workflows.ts';

/** How a workflow ended: each job's result, and `outcome/reason` of each of its steps of Belay that ran. */
export interface Played {
  readonly jobs: readonly string[];
  readonly steps: readonly string[];
}

export function played(jobs: readonly PlayedJob[]): Played {
  const steps = jobs.flatMap(({ job }) => job?.steps ?? []).filter(({ outputs }) => 'outcome' in outputs);
  return {
    jobs: jobs.map(({ id, result }) => `${id}: ${result}`),
    steps: steps.map(({ outputs: { outcome, reason } }) => `${outcome}/${reason}`),
  };
}

/** How it ends when all is well: every job is green, and every step did what it is for. */
export function allWell({ workflow, steps }: PageWorkflow): Played {
  return {
    jobs: workflow.jobs.map(({ id }) => `${id}: success`),
    steps: steps.map(({ action, given }) => {
      if (action === 'smoke-test') return 'pass/verified';
      if (given['build-only'] === 'true') return 'done/built';
      return given['install-only'] === 'true' ? 'done/installed' : 'live/verified';
    }),
  };
}

/** What was said on the way, for whoever reads a failed play. */
export function saidBy(jobs: readonly PlayedJob[]): string {
  return jobs
    .flatMap(({ job }) => job?.log ?? [])
    .map(({ line }) => line)
    .join('\n');
}
