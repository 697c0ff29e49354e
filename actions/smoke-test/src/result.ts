import type { ActionResult, FailureText, RunnerContext } from '#core';
import { reasons, runFactsOf, testedCommit } from '#core';
import type { CheckResult, ChecksReport, ReportSubject } from '#core/checks';
import { checksAnnotations, checksJson, checksPage, countsText, evidenceLines, worstP95 } from '#core/checks';
import type { InputValues } from '#core/inputs';
import { defined, shownAddress } from '#core/inputs';
import type { inputs } from './inputs.ts';

/** What the step says about a report: outputs, summary, annotations, and the failure when it is red. */
export function resultOf(report: ChecksReport, folder: string, subject: ReportSubject): ActionResult {
  const failure = report.outcome === 'pass' ? undefined : failureOf(report);
  return {
    outcome: report.outcome,
    reason: report.reason,
    ok: failure === undefined,
    outputs: outputsOf(report, folder),
    summary: checksPage(report, subject),
    headline: `${countsText(report.results)}.`,
    // What could not be judged has one cause, which the step's own line tells.
    annotations: checksAnnotations(report).filter(
      ({ level }) => report.outcome !== 'inconclusive' || level !== 'error',
    ),
    ...defined({ failure }),
  };
}

/** What the report of the checks is about. */
export function subjectOf(
  { url, flyApp, environment, commit, checkVariables }: InputValues<typeof inputs>,
  context: RunnerContext,
): ReportSubject {
  const app = flyApp === undefined ? undefined : `fly:${flyApp}`;
  const address = url ?? checkVariables.url;
  return {
    target: address === undefined ? app : shownAddress(address),
    commit: testedCommit(context, commit),
    run: runFactsOf(context, environment),
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
    // That a check failed is said already, and of which release nobody knows here.
    ...(report.reason === 'checks-failed' ? {} : { why: reason.meaning }),
    next: reason.advice,
    details: gates.flatMap((result) => evidenceLines(result).map((line) => `${result.name}: ${line}`)),
  };
}
