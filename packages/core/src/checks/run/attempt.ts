import type { ReasonCode } from '../../reasons.ts';
import type { Redactor } from '../../redactor.ts';
import type { LargeAnswers } from '../exchange/large-answers.ts';
import { isGatewayStatus } from '../exchange/trouble.ts';
import { judgeWithBars } from '../judge/bars.ts';
import type { JudgeContext } from '../judge/judge.ts';
import type { PatternThread } from '../judge/patterns.ts';
import { mostJudgingMs, ResourceLimit } from '../judge/resource-limit.ts';
import type { Answered, AttemptContext, Objection, Unanswered } from '../types/check-type.ts';
import type { AssertionFailure, Attempt, FailureClass, Warning } from '../verdict.ts';
import type { BoundCheck } from './bind.ts';
import type { Tried } from './tried.ts';

/** What every attempt of a run shares. */
export interface RunContext extends Omit<AttemptContext, 'timeoutMs' | 'connectTimeoutMs' | 'awaits'> {
  /** When the run began, on the monotonic clock. */
  readonly from: number;
  readonly redactor: Redactor;
  readonly patterns: PatternThread;
  /** Where many are asked at once. */
  readonly largeAnswers?: LargeAnswers;
}

export interface AttemptTask {
  readonly bound: BoundCheck;
  readonly number: number;
  /** At most the check's own timeout. */
  readonly timeoutMs: number;
}

/** Probes once and judges the answer. Everything in the attempt is masked. Rejects only when aborted. */
export async function tryOnce(task: AttemptTask, run: RunContext): Promise<Tried> {
  const place = run.largeAnswers?.place();
  try {
    const first = await tried(task, { ...run, place });
    if (first.isAnswered || place?.hasWaited !== true) return first;
    // A server that was kept from sending may have given up: now there is room for all it says.
    return task.bound.probe.repeatable
      ? await tried(task, { ...run, place })
      : { ...first, undecided: 'interrupted' };
  } finally {
    place?.leave();
  }
}

async function tried(task: AttemptTask, run: RunContext & Pick<AttemptContext, 'place'>): Promise<Tried> {
  const { check, probe } = task.bound;
  const connectTimeoutMs = Math.min(check.connectTimeoutMs, task.timeoutMs);
  const startedMs = run.clock.monotonic();
  const atMs = Math.round(startedMs - run.from);
  const awaits: NonNullable<AttemptContext['awaits']> = async (sources, read) => {
    const concerned = task.bound.expect.filter(({ source }) => sources.includes(source.name));
    const { failures, invalid } = await run.judging(() => judgeWithBars(concerned, read, judging(task, run)));
    return failures.length > 0 && !invalid;
  };
  const observation = await probe
    .attempt({ ...run, timeoutMs: task.timeoutMs, connectTimeoutMs, awaits })
    .catch((error: unknown) => beyondLimits(error, run, startedMs));
  const verdict =
    observation.kind === 'unanswered'
      ? unanswered(observation)
      : await run.judging(() => answered(observation, task, run));
  return {
    attempt: {
      number: task.number,
      atMs,
      outcome: verdict.failureClass === undefined ? 'pass' : 'fail',
      ...(verdict.failureClass === undefined ? {} : { failureClass: verdict.failureClass }),
      summary: run.redactor.excerpt(summaryOf(observation), 500),
      failures: verdict.failures,
      phases: observation.phases,
      ...(observation.status === undefined ? {} : { status: observation.status }),
      ...notesOf(observation, run.redactor),
    },
    retryAfterMs: observation.kind === 'answered' ? observation.retryAfterMs : undefined,
    cutShort: verdict.failureClass === 'timeout' && task.timeoutMs < check.timeoutMs,
    endsAs: verdict.endsAs,
    ...(verdict.reason === undefined ? {} : { reason: verdict.reason }),
    release: observation.kind === 'answered' ? observation.release : undefined,
    isAnswered: observation.kind === 'answered',
    durationMs: durationOf(observation),
    warnings: verdict.warnings,
  };
}

/** An answer that a type could not get to the end of, within what judging may take. */
function beyondLimits(error: unknown, run: RunContext, startedMs: number): Answered {
  if (!(error instanceof ResourceLimit)) throw error;
  const failure = { read: 'the answer', expected: 'one that can be judged', actual: error.message };
  const objection: Objection = {
    ...{ failureClass: 'assertion', failure, endsAs: 'fail', reason: 'resource-limit' },
  };
  return {
    kind: 'answered',
    summary: error.message,
    phases: { total: Math.round(run.clock.monotonic() - startedMs) },
    objections: [objection],
    read: () => ({ kind: 'missing' }),
  };
}

interface Verdict {
  readonly failureClass: FailureClass | undefined;
  readonly failures: readonly AssertionFailure[];
  readonly endsAs: Objection['endsAs'];
  readonly reason?: ReasonCode;
  readonly warnings: readonly Warning[];
}

const duration = { name: 'duration', argument: undefined };

/** As an assertion would read it; types without that source have it in their phases, rounded. */
function durationOf(observation: Answered | Unanswered): number {
  const reading = observation.kind === 'answered' ? observation.read(duration) : undefined;
  const isKnown = reading?.kind === 'found' && typeof reading.value === 'number';
  return isKnown ? Number(reading.value) : observation.phases.total;
}

function unanswered({ failureClass }: Unanswered): Verdict {
  return { failureClass, failures: [], endsAs: 'fail', warnings: [] };
}

function judging({ bound, timeoutMs }: AttemptTask, { redactor, patterns, clock }: RunContext): JudgeContext {
  const { source } = bound.document;
  const deadlineMs = Math.min(timeoutMs, mostJudgingMs);
  return { source, redactor, patterns, deadlineMs, now: () => clock.now() };
}

async function answered(observation: Answered, task: AttemptTask, run: RunContext): Promise<Verdict> {
  const { bound } = task;
  const [objection, ...more] = observation.objections ?? [];
  if (objection !== undefined) return objected([objection, ...more], bound, run);
  const { failures, invalid, warnings, overran } = await judgeWithBars(
    bound.expect,
    (one) => observation.read(one),
    judging(task, run),
  );
  if (failures.length === 0) return { failureClass: undefined, failures, endsAs: 'fail', warnings };
  if (observation.wall !== undefined) return objected([observation.wall], bound, run);
  if (overran)
    return { failureClass: 'assertion', failures, endsAs: 'fail', reason: 'resource-limit', warnings };
  if (invalid) return { failureClass: 'definition', failures, endsAs: 'error', warnings };
  const failureClass = isGatewayStatus(observation.status) ? 'gateway' : 'assertion';
  return { failureClass, failures, endsAs: 'fail', warnings };
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
  const { endsAs, reason } = gravest(objections);
  return {
    ...{ failureClass: objections[0].failureClass, failures, endsAs, warnings: [] },
    ...(reason === undefined ? {} : { reason }),
  };
}

/** What counts against the release outranks what does not. */
function gravest(objections: readonly [Objection, ...Objection[]]): Objection {
  const order = ['fail', 'error', 'unknown'];
  return objections.reduce((worst, one) =>
    order.indexOf(one.endsAs) < order.indexOf(worst.endsAs) ? one : worst,
  );
}

/** Made after the assertions have read what they wanted: that may have brought a doubt up. */
function summaryOf(observation: Answered | Unanswered): string {
  const doubt = observation.kind === 'answered' ? observation.doubt?.() : undefined;
  return doubt === undefined ? observation.summary : `${observation.summary} (${doubt})`;
}

function notesOf(observation: Answered | Unanswered, redactor: Redactor): Pick<Attempt, 'notes'> {
  if (observation.kind === 'unanswered' || observation.notes === undefined) return {};
  return { notes: observation.notes.map((note) => redactor.excerpt(note, 400)) };
}
