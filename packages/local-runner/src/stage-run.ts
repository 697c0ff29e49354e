import { fillTemplate } from './expressions.ts';
import type { Job } from './job.ts';
import type { Stage } from './stage.ts';
import type { StageRecord } from './stage-record.ts';

/** A stage on its way. */
export interface StageRun {
  readonly job: Job;
  readonly stage: Stage;
  readonly record: StageRecord;
  /** The `env` context: the job's, with the step's own on top. */
  readonly env: ReadonlyMap<string, string>;
}

/** Fills in one of the step's settings, over every context a step has. */
export function filledSetting({ job, env }: StageRun, setting: string | number | boolean): string {
  return fillTemplate(String(setting), job.scope('step', env));
}

/** The step's name as people see it. One whose expression cannot be read shows as it was written. */
export function displayName(run: StageRun): string {
  const { job, stage } = run;
  try {
    return job.masker.mask(filledSetting(run, stage.name));
  } catch {
    return job.masker.mask(stage.name);
  }
}
