import type { Clock } from '../../clock.ts';
import type { Redactor } from '../../redactor.ts';
import type { Proxies } from '../exchange/proxy.ts';
import { isGatewayStatus } from '../exchange/trouble.ts';
import type { JsonPaths } from '../judge/jsonpath.ts';
import { judge } from '../judge/judge.ts';
import type { PatternThread } from '../judge/patterns.ts';
import type { Answered, Unanswered } from '../types/check-type.ts';
import type { AssertionFailure, Attempt, FailureClass } from '../verdict.ts';
import type { BoundCheck } from './bind.ts';

/** What every attempt of a run shares. */
export interface RunContext {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly proxies: Proxies;
  readonly redactor: Redactor;
  readonly patterns: PatternThread;
  readonly jsonPaths: JsonPaths | undefined;
}

/** One attempt and what the retry rules need to know of it. */
export interface Tried {
  readonly attempt: Attempt;
  readonly retryAfterMs: number | undefined;
  /** It ran out of a time that was cut short by a deadline: that is no evidence against the target. */
  readonly cutShort: boolean;
  /** The check cannot work, whatever the release. */
  readonly isError: boolean;
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
    },
    retryAfterMs: observation.kind === 'answered' ? observation.retryAfterMs : undefined,
    cutShort: verdict.failureClass === 'timeout' && task.timeoutMs < check.timeoutMs,
    isError: verdict.isError,
    release: observation.kind === 'answered' ? observation.release : undefined,
  };
}

interface Verdict {
  readonly failureClass: FailureClass | undefined;
  readonly failures: readonly AssertionFailure[];
  readonly isError: boolean;
}

function unanswered({ failureClass }: Unanswered): Verdict {
  return { failureClass, failures: [], isError: false };
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
    const isError = observation.objections.every(({ endsAs }) => endsAs === 'error');
    return { failureClass: objection.failureClass, failures, isError };
  }
  const { source } = document;
  const { redactor, patterns, clock } = run;
  const context = { source, redactor, patterns, deadlineMs: timeoutMs, now: () => clock.now() };
  const { failures, invalid } = await judge(expect, (one) => observation.read(one), context);
  if (failures.length === 0) return { failureClass: undefined, failures, isError: false };
  if (invalid) return { failureClass: 'definition', failures, isError: true };
  const failureClass = isGatewayStatus(observation.status) ? 'gateway' : 'assertion';
  return { failureClass, failures, isError: false };
}
