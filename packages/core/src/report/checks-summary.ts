import type { Attempt, CheckResult, ChecksReport } from '../checks/check-result.ts';
import { reasons } from '../outcome/reasons.ts';
import { code, details, durationWords, escapeMarkdown, table, verbatim } from '../text/markdown.ts';
import {
  answerLines,
  countsText,
  evidenceLines,
  latencies,
  noteLines,
  placeText,
  saysItself,
  watchLines,
  watchText,
  worstFirst,
} from './checks-text.ts';
import { sparkline } from './sparkline.ts';

/** Well below the 1 MiB at which the runner refuses a summary whole; the caller's own text needs room as well. */
const defaultLimit = 600_000;

/** The summary of a report stands in a file and on a page. */
const made = new WeakMap<ChecksReport, string>();

/** The report as Markdown: verdict, table of checks, evidence of what did not pass. Cut at whole rows with a note. */
export function checksSummary(report: ChecksReport, limit = defaultLimit): string {
  if (limit !== defaultLimit) return summaryOf(report, limit);
  const summary = made.get(report) ?? summaryOf(report, limit);
  made.set(report, summary);
  return summary;
}

function summaryOf(report: ChecksReport, limit: number): string {
  const head = `### Checks: ${verdictWords[report.outcome]}\n\n${verdictLine(report)}`;
  // What did not pass comes first: it is what must survive a cut.
  const ordered = worstFirst(report.results);
  const bad = ordered.filter((result) => result.outcome !== 'pass');
  const evidence = fitting(
    bad.filter((result) => result.outcome !== 'skipped').map(evidenceOf),
    limit / 2,
    'failed checks',
  );
  const rows = ordered.map(row);
  // Most reports have no trend to show.
  const columns = [
    ...fixedColumns,
    ...(rows.some((cells) => cells[fixedColumns.length] !== '') ? ['Trend'] : []),
  ];
  const shown = rowsWithin(rows, limit - head.length - evidence.length);
  const cut = rows.length - shown.length;
  const note = cut === 0 ? '' : `\n\n${cut} more checks are in the report files.`;
  return [head, warningsOf(report), table(columns, shown) + note, notesOf(report), evidence]
    .filter((part) => part !== '')
    .join('\n\n');
}

const fixedColumns = ['Check', 'Outcome', 'Answer', 'Tries', 'Time'];

const verdictWords: Readonly<Record<ChecksReport['outcome'], string>> = {
  pass: '✅ pass',
  fail: '❌ fail',
  inconclusive: '❔ inconclusive',
  error: '⚠️ error',
};

const outcomeSymbols: Readonly<Record<CheckResult['outcome'], string>> = {
  ...verdictWords,
  skipped: '⏭️ skipped',
};

function verdictLine(report: ChecksReport): string {
  const { successes, release } = report;
  const parts = [
    `${countsText(report.results)} in ${durationWords(report.durationMs)}.`,
    ...(saysItself(report) ? [] : [escapeMarkdown(reasons[report.reason].meaning)]),
  ];
  if (successes.wanted > 1)
    parts.push(`Good for ${successes.reached} of ${successes.wanted} rounds in a row.`);
  parts.push(...watchText(report));
  if (release !== undefined) parts.push(`The service reports build ${code(release)}.`);
  return parts.join(' ');
}

function warningsOf({ results }: ChecksReport): string {
  const all = results.flatMap(({ name, warnings = [] }) =>
    warnings.map(({ message }) => `${name}: ${message}`),
  );
  const shown = all.slice(0, 20).map((line) => `- ⚠️ ${escapeMarkdown(line)}`);
  const rest = all.length - shown.length;
  return [...shown, ...(rest === 0 ? [] : [`- ${rest} more warnings are in the report files.`])].join('\n');
}

/** Of those that passed; the others have theirs beside their evidence. */
function notesOf({ results }: ChecksReport): string {
  const passed = results.filter(({ outcome }) => outcome === 'pass');
  const all = passed.flatMap((result) => noteLines(result).map((note) => `${result.name}: ${note}`));
  const shown = all.slice(0, 20).map((line) => `- ${escapeMarkdown(line)}`);
  const rest = all.length - shown.length;
  return [...shown, ...(rest === 0 ? [] : [`- ${rest} more notes are in the report files.`])].join('\n');
}

function row(result: CheckResult): string[] {
  const last = result.attempts.at(-1);
  const advisory = result.severity === 'advisory' ? ' (advisory)' : '';
  return [
    escapeMarkdown(result.name),
    outcomeSymbols[result.outcome] + advisory,
    last === undefined ? escapeMarkdown(evidenceLines(result)[0] ?? '') : code(last.summary),
    String(result.attemptCount),
    last === undefined ? '' : durationWords(last.phases.total),
    trend(result),
  ];
}

/** `▂▂▃█ p95 311 ms`: the samples or attempts, and their 95th percentile where there is one. */
function trend(result: CheckResult): string {
  const p95 = result.latency?.p95;
  return [sparkline(latencies(result)), p95 === undefined ? '' : `p95 ${durationWords(p95)}`]
    .filter((part) => part !== '')
    .join(' ');
}

function evidenceOf(result: CheckResult): string {
  const last = result.attempts.at(-1);
  const rows = (last?.failures ?? []).map((failure) => [
    code(failure.read),
    code(failure.expected),
    code(failure.actual),
    failure.where === undefined ? '' : escapeMarkdown(placeText(failure.where)),
  ]);
  const parts = [
    result.reason === 'checks-failed' ? '' : escapeMarkdown(reasons[result.reason].meaning),
    ...watchLines(result),
    table(['Read', 'Expected', 'Actual', 'Where'], rows),
    table(['Attempt', 'At', 'Outcome', 'Met', 'Time'], result.attempts.map(attemptRow)),
    result.answer === undefined ? '' : verbatim(answerLines(result).join('\n')),
    result.curl === undefined ? '' : verbatim(result.curl),
  ];
  const body = parts.filter((part) => part !== '').join('\n\n');
  return details(`${result.name}: ${result.outcome}`, body, { open: result.severity === 'gate' });
}

function attemptRow(attempt: Attempt): string[] {
  return [
    String(attempt.number),
    attempt.atMs === undefined ? '' : `+${durationWords(attempt.atMs)}`,
    escapeMarkdown(attempt.failureClass ?? attempt.outcome),
    [attempt.summary, ...(attempt.notes ?? [])].map(code).join('<br>'),
    durationWords(attempt.phases.total),
  ];
}

function rowsWithin(rows: readonly string[][], limit: number): string[][] {
  const shown: string[][] = [];
  let size = 0;
  for (const row of rows) {
    size += Buffer.byteLength(row.join(' | ')) + 6;
    if (size > limit) break;
    shown.push(row);
  }
  return shown;
}

function fitting(parts: readonly string[], limit: number, what: string): string {
  const shown: string[] = [];
  let size = 0;
  for (const part of parts) {
    size += Buffer.byteLength(part);
    if (size > limit) break;
    shown.push(part);
  }
  const cut = parts.length - shown.length;
  return [...shown, ...(cut === 0 ? [] : [`${cut} more ${what} are in the report files.`])].join('\n\n');
}
