import type { Redactor } from '../../redactor.ts';
import { isGatewayStatus } from '../exchange/trouble.ts';
import { judge } from '../judge/judge.ts';
import type { PatternThread } from '../judge/patterns.ts';
import type { Answered, AttemptContext, Objection, Unanswered } from '../types/check-type.ts';
import type { AssertionFailure, Attempt, FailureClass } from '../verdict.ts';
import type { BoundCheck } from './bind.ts';

/** What every attempt of a run shares. */
export interface RunContext extends Omit<AttemptContext, 'timeoutMs' | 'connectTimeoutMs'> {
  readonly redactor: Redactor;
  readonly patterns: PatternThread;
}

/** One attempt and what the retry rules need to know of it. */
export interface Tried {
  readonly attempt: Attempt;
  readonly retryAfterMs: number | undefined;
  /** It ran out of a time that was cut short by a deadline: that is no evidence against the target. */
  readonly cutShort: boolean;
  /** What a failure says of the release. */
  readonly endsAs: Objection['endsAs'];
  readonly release: string | undefined;
}

export interface AttemptTask {
  readonly bound: BoundCheck;
  readonly number: number;
  /** At most the check's own timeout. */
  readonly timeoutMs: number;
}

/** Probes once and judges the answer. Everything in the attempt is masked. Rejects only when aborted. */
export async function tryOnce(task: AttemptTask, run: RunContext): Promise<Tried> {
  const { check, probe } = task.bound;
  const connectTimeoutMs = Math.min(check.connectTimeoutMs, task.timeoutMs);
  const observation = await probe.attempt({ ...run, timeoutMs: task.timeoutMs, connectTimeoutMs });
  const verdict =
    observation.kind === 'unanswered' ? unanswered(observation) : await answered(observation, task, run);
  return {
    attempt: {
      number: task.number,
      outcome: verdict.failureClass === undefined ? 'pass' : 'fail',
      ...(verdict.failureClass === undefined ? {} : { failureClass: verdict.failureClass }),
      summary: run.redactor.excerpt(observation.summary, 500),
      failures: verdict.failures,
      phases: observation.phases,
      ...(observation.status === undefined ? {} : { status: observation.status }),
      ...notesOf(observation, run.redactor),
    },
    retryAfterMs: observation.kind === 'answered' ? observation.retryAfterMs : undefined,
    cutShort: verdict.failureClass === 'timeout' && task.timeoutMs < check.timeoutMs,
    endsAs: verdict.endsAs,
    release: observation.kind === 'answered' ? observation.release : undefined,
  };
}

interface Verdict {
  readonly failureClass: FailureClass | undefined;
  readonly failures: readonly AssertionFailure[];
  readonly endsAs: Objection['endsAs'];
}

function unanswered({ failureClass }: Unanswered): Verdict {
  return { failureClass, failures: [], endsAs: 'fail' };
}

async function answered(
  observation: Answered,
  { bound, timeoutMs }: AttemptTask,
  run: RunContext,
): Promise<Verdict> {
  const { check, document, expect } = bound;
  const [objection] = observation.objections ?? [];
  if (observation.objections !== undefined && objection !== undefined) {
    const where = document.source.place(check.origin);
    const failures = observation.objections.map(({ failure: { read, expected, actual } }) => ({
      read: run.redactor.redact(read),
      expected: run.redactor.redact(expected),
      actual: run.redactor.excerpt(actual, 400),
      where,
    }));
    return { failureClass: objection.failureClass, failures, endsAs: gravest(observation.objections) };
  }
  const { source } = document;
  const context = { source, redactor: run.redactor, patterns: run.patterns, deadlineMs: timeoutMs };
  const { failures, invalid } = await judge(expect, (one) => observation.read(one), context);
  if (failures.length === 0) return { failureClass: undefined, failures, endsAs: 'fail' };
  if (invalid) return { failureClass: 'definition', failures, endsAs: 'error' };
  const failureClass = isGatewayStatus(observation.status) ? 'gateway' : 'assertion';
  return { failureClass, failures, endsAs: 'fail' };
}

/** What counts against the release outranks what does not. */
function gravest(objections: readonly Objection[]): Objection['endsAs'] {
  const order = ['fail', 'error', 'unknown'] as const;
  return order.find((one) => objections.some(({ endsAs }) => endsAs === one)) ?? 'fail';
}

function notesOf(observation: Answered | Unanswered, redactor: Redactor): Pick<Attempt, 'notes'> {
  if (observation.kind === 'unanswered' || observation.notes === undefined) return {};
  return { notes: observation.notes.map((note) => redactor.excerpt(note, 400)) };
}
