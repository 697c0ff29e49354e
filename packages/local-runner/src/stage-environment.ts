import { actionOrigin } from './action-folder.ts';
import { githubVariables } from './github-context.ts';
import type { Job } from './job.ts';
import type { Stage } from './stage.ts';
import type { StageRun } from './stage-run.ts';

/**
 * The whole environment of a stage's process. Nothing comes from this process but PATH and LANG, and what the
 * runner sets wins over what a workflow sets. `NODE_USE_ENV_PROXY` is not here: hosted runners do not set it.
 */
export function stageEnvironment(
  { job, stage, env }: StageRun,
  own: {
    readonly inputs: Readonly<Record<string, string>>;
    readonly files: Readonly<Record<string, string>>;
  },
): Record<string, string> {
  const variables: Record<string, string> = {
    HOME: job.folders.home,
    LANG: process.env.LANG ?? 'C.UTF-8',
    PATH: process.env.PATH ?? '',
    CI: 'true',
    RUNNER_TRACKING_ID: job.trackingId,
    ...job.spec.cloud,
    ...Object.fromEntries(env),
    ...stateVariables(stage),
    ...own.inputs,
    ...githubVariables(job.github),
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTION: stage.action,
    ...originVariables(stage),
    ...runnerVariables(job),
    ...own.files,
  };
  return { ...variables, PATH: job.searchPath(variables.PATH ?? '') };
}

/** Both are empty for `uses: ./…` and for scripts. */
function originVariables({ step }: Stage): Record<string, string> {
  const origin = 'uses' in step ? actionOrigin(step.uses) : undefined;
  return {
    GITHUB_ACTION_REF: origin?.ref ?? '',
    GITHUB_ACTION_REPOSITORY: origin?.repository ?? '',
  };
}

function stateVariables(stage: Stage): Record<string, string> {
  return Object.fromEntries([...stage.state].map(([name, value]) => [`STATE_${name}`, value]));
}

function runnerVariables(job: Job): Record<string, string> {
  return Object.fromEntries(
    Object.entries(job.runner).map(([name, value]) => [`RUNNER_${name.toUpperCase()}`, value]),
  );
}
