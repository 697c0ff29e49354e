import type { Clock } from '../../clock.ts';
import type { Redactor } from '../../redactor.ts';
import type { Proxies } from '../exchange/proxy.ts';
import { isGatewayStatus } from '../exchange/trouble.ts';
import type { JsonPaths } from '../judge/jsonpath.ts';
import { judge } from '../judge/judge.ts';
import type { PatternThread } from '../judge/patterns.ts';
import type { Answered, Objection, Unanswered } from '../types/check-type.ts';
import type { AssertionFailure, Attempt, FailureClass } from '../verdict.ts';
import type { BoundCheck } from './bind.ts';

/** What every attempt of a run shares. */
export interface RunContext {
  readonly clock: Clock;
  /** When the run began, on the monotonic clock. */
  readonly from: number;
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
  const atMs = Math.round(run.clock.monotonic() - run.from);
  const observation = await probe.attempt({ ...run, timeoutMs: task.timeoutMs, connectTimeoutMs });
  const verdict =
    observation.kind === 'unanswered' ? unanswered(observation) : await answered(observation, task, run);
  return {
    attempt: {
      number: task.number,
      atMs,
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
  const [objection, ...more] = observation.objections ?? [];
  if (objection !== undefined) return objected([objection, ...more], bound, run);
  const { source } = bound.document;
  const context = { source, redactor: run.redactor, patterns: run.patterns, deadlineMs: timeoutMs };
  const { failures, invalid } = await judge(bound.expect, (one) => observation.read(one), context);
  if (failures.length === 0) return { failureClass: undefined, failures, isError: false };
  if (observation.wall !== undefined) return objected([observation.wall], bound, run);
  if (invalid) return { failureClass: 'definition', failures, isError: true };
  const failureClass = isGatewayStatus(observation.status) ? 'gateway' : 'assertion';
  return { failureClass, failures, isError: false };
}

function objected(
  objections: readonly [Objection, ...Objection[]],
  { check, document }: BoundCheck,
  { redactor }: RunContext,
): Verdict {
  const where = document.source.place(check.origin);
  const failures = objections.map(({ failure: { read, expected, actual } }) => ({
    read: redactor.redact(read),
    expected: redactor.redact(expected),
    actual: redactor.excerpt(actual, 400),
    where,
  }));
  const isError = objections.every(({ endsAs }) => endsAs === 'error');
  return { failureClass: objections[0].failureClass, failures, isError };
}
