import path from 'node:path';
import type { JobResult, StepResult } from './job-result.ts';
import type { ActionStep, JobSpec, Values } from './job-spec.ts';
import { runJob } from './run-job.ts';

export interface ActionOptions extends Omit<JobSpec, 'steps' | 'repositoryRoot'> {
  /** Settings of the one step. Its id is `action` unless given, so that outputs are kept. */
  readonly step?: Omit<ActionStep, 'uses' | 'with'>;
}

export interface ActionResult {
  readonly job: JobResult;
  readonly main: StepResult;
  /** Absent when the action has none. */
  readonly post?: StepResult;
}

/** Runs one action, `post` included, as the only step of a job. `folder` holds its action.yml. */
export async function runAction(
  folder: string,
  inputs: Values,
  options: ActionOptions = {},
): Promise<ActionResult> {
  const { step, ...spec } = options;
  const place = path.resolve(folder);
  const job = await runJob({
    ...spec,
    repositoryRoot: path.dirname(place),
    steps: [{ id: 'action', ...step, uses: `./${path.basename(place)}`, with: inputs }],
  });
  const [main, post] = job.steps;
  if (main === undefined) throw new Error('The job was cut off before its step ran.');
  return { job, main, ...(post === undefined ? {} : { post }) };
}
