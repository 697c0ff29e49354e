import type { AssertionFailure, Attempt, CheckResult, ChecksReport } from '../checks/verdict.ts';

/** The whole report as JSON: schema version 1, keys in a fixed order, durations in whole milliseconds. */
export function checksJson(report: ChecksReport): string {
  return JSON.stringify({
    schema_version: 1,
    outcome: report.outcome,
    reason: report.reason,
    started: report.started,
    duration_ms: report.durationMs,
    release: report.release,
    successes: { reached: report.successes.reached, wanted: report.successes.wanted },
    checks: report.results.map(check),
  });
}

function check(result: CheckResult) {
  return {
    name: result.name,
    type: result.type,
    severity: result.severity,
    outcome: result.outcome,
    reason: result.reason,
    url: result.url,
    file: result.file,
    line: result.place?.line,
    column: result.place?.column,
    duration_ms: result.durationMs,
    attempt_count: result.attemptCount,
    attempts: result.attempts.map(attempt),
  };
}

function attempt({ number, outcome, failureClass, summary, status, phases, failures, notes }: Attempt) {
  return {
    number,
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
  return { read, expected, actual, file: where?.file, line: where?.line, column: where?.column };
}
