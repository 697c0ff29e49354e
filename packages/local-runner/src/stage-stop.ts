import { filledSetting, type StageRun } from './stage-run.ts';

/** Ends a stage early: when the job is cancelled and the stage's condition no longer holds, or when its time is up. */
export interface StageStop {
  readonly signal: AbortSignal;
  readonly why: 'cancelled' | 'timed-out' | undefined;
  release(): void;
}

export function stageStop(run: StageRun): StageStop {
  const { job, stage, env } = run;
  const controller = new AbortController();
  let why: StageStop['why'];
  const stop = (reason: 'cancelled' | 'timed-out') => {
    why ??= reason;
    controller.abort();
  };
  // `always()` and `cancelled()` steps are left running
  const onCancel = () => {
    if (!job.holds(stage, env)) stop('cancelled');
  };
  const timeoutMs = minutes(run) * 60_000;
  const timer = timeoutMs > 0 ? setTimeout(stop, timeoutMs, 'timed-out') : undefined;
  // a cancel may have come between the condition and now
  if (job.spec.signal?.aborted === true) onCancel();
  else job.spec.signal?.addEventListener('abort', onCancel, { once: true });
  return {
    signal: controller.signal,
    get why() {
      return why;
    },
    release() {
      clearTimeout(timer);
      job.spec.signal?.removeEventListener('abort', onCancel);
    },
  };
}

function minutes(run: StageRun): number {
  const setting = filledSetting(run, run.stage.step['timeout-minutes'] ?? 0);
  const value = Number(setting);
  if (Number.isNaN(value)) throw new Error(`Unexpected value '${setting}' for timeout-minutes`);
  return value;
}
