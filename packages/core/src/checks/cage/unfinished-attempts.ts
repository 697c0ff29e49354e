import type { AttemptResult } from '../run/attempt-result.ts';
import { notCarriedOut } from '../run/attempt-result.ts';
import type { CheckToAsk } from '../run/prober.ts';
import { limits } from './limits.ts';
import type { WorkerEnded } from './worker-process.ts';

/** Held for less, a thread says nothing against the answer it was judging when the time was up. Milliseconds. */
const leastHeldMs = 1000;

/** An attempt that came to no end by itself. */
export interface UnfinishedAttempt {
  readonly subject: CheckToAsk;
  readonly number: number;
  /** How long it had lasted, milliseconds. */
  readonly ms: number;
}

/**
 * What an attempt came to whose answer ended the worker, all by itself. A failure of the service: nobody can use such an
 * answer. Undefined where the answer is not known to have been the cause.
 */
export function resultOfWorkerEnd(
  ended: WorkerEnded,
  unfinished: UnfinishedAttempt,
): AttemptResult | undefined {
  switch (ended.how) {
    case 'held':
      return resourceLimit(`within ${limits.heldMs / 1000} s`, unfinished);
    case 'memory':
      return resourceLimit(`within ${limits.heapMiB} MiB`, unfinished);
    case 'crashed':
      return resourceLimit('without a crash of the process that reads it', unfinished);
    case 'exception':
      return notCarriedOut('an exception that nobody caught ended it', unfinished.number);
    case 'out-of-time':
      return ended.heldMs < leastHeldMs ? undefined : resourceLimit('before the time was up', unfinished);
    // What may have been anyone's doing is not held against an answer.
    case 'gone':
    case 'closed':
      return undefined;
  }
}

function resourceLimit(within: string, unfinished: UnfinishedAttempt): AttemptResult {
  const expected = `an answer that can be judged ${within}`;
  const why = `the answer cannot be judged ${within}`;
  const { attempt, ...rest } = failed(why, unfinished);
  const failures = [{ read: 'the answer', expected, actual: 'one that cannot' }];
  return { ...rest, attempt: { ...attempt, failures }, isAnswered: true, reason: 'resource-limit' };
}

/** It was under way when the process that asked it ended, and sending it again may do something twice. */
export function interrupted(unfinished: UnfinishedAttempt): AttemptResult {
  const why = 'stopped half-way, since the process that asked it ended; it may have taken effect';
  return { ...failed(why, unfinished), undecided: 'interrupted' };
}

/** The time of the run was over before it came to an end. */
export function cutOff(unfinished: UnfinishedAttempt): AttemptResult {
  return { ...failed('the time was up', unfinished, 'timeout'), cutShort: true };
}

function failed(
  why: string,
  { subject, number, ms }: UnfinishedAttempt,
  failureClass: 'assertion' | 'timeout' = 'assertion',
): AttemptResult {
  const { target, check } = subject;
  const summary = `${target?.url ?? check.type} → ${why}`;
  const phases = { total: Math.round(ms) };
  return {
    retryAfterMs: undefined,
    cutShort: false,
    endsAs: 'fail',
    release: undefined,
    isAnswered: false,
    durationMs: ms,
    warnings: [],
    attempt: { number, outcome: 'fail', failureClass, summary, failures: [], phases },
  };
}
