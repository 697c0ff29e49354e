import type { CheckResult, ChecksReport } from '../checks/check-result.ts';
import { reasons } from '../outcome/reasons.ts';
import { defined } from '../text/defined.ts';
import { answerLines, evidenceLines, noteLines, placeText } from './checks-text.ts';

/** JUnit XML: a suite for each check file and each scenario, a case for each check. */
export function checksJunit(report: ChecksReport): string {
  const suites = [...Map.groupBy(report.results, ({ scenario, file }) => scenario ?? file ?? 'checks')];
  const body = suites.map(([name, results]) => suite(name, results, report)).join('\n');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${totals(report.results)}>\n${body}\n</testsuites>\n`;
}

function suite(name: string, results: readonly CheckResult[], report: ChecksReport): string {
  const facts = report.release === undefined ? '' : `\n${properties({ release: report.release })}`;
  const cases = results.map(testCase).join('\n');
  const attributes = attribute('name', name) + attribute('timestamp', report.started) + totals(results);
  return `<testsuite${attributes}>${facts}\n${cases}\n</testsuite>`;
}

/** Failures and errors of gates; advisory results and everything undecided count as skipped. */
function totals(results: readonly CheckResult[]): string {
  const count = (kind: CaseElement['kind']) =>
    results.filter((result) => caseElementOf(result)?.kind === kind).length;
  const total = results.reduce((sum, result) => sum + result.durationMs, 0);
  return (
    attribute('tests', String(results.length)) +
    attribute('failures', String(count('failure'))) +
    attribute('errors', String(count('error'))) +
    attribute('skipped', String(count('skipped'))) +
    attribute('time', seconds(total))
  );
}

function testCase(result: CheckResult): string {
  const attributes =
    attribute('name', result.name) +
    attribute('classname', `belay.${result.type}`) +
    attribute('time', seconds(result.durationMs)) +
    (result.file === undefined ? '' : attribute('file', result.file)) +
    (result.place === undefined ? '' : attribute('line', String(result.place.line)));
  const notes = noteLines(result);
  const parts = [
    properties(factsOf(result)),
    ...caseElements(result),
    ...(notes.length === 0 ? [] : [`<system-out>${escaped(notes.join('\n'))}</system-out>`]),
  ];
  return `<testcase${attributes}>\n${parts.join('\n')}\n</testcase>`;
}

interface CaseElement {
  readonly kind: 'failure' | 'error' | 'skipped';
  readonly type: string;
}

function caseElementOf({ severity, outcome, reason, attempts }: CheckResult): CaseElement | undefined {
  if (outcome === 'pass') return undefined;
  if (severity === 'advisory' || outcome === 'skipped') return { kind: 'skipped', type: reason };
  const type = attempts.at(-1)?.failureClass ?? reason;
  // JUnit has no word for "not judged": an error is what makes readers look.
  return { kind: outcome === 'fail' ? 'failure' : 'error', type };
}

function caseElements(result: CheckResult): string[] {
  const element = caseElementOf(result);
  if (element === undefined) return [];
  const cause = result.cause === undefined ? '' : ` (${result.cause})`;
  const message = attribute('message', `${result.outcome}: ${reasons[result.reason].meaning}${cause}`);
  if (element.kind === 'skipped') return [`<skipped${message}/>`];
  const where = result.attempts
    .at(-1)
    ?.failures.flatMap((one) => (one.where === undefined ? [] : [placeText(one.where)]));
  const lines = [
    ...[...evidenceLines(result), ...(where ?? []).map((place) => `at ${place}`)],
    ...apart(answerLines(result)),
    ...apart(result.curl === undefined ? [] : [result.curl]),
  ];
  return [
    `<${element.kind}${message}${attribute('type', element.type)}>${escaped(lines.join('\n'))}</${element.kind}>`,
  ];
}

/** After an empty line. */
function apart(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', ...lines];
}

function factsOf(result: CheckResult): Record<string, string> {
  const phases = Object.entries(result.attempts.at(-1)?.phases ?? {});
  return {
    attempts: String(result.attemptCount),
    outcome: result.outcome,
    severity: result.severity,
    ...defined({ url: result.url }),
    ...(result.latency?.p95 === undefined ? {} : { 'p95-ms': String(result.latency.p95) }),
    ...Object.fromEntries(
      phases.map(([phase, ms]) => [`${phase === 'firstByte' ? 'first-byte' : phase}-ms`, String(ms)]),
    ),
  };
}

function properties(facts: Readonly<Record<string, string>>): string {
  const lines = Object.entries(facts).map(
    ([name, value]) => `<property${attribute('name', name)}${attribute('value', value)}/>`,
  );
  return `<properties>${lines.join('')}</properties>`;
}

function attribute(name: string, value: string): string {
  return ` ${name}="${/[^\S ]| {2}/.test(value) ? escaped(value).replace(/\s+/g, ' ') : escaped(value)}"`;
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

/** Text of an XML 1.0 document; what XML cannot hold at all, escaped or not, is left out. */
function escaped(text: string): string {
  // Nearly every text is plain, and looking is ten times cheaper than replacing.
  if (!/[^\t\n\r\u0020-\u007e]|[&<>"]/.test(text)) return text;
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');
}
