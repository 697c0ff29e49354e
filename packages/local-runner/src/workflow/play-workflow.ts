import { conditionHolds, type Standing } from '../expressions.ts';
import { githubContext } from '../github-context.ts';
import type { JobResult } from '../job-result.ts';
import type { GitHubFacts, JobSpec, NeededJob, Values } from '../job-spec.ts';
import { dispatchInputs, starts } from './events.ts';
import type { Workflow, WorkflowJob } from './read-workflow.ts';

/** What starts a workflow. */
export interface WorkflowEvent {
  readonly github: GitHubFacts;
  /** Of a dispatch. */
  readonly inputs?: Values;
}

/** One job of it as a runner is asked to run it; whoever plays it brings the rest. */
export type JobPlay = Required<Pick<JobSpec, 'steps' | 'env' | 'outputs' | 'needs' | 'inputs'>> & {
  readonly id: string;
  /** Of the job, or else of the workflow; undefined where neither names any. */
  readonly permissions: unknown;
  readonly github: GitHubFacts;
};

export interface PlayedJob extends NeededJob {
  readonly id: string;
  /** Absent when it was skipped. */
  readonly job?: JobResult;
}

/**
 * Plays a workflow's jobs in the order in which they need each other, one at a time, and answers how each ended; no jobs
 * when the event does not start it. Matrices, containers and called workflows are not its business.
 */
export async function playWorkflow(
  workflow: Workflow,
  event: WorkflowEvent,
  runJob: (play: JobPlay) => Promise<JobResult>,
): Promise<readonly PlayedJob[]> {
  if (!starts(workflow, event.github)) return [];
  const inputs =
    event.github.event_name === 'workflow_dispatch' ? dispatchInputs(workflow, event.inputs ?? {}) : {};
  const played = new Map<string, PlayedJob>();
  for (let left = [...workflow.jobs]; left.length > 0; left = left.filter(({ id }) => !played.has(id))) {
    const job = left.find(({ needs }) => needs.every((id) => played.has(id)));
    if (job === undefined)
      throw new Error(`The jobs ${left.map(({ id }) => id).join(', ')} wait for each other.`);
    played.set(job.id, await playJob(job));
  }
  return workflow.jobs.flatMap(({ id }) => played.get(id) ?? []);

  async function playJob(job: WorkflowJob): Promise<PlayedJob> {
    const { id, outputs, steps } = job;
    const needs = Object.fromEntries(job.needs.map((need) => [need, ended(played.get(need))]));
    if (!begins(job, { needs, inputs, github: event.github })) return { id, result: 'skipped', outputs: {} };
    const env = { ...workflow.env, ...job.env };
    const permissions = job.permissions ?? workflow.permissions;
    const github = { ...event.github, job: id };
    const result = await runJob({ id, steps, env, outputs, needs, inputs, permissions, github });
    return { id, result: result.conclusion, outputs: result.outputs, job: result };
  }
}

/** What the jobs after it may know. */
function ended(job: PlayedJob | undefined): NeededJob {
  return { result: job?.result ?? 'skipped', outputs: job?.outputs ?? {} };
}

/** A job's `if` is the service's to ask, before there is a runner: it knows no steps and no secrets. */
function begins(
  job: WorkflowJob,
  {
    github,
    ...contexts
  }: { needs: Readonly<Record<string, NeededJob>>; inputs: Values; github: GitHubFacts },
): boolean {
  const results = Object.values(contexts.needs).map(({ result }) => result);
  const worst: readonly Standing[] = ['cancelled', 'failure', 'skipped'];
  const status = worst.find((one) => results.includes(one)) ?? 'success';
  const place = { workspace: '', eventPath: '' };
  const scope = { contexts: { ...contexts, github: githubContext(github, place) }, status };
  return conditionHolds(job.if ?? 'success()', { ...scope, impliesSuccess: true });
}
