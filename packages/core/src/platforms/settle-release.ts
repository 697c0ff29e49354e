import type { Clock } from '../clock.ts';
import { HttpError } from '../http.ts';
import type { SettleResult } from '../rollout/plan.ts';
import type { Platform, Progress, Target } from './platform.ts';

/** How long the platform's API may be out of reach before we say that we do not know. Milliseconds. */
const patienceMs = 30_000;
const pauseAfterErrorMs = 1000;

export interface SettleRequest {
  readonly platform: Pick<Platform, 'watch'>;
  readonly target: Target;
  readonly id: string;
  readonly budgetMs: number;
  readonly clock: Clock;
  /** Told each new note while waiting. */
  readonly onProgress: (note: string) => void;
}

/**
 * Waits until the platform's own state of a release is final. Trouble with its API is waited out; what is still
 * pending when the budget ends has failed, since a platform that makes no progress will not make it by itself.
 * Rejects with the signal's reason when cancelled.
 */
export async function settleRelease(request: SettleRequest, signal: AbortSignal): Promise<SettleResult> {
  const end = new AbortController();
  const timer = request.clock.sleep(request.budgetMs, end.signal).then(
    () => end.abort(new DeadlineReached()),
    () => undefined,
  );
  try {
    return await watchUntilFinal(request, AbortSignal.any([signal, end.signal]));
  } finally {
    end.abort();
    await timer;
  }
}

class DeadlineReached extends Error {}

async function watchUntilFinal(request: SettleRequest, signal: AbortSignal): Promise<SettleResult> {
  let last: Progress | undefined;
  let troubleSince: number | undefined;
  for (;;) {
    try {
      for await (const progress of request.platform.watch(request.target, request.id, signal)) {
        troubleSince = undefined;
        if (progress.note !== last?.note) request.onProgress(progress.note);
        last = progress;
        if (progress.final) return resultOf(progress);
      }
      signal.throwIfAborted();
      return { kind: 'unknown', note: `the platform stopped reporting on ${request.id}` };
    } catch (error) {
      if (signal.reason instanceof DeadlineReached) return outOfTime(request, last);
      if (!(error instanceof HttpError)) throw error;
      troubleSince ??= request.clock.monotonic();
      if (request.clock.monotonic() - troubleSince > patienceMs)
        return { kind: 'unknown', note: error.message };
      request.onProgress(`the platform's API cannot be asked: ${error.message}`);
      await request.clock.sleep(pauseAfterErrorMs, signal).catch((reason) => {
        if (!(reason instanceof DeadlineReached)) throw reason;
      });
    }
  }
}

function resultOf(progress: Progress): SettleResult {
  if (progress.failure !== undefined) return { kind: 'failed', failure: progress.failure };
  return { kind: 'settled', note: progress.note };
}

function outOfTime(request: SettleRequest, last: Progress | undefined): SettleResult {
  if (last === undefined) return { kind: 'unknown', note: 'the platform’s API did not answer in time' };
  return {
    kind: 'failed',
    failure: {
      reason: 'unhealthy',
      what: `${request.id} was not healthy after ${Math.round(request.budgetMs / 1000)} s: ${last.note}`,
      next: 'Read the failing machine’s log and checks above; raise `wait-timeout` if the app is only slow to start.',
    },
  };
}
