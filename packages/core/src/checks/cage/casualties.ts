import type { Subject } from '../run/prober.ts';
import type { Tried } from '../run/tried.ts';
import { unusable } from '../run/tried.ts';
import { limits } from './limits.ts';
import type { WorkerEnded } from './worker-process.ts';

/** Held for less, a thread says nothing against the answer it was judging when the time was up. Milliseconds. */
const leastHeldMs = 1000;

/**
 * What an attempt came to whose answer ended the worker, all by itself. A failure of the service: nobody can use such an
 * answer. Undefined where the answer is not known to have been the cause.
 */
export function gaveNoEnd(ended: WorkerEnded, subject: Subject, number: number): Tried | undefined {
  switch (ended.how) {
    case 'held':
      return resourceLimit(
        `judging its answer came to no end within ${limits.heldMs / 1000} s`,
        subject,
        number,
      );
    case 'memory':
      return resourceLimit(
        `judging its answer takes more than ${limits.heapMiB} MiB of memory`,
        subject,
        number,
      );
    case 'exception':
      return unusable('could not be carried out: an exception that nobody caught ended it', number);
    case 'out-of-time':
      return ended.heldMs < leastHeldMs
        ? undefined
        : resourceLimit('judging its answer came to no end before the time was up', subject, number);
    // What may have been anyone's doing is not held against an answer.
    case 'gone':
    case 'closed':
      return undefined;
  }
}

function resourceLimit(why: string, subject: Subject, number: number): Tried {
  const failure = { read: 'the answer', expected: 'one that can be judged', actual: why };
  return {
    ...failed(`${shown(subject)} → ${why}`, number),
    attempt: { ...failed(`${shown(subject)} → ${why}`, number).attempt, failures: [failure] },
    ...{ isAnswered: true, reason: 'resource-limit' },
  };
}

/** It was under way when another answer ended the worker, and sending it again may do something twice. */
export function interrupted(subject: Subject, number: number): Tried {
  const why = 'stopped half-way, because of another check’s answer; it may have been sent';
  return { ...failed(`${shown(subject)} → ${why}`, number), undecided: 'interrupted' };
}

/** The time of the run was over before it came to an end. */
export function cutOff(subject: Subject, number: number): Tried {
  return { ...failed(`${shown(subject)} → the time was up`, number, 'timeout'), cutShort: true };
}

function failed(summary: string, number: number, failureClass: 'assertion' | 'timeout' = 'assertion'): Tried {
  return {
    ...{ retryAfterMs: undefined, cutShort: false, endsAs: 'fail', release: undefined },
    ...{ isAnswered: false, durationMs: 0, warnings: [] },
    attempt: { number, outcome: 'fail', failureClass, summary, failures: [], phases: { total: 0 } },
  };
}

function shown({ target, check }: Subject): string {
  return target?.url ?? check.type;
}
