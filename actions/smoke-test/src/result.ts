import type { ActionResult, CheckResult, ChecksReport, FailureText } from '#core';
import {
  checksAnnotations,
  checksJson,
  checksSummary,
  countsText,
  evidenceLines,
  reasons,
  worstP95,
} from '#core';

/** What the step says about a report: outputs, summary, annotations, and the failure when it is red. */
export function resultOf(report: ChecksReport, folder: string): ActionResult {
  const failure = report.outcome === 'pass' ? undefined : failureOf(report);
  return {
    outcome: report.outcome,
    reason: report.reason,
    ok: failure === undefined,
    outputs: outputsOf(report, folder),
    summary: checksSummary(report),
    headline: `${countsText(report.results)}.`,
    // The step's own failure line is an error annotation as well.
    annotations: checksAnnotations(report, failure === undefined ? 0 : 1),
    ...(failure === undefined ? {} : { failure }),
  };
}

/** What the step says when it was only asked whether the checks can be used. */
export function validResult(count: number): ActionResult {
  return {
    outcome: 'done',
    reason: 'checks-valid',
    ok: true,
    outputs: {},
    headline: `${count} ${count === 1 ? 'check' : 'checks'} can be used. ${reasons['checks-valid'].meaning}`,
  };
}

/** The outputs of a job may hold 1 MiB in all; `report` has the rest. */
const mostInOutput = 200;

function outputsOf(report: ChecksReport, folder: string): Record<string, string> {
  // Gates, as in the headline: a workflow that branches on `failed` must not stop for what only warns.
  const gates = report.results.filter(({ severity }) => severity === 'gate');
  const count = (outcome: CheckResult['outcome']) =>
    String(gates.filter((result) => result.outcome === outcome).length);
  return {
    passed: count('pass'),
    failed: count('fail'),
    inconclusive: count('inconclusive'),
    attempts: String(report.results.reduce((sum, result) => sum + result.attemptCount, 0)),
    release: report.release ?? '',
    'p95-ms': String(worstP95(report) ?? ''),
    report: folder,
    result: checksJson(report, mostInOutput),
  };
}

function failureOf(report: ChecksReport): FailureText {
  const gates = report.results.filter((result) => result.severity === 'gate' && result.outcome !== 'pass');
  const first = gates.find((result) => result.reason === report.reason);
  const reason = reasons[report.reason];
  return {
    code: report.reason,
    what: `${countsText(report.results)}${first === undefined ? '' : `; ${first.name}: ${evidenceLines(first)[0]}`}`,
    why: reason.meaning,
    next: reason.advice,
    details: gates.flatMap((result) => evidenceLines(result).map((line) => `${result.name}: ${line}`)),
  };
}
