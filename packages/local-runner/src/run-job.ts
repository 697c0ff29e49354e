import { fillTemplate } from './expressions.ts';
import { githubContext } from './github-context.ts';
import { Job } from './job.ts';
import { createFolders, removeFolders } from './job-folders.ts';
import type { JobResult, LogLine } from './job-result.ts';
import type { JobSpec } from './job-spec.ts';
import { killOrphans } from './orphans.ts';
import { runStage } from './run-stage.ts';
import { mainStages, type Stage } from './stage.ts';
import { StepLog } from './step-log.ts';

/**
 * Runs a job's steps as the hosted runner would and answers what came of them. Never rejects because of a step.
 * Needs, matrix, containers, composite actions and problem matchers are not its business.
 */
export async function runJob(spec: JobSpec): Promise<JobResult> {
  const folders = await createFolders(spec);
  try {
    const job = new Job(spec, folders, githubContext(spec.github ?? {}, folders));
    const cancellation = watchForCancel(job);
    try {
      await runStages(job, mainStages(spec.steps), cancellation.cutOff);
      return await finish(job);
    } finally {
      cancellation.release();
    }
  } finally {
    await removeFolders(folders);
  }
}

/** Posts run after all steps, in reverse order of their mains. */
async function runStages(job: Job, stages: readonly Stage[], cutOff: AbortSignal): Promise<void> {
  for (const stage of stages) {
    if (!cutOff.aborted) await runStage(job, stage, cutOff);
  }
  for (let post = job.posts.pop(); post !== undefined; post = job.posts.pop()) {
    if (!cutOff.aborted) await runStage(job, post, cutOff);
  }
}

/** Registered before any step listens, so that conditions read after a cancel see a cancelled job. */
function watchForCancel(job: Job): { cutOff: AbortSignal; release: () => void } {
  const cutOff = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const onCancel = () => {
    job.status = 'cancelled';
    timer = setTimeout(() => cutOff.abort(), job.spec.cutOffMs ?? 300_000);
  };
  const { signal } = job.spec;
  if (signal?.aborted === true) onCancel();
  else signal?.addEventListener('abort', onCancel, { once: true });
  return {
    cutOff: cutOff.signal,
    release() {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onCancel);
    },
  };
}

async function finish(job: Job): Promise<JobResult> {
  const log = new StepLog(job.masker, job.spec);
  const orphans = await killOrphans(job.trackingId);
  for (const { pid, command } of orphans) log.write(`Terminate orphan process: pid (${pid}) (${command})`);
  const outputs = jobOutputs(job, log);
  const lines: LogLine[] = [...job.results.flatMap((step) => step.log), ...log.lines];
  return {
    conclusion: job.status,
    steps: job.results,
    outputs,
    log: lines,
    summary: job.results.map((step) => step.summary).join(''),
    orphans: orphans.map(({ pid, command }) => ({ pid, command: job.masker.mask(command) })),
    masks: job.masker.values,
  };
}

/** An output that holds a masked text is dropped, not masked. */
function jobOutputs(job: Job, log: StepLog): Record<string, string> {
  const outputs: Record<string, string> = {};
  for (const [name, template] of Object.entries(job.spec.outputs ?? {})) {
    const value = fillTemplate(template, job.scope('step'));
    if (job.masker.hides(value)) log.warning(`Skip output '${name}' since it may contain secret.`);
    else if (value !== '') outputs[name] = value;
  }
  return outputs;
}
