import type { Redactor } from '../../io/redactor.ts';
import type { ReasonCode } from '../../outcome/reasons.ts';
import { defined } from '../../text/defined.ts';
import { withoutHiddenFields } from '../../text/hidden-fields.ts';
import type { AssertionFailure, Attempt, FailureClass, Warning } from '../check-result.ts';
import { bareHost } from '../exchange/bare-host.ts';
import type { Connections } from '../exchange/connections.ts';
import { isGatewayStatus } from '../exchange/exchange-error.ts';
import type { LargeAnswers } from '../exchange/large-answers.ts';
import type { JudgeContext } from '../judge/judge.ts';
import { judgeWithThresholds } from '../judge/judge-thresholds.ts';
import type { PatternThread } from '../judge/patterns.ts';
import { mostJudgingMs, ResourceLimit } from '../judge/resource-limit.ts';
import type { Answered, AttemptContext, Finding, MayLack, Probe, Unanswered } from '../types/check-type.ts';
import type { AttemptResult, TargetFacts } from './attempt-result.ts';
import type { BoundCheck } from './bound.ts';
import { isContent } from './content.ts';
import { failureDetails } from './failure-details.ts';

/** What every attempt of a run shares. */
export interface RunContext
  extends Omit<AttemptContext, 'timeoutMs' | 'connectTimeoutMs' | 'awaits' | 'connections'> {
  /** When the run began, on the monotonic clock. */
  readonly from: number;
  readonly redactor: Redactor;
  readonly patterns: PatternThread;
  /** Those that checks leave to each other. */
  readonly pool?: Connections;
  /** Where many are asked at once. */
  readonly largeAnswers?: LargeAnswers;
}

export interface AttemptTask {
  readonly bound: BoundCheck;
  readonly number: number;
  /** At most the check's own timeout. */
  readonly timeoutMs: number;
  /** What a page may lack; absent: nothing. */
  readonly mayLack?: MayLack | undefined;
}

interface RenewedTask extends AttemptTask {
  /** Its address may hold what was generated. */
  readonly isRenewed: boolean;
}

/** Probes once and judges the answer. Everything in the attempt is masked. Rejects only when aborted. */
export async function tryOnce(asked: AttemptTask, run: RunContext): Promise<AttemptResult> {
  const renewed = asked.bound.renewed?.();
  const task = { ...asked, bound: renewed ?? asked.bound, isRenewed: renewed !== undefined };
  const place = run.largeAnswers?.place();
  try {
    const first = await triedOver(task, { ...run, place });
    if (first.isAnswered || place?.hasWaited !== true) return first;
    // A server that was kept from sending may have given up: now there is room for all it says.
    return task.bound.probe.repeatable
      ? await triedOver(task, { ...run, place })
      : { ...first, undecided: 'interrupted' };
  } finally {
    place?.leave();
  }
}

type Shared = Omit<RunContext, 'pool'> & Pick<AttemptContext, 'place' | 'connections'>;

/** With the connections of other checks; its own are for them where it passes. */
async function triedOver(
  task: RenewedTask,
  { pool, ...run }: RunContext & Pick<AttemptContext, 'place'>,
): Promise<AttemptResult> {
  const { check, probe } = task.bound;
  const connections = pool?.lease(check.origin, isContent(task.bound), probe.host && bareHost(probe.host));
  let passed = false;
  try {
    const one = await tried(task, { ...run, connections });
    passed = one.attempt.outcome === 'pass';
    return one;
  } finally {
    connections?.end(passed);
  }
}

async function tried(task: RenewedTask, run: Shared): Promise<AttemptResult> {
  const { check, probe } = task.bound;
  const connectTimeoutMs = Math.min(check.connectTimeoutMs, task.timeoutMs);
  const startedMs = run.clock.monotonic();
  const atMs = Math.round(startedMs - run.from);
  const awaits: NonNullable<AttemptContext['awaits']> = async (sources, read) => {
    const concerned = task.bound.expect.filter(({ source }) => sources.includes(source.name));
    const { failures, invalid } = await run.judging(() =>
      judgeWithThresholds(concerned, read, judging(task, run)),
    );
    return failures.length > 0 && !invalid;
  };
  const observation = await probe
    .attempt({ ...run, timeoutMs: task.timeoutMs, connectTimeoutMs, awaits, mayLack: task.mayLack })
    .catch((error: unknown) => beyondLimits(error, run, startedMs));
  // A timer may ring a little early.
  const isOutOfTime = run.clock.monotonic() - startedMs >= task.timeoutMs - 2;
  const verdict =
    observation.kind === 'unanswered'
      ? unanswered(observation)
      : await run.judging(() => answered(observation, task, run));
  return {
    attempt: {
      number: task.number,
      atMs,
      outcome: verdict.failureClass === undefined ? 'pass' : 'fail',
      ...defined({ failureClass: verdict.failureClass }),
      summary: run.redactor.excerpt(summaryOf(observation), 500),
      failures: verdict.failures,
      phases: observation.phases,
      ...defined({ status: observation.status }),
      ...notesOf(observation, run.redactor),
    },
    retryAfterMs: observation.kind === 'answered' ? observation.retryAfterMs : undefined,
    cutShort: isOutOfTime && task.timeoutMs < check.timeoutMs && isLate(verdict),
    endsAs: verdict.endsAs,
    ...defined({ reason: verdict.reason, undecided: verdict.undecided }),
    ...(isKept(observation) ? { isKept: true as const } : {}),
    release: observation.kind === 'answered' ? observation.release : undefined,
    isAnswered: observation.kind === 'answered',
    durationMs: durationOf(observation),
    ...(verdict.failureClass === undefined ? {} : failureDetails(observation, task.bound, run.redactor)),
    warnings: [...verdict.warnings, ...warningsOf(observation, run.redactor)],
    ...lackingOf(observation),
    ...(task.isRenewed ? { target: targetOf(probe, run.redactor) } : {}),
  };
}

/** What a check comes to whose time is up: whether it failed for that alone is told by how long it took. */
function isLate({ failureClass, endsAs }: AttemptVerdict): boolean {
  return failureClass === 'timeout' || failureClass === 'resolve' || endsAs === 'unknown';
}

/** An answer that a type could not get to the end of, within what judging may take. */
function beyondLimits(error: unknown, run: Shared, startedMs: number): Answered {
  if (!(error instanceof ResourceLimit)) throw error;
  const failure = { read: 'the answer', expected: 'one that can be judged', actual: error.message };
  const finding: Finding = {
    failureClass: 'assertion',
    failure,
    endsAs: 'fail',
    reason: 'resource-limit',
  };
  return {
    kind: 'answered',
    summary: error.message,
    phases: { total: Math.round(run.clock.monotonic() - startedMs) },
    findings: [finding],
    read: () => ({ kind: 'missing' }),
  };
}

/** Where a check is asked, masked. */
export function targetOf({ url, host }: Probe, redactor: Redactor): TargetFacts {
  return { url: url && redactor.redact(url), host };
}

interface AttemptVerdict {
  readonly failureClass: FailureClass | undefined;
  readonly failures: readonly AssertionFailure[];
  readonly endsAs: Finding['endsAs'];
  readonly reason?: ReasonCode;
  /** Why it cannot be judged, though it did not pass. */
  readonly undecided?: ReasonCode;
  readonly warnings: readonly Warning[];
}

const duration = { name: 'duration', argument: undefined };

/** As an assertion would read it; types without that source have it in their phases, rounded. */
function durationOf(observation: Answered | Unanswered): number {
  const reading = observation.kind === 'answered' ? observation.read(duration) : undefined;
  const isKnown = reading?.kind === 'found' && typeof reading.value === 'number';
  return isKnown ? Number(reading.value) : observation.phases.total;
}

function unanswered({ failureClass }: Unanswered): AttemptVerdict {
  return { failureClass, failures: [], endsAs: 'fail', warnings: [] };
}

function judging(
  { bound, timeoutMs }: AttemptTask,
  { redactor, patterns, clock }: Shared,
  unshown?: string,
): JudgeContext {
  const { source } = bound.document;
  const deadlineMs = Math.min(timeoutMs, mostJudgingMs);
  const showing = { redactor, redactQuery: bound.probe.redactQuery ?? [], unshown };
  return { source, showing, patterns, deadlineMs, now: () => clock.now() };
}

async function answered(observation: Answered, task: AttemptTask, run: Shared): Promise<AttemptVerdict> {
  const { bound } = task;
  const [finding, ...more] = observation.findings ?? [];
  if (finding !== undefined) return objected([finding, ...more], bound, run);
  const { failures, invalid, warnings, overran } = await judgeWithThresholds(
    bound.expect,
    (one) => observation.read(one),
    judging(task, run, observation.unshown),
  );
  const { kept } = observation;
  if (failures.length === 0) {
    const noted = kept === undefined ? [] : [keptWarning(kept, task, run)];
    return { failureClass: undefined, failures, endsAs: 'fail', warnings: [...warnings, ...noted] };
  }
  if (observation.interception !== undefined) return objected([observation.interception], bound, run);
  if (overran)
    return { failureClass: 'assertion', failures, endsAs: 'fail', reason: 'resource-limit', warnings };
  if (invalid) return { failureClass: 'definition', failures, endsAs: 'error', warnings };
  const failureClass = isGatewayStatus(observation.status) ? 'gateway' : 'assertion';
  const undecided = kept === undefined ? {} : ({ undecided: 'cached' } as const);
  return { failureClass, failures, endsAs: 'fail', ...undecided, warnings };
}

function isKept(observation: Answered | Unanswered): boolean {
  return observation.kind === 'answered' && observation.kept !== undefined;
}

function keptWarning(said: string, { bound: { check, document } }: AttemptTask, { redactor }: RunContext) {
  const message = `a cache answered with what it had before the change (${redactor.excerpt(said, 200)}), and nothing led past it: no evidence of the release`;
  return { message, where: document.source.place(check.origin) };
}

function objected(
  findings: readonly [Finding, ...Finding[]],
  { check, document }: BoundCheck,
  { redactor }: Shared,
): AttemptVerdict {
  const where = document.source.place(check.origin);
  const failures = findings.map(({ failure: { read, expected, actual } }) => ({
    read: redactor.redact(read),
    expected: redactor.redact(expected),
    actual: redactor.excerpt(actual, 400),
    where,
  }));
  const { endsAs, reason } = gravest(findings);
  return {
    failureClass: findings[0].failureClass,
    failures,
    endsAs,
    warnings: [],
    ...defined({ reason }),
  };
}

/** What counts against the release outranks what does not. */
function gravest(findings: readonly [Finding, ...Finding[]]): Finding {
  const order = ['fail', 'error', 'unknown'];
  return findings.reduce((worst, one) =>
    order.indexOf(one.endsAs) < order.indexOf(worst.endsAs) ? one : worst,
  );
}

/** Made after the assertions have read what they wanted: that may have brought a doubt up. */
function summaryOf(observation: Answered | Unanswered): string {
  const caveat = observation.kind === 'answered' ? observation.caveat?.() : undefined;
  return caveat === undefined ? observation.summary : `${observation.summary} (${caveat})`;
}

function warningsOf(observation: Answered | Unanswered, redactor: Redactor): readonly Warning[] {
  const warnings = observation.kind === 'answered' ? observation.warnings : undefined;
  return (warnings ?? []).map((message) => ({ message: redactor.excerpt(message, 400) }));
}

function lackingOf(observation: Answered | Unanswered): Pick<AttemptResult, 'lacking'> {
  if (observation.kind === 'unanswered' || observation.lacking === undefined) return {};
  return observation.lacking.length === 0 ? {} : { lacking: observation.lacking };
}

function notesOf(observation: Answered | Unanswered, redactor: Redactor): Pick<Attempt, 'notes'> {
  if (observation.kind === 'unanswered' || observation.notes === undefined) return {};
  return { notes: observation.notes.map((note) => redactor.excerpt(withoutHiddenFields(note), 400)) };
}
