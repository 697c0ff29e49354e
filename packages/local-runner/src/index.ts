/** The public door of the local runner: starts actions and jobs as the hosted runner would. */

export type { Annotation, AnnotationLevel, Place } from './annotation.ts';
export type { JobResult, JobStatus, LogLine, Orphan, StepResult, StepStatus } from './job-result.ts';
export type {
  ActionStep,
  CloudVariables,
  GitHubFacts,
  JobSpec,
  Ladder,
  NeededJob,
  ScriptStep,
  Step,
  Values,
} from './job-spec.ts';
export { type ActionOptions, type ActionResult, runAction } from './run-action.ts';
export { runJob } from './run-job.ts';
export { type JobPlay, type PlayedJob, playWorkflow, type WorkflowEvent } from './workflow/play-workflow.ts';
export { readWorkflow, type Workflow, type WorkflowJob } from './workflow/read-workflow.ts';
