import type {
  AnswerSeen,
  AssertionFailure,
  Attempt,
  CheckResult,
  ChecksReport,
  Comparison,
  Latency,
  SourcePlace,
} from '../checks/check-result.ts';
import { worstP95 } from './checks-text.ts';

/**
 * The report as JSON: schema version 1, keys in a fixed order, durations in whole milliseconds. Of more than `most`
 * checks those that passed are left out first, and counted; answers and commands are then those of the first that have any.
 */
export function checksJson(report: ChecksReport, most = Number.POSITIVE_INFINITY): string {
  const shown = worst(report.results, most);
  const leftOut = report.results.length - shown.length;
  return JSON.stringify({
    schema_version: 1,
    outcome: report.outcome,
    reason: report.reason,
    started: report.started,
    duration_ms: report.durationMs,
    release: report.release,
    p95_ms: worstP95(report),
    successes: { reached: report.successes.reached, wanted: report.successes.wanted },
    watch: report.watch && {
      for_ms: report.watch.forMs,
      lasted_ms: report.watch.lastedMs,
      ended: report.watch.ended,
    },
    checks: brief(shown, most).map(check),
    ...(leftOut === 0 ? {} : { left_out: leftOut }),
  });
}

function worst(results: readonly CheckResult[], most: number): readonly CheckResult[] {
  if (results.length <= most) return results;
  const { true: passed = [], false: others = [] } = Object.groupBy(results, ({ outcome }) =>
    String(outcome === 'pass'),
  );
  return [...others, ...passed].slice(0, most);
}

/** Answers in a report that may hold only some checks. */
const mostAnswers = 20;

function brief(results: readonly CheckResult[], most: number): readonly CheckResult[] {
  if (!Number.isFinite(most)) return results;
  let left = mostAnswers;
  return results.map((result) => {
    const { answer, curl, ...rest } = result;
    if (answer === undefined && curl === undefined) return result;
    return left-- > 0 ? result : rest;
  });
}

function check(result: CheckResult) {
  return {
    name: result.name,
    scenario: result.scenario,
    type: result.type,
    severity: result.severity,
    outcome: result.outcome,
    reason: result.reason,
    cause: result.cause,
    url: result.url,
    answer: result.answer && answer(result.answer),
    curl: result.curl,
    file: result.file,
    line: result.place?.line,
    column: result.place?.column,
    duration_ms: result.durationMs,
    watch: result.watch,
    attempt_count: result.attemptCount,
    attempts: result.attempts.map(attempt),
    latency_ms: result.latency && latency(result.latency),
    comparison: result.comparison && comparison(result.comparison),
    warnings: result.warnings?.map(({ message, where }) => ({ message, ...place(where) })),
  };
}

function answer({ body, requestId, address, headers, file }: AnswerSeen) {
  const listed = headers?.map(([name, value]) => ({ name, value }));
  return { body, request_id: requestId?.value, address, headers: listed, file };
}

function comparison({ from, metric, ms, beforeMs, limitMs }: Comparison) {
  return { from, metric, ms, before_ms: beforeMs, limit_ms: limitMs };
}

function latency({ p50, p90, p95, p99, max, mean, samples, lost, values, warmup }: Latency) {
  return { samples, lost, p50, p90, p95, p99, max, mean, values, warmup };
}

function attempt({ number, atMs, outcome, failureClass, summary, status, phases, failures, notes }: Attempt) {
  return {
    number,
    at_ms: atMs,
    outcome,
    failure_class: failureClass,
    summary,
    status,
    phases_ms: {
      dns: phases.dns,
      connect: phases.connect,
      tls: phases.tls,
      first_byte: phases.firstByte,
      download: phases.download,
      total: phases.total,
    },
    failures: failures.map(failure),
    notes,
  };
}

function failure({ read, expected, actual, where }: AssertionFailure) {
  return { read, expected, actual, ...place(where) };
}

function place(where: SourcePlace | undefined) {
  return { file: where?.file, line: where?.line, column: where?.column };
}
