import { fillTemplate } from './expressions.ts';
import type { Job } from './job.ts';
import type { Stage } from './stage.ts';

/** Ends a stage early: when the job is cancelled and the stage's condition no longer holds, or when its time is up. */
export interface StageStop {
  readonly signal: AbortSignal;
  readonly timeoutMinutes: number;
  readonly why: 'cancelled' | 'timed-out' | undefined;
  release(): void;
}

export function stageStop(job: Job, stage: Stage, env: ReadonlyMap<string, string>): StageStop {
  const controller = new AbortController();
  const timeoutMinutes = minutes(job, stage, env);
  let why: StageStop['why'];
  const stop = (reason: 'cancelled' | 'timed-out') => {
    why ??= reason;
    controller.abort();
  };
  // `always()` and `cancelled()` steps are left running
  const onCancel = () => {
    if (!job.holds(stage, env)) stop('cancelled');
  };
  // a cancel may have come between the condition and now
  if (job.spec.signal?.aborted === true) onCancel();
  else job.spec.signal?.addEventListener('abort', onCancel, { once: true });
  const timer = timeoutMinutes > 0 ? setTimeout(stop, timeoutMinutes * 60_000, 'timed-out') : undefined;
  return {
    signal: controller.signal,
    timeoutMinutes,
    get why() {
      return why;
    },
    release() {
      clearTimeout(timer);
      job.spec.signal?.removeEventListener('abort', onCancel);
    },
  };
}

function minutes(job: Job, stage: Stage, env: ReadonlyMap<string, string>): number {
  const setting = String(stage.step['timeout-minutes'] ?? 0);
  return Number(fillTemplate(setting, job.scope('step', env)));
}
