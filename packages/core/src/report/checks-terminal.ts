import type { CheckResult, ChecksReport } from '../checks/check-result.ts';
import { reasons } from '../outcome/reasons.ts';
import { durationWords } from '../text/markdown.ts';
import {
  answerLines,
  countsText,
  evidenceLines,
  latencies,
  noteLines,
  placeText,
  watchText,
} from './checks-text.ts';
import type { Paint, Style } from './paint.ts';
import { sparkline } from './sparkline.ts';

/** Answers that are shown: those of many checks would hide the checks. */
const mostAnswers = 5;

export interface TerminalChoice {
  /** Show the request of a check that did not pass as a curl command. */
  readonly curl?: boolean;
}

/** The report for a terminal: a line for each check, the evidence below those that did not pass, the verdict last. */
export function checksTerminal(report: ChecksReport, paint: Paint, choice: TerminalChoice = {}): string {
  const width = Math.min(40, Math.max(0, ...report.results.map(({ name }) => oneLine(name).length)));
  const answered = report.results.filter(({ answer }) => answer !== undefined);
  const shown = new Set(answered.slice(0, mostAnswers));
  const lines = report.results.flatMap((result) => [
    ...checkLines(result, width, paint),
    ...(shown.has(result)
      ? answerLines(result).map((line) => paint('dim', `    │ ${oneLine(line)}`.trimEnd()))
      : []),
    ...(choice.curl === true && result.curl !== undefined ? commandLines(result.curl) : []),
  ]);
  const more = answered.length - shown.size;
  const rest = more > 0 ? [paint('dim', `${more} more answers are in the report that --json prints.`)] : [];
  return [...lines, ...rest, '', ...verdictLines(report, paint)].join('\n');
}

/** At the left edge and as it is, so that it can be copied. */
function commandLines(curl: string): string[] {
  return ['', ...curl.split('\n').map((line) => line.replace(/[^\P{Cc}\t]|\p{Cf}/gu, ' ')), ''];
}

type Outcome = CheckResult['outcome'];

const outcomeSymbols: Readonly<Record<Outcome, string>> = {
  pass: '✓',
  fail: '✗',
  inconclusive: '?',
  error: '!',
  skipped: '-',
};

const styles: Readonly<Record<Outcome, Style>> = {
  pass: 'good',
  fail: 'bad',
  inconclusive: 'unsure',
  error: 'bad',
  skipped: 'dim',
};

function checkLines(result: CheckResult, width: number, paint: Paint): string[] {
  const { outcome, severity, attempts, attemptCount } = result;
  const last = attempts.at(-1);
  const style = outcome === 'fail' && severity === 'advisory' ? 'unsure' : styles[outcome];
  const parts = [
    paint(style, outcomeSymbols[outcome]),
    oneLine(result.name).padEnd(width),
    ...(last === undefined ? [] : [oneLine(last.summary), paint('dim', durationWords(last.phases.total))]),
    ...(attemptCount > 1
      ? [paint('dim', `${attemptCount} attempts ${sparkline(latencies(result))}`.trim())]
      : []),
    ...(severity === 'advisory' ? [paint('dim', 'advisory')] : []),
  ];
  return [parts.join('  ').trimEnd(), ...evidence(result, paint), ...remarks(result, paint)];
}

function evidence(result: CheckResult, paint: Paint): string[] {
  if (result.outcome === 'pass') return [];
  const where = result.attempts.at(-1)?.failures[0]?.where ?? result.place;
  const place =
    where === undefined || result.outcome === 'skipped' ? [] : [paint('dim', `at ${placeText(where)}`)];
  const summary = result.attempts.at(-1)?.summary;
  const lines = evidenceLines(result).filter((line) => line !== summary);
  return [...lines.map(oneLine), ...place].map((line) => `    ${line}`);
}

function remarks(result: CheckResult, paint: Paint): string[] {
  const { warnings = [] } = result;
  return [
    ...warnings.map(({ message }) => `    ${paint('unsure', oneLine(message))}`),
    ...noteLines(result).map((note) => `    ${paint('dim', oneLine(note))}`),
  ];
}

function verdictLines(report: ChecksReport, paint: Paint): string[] {
  const { outcome, reason, release, results, durationMs, successes } = report;
  const { meaning, advice } = reasons[reason];
  const rounds =
    successes.wanted > 1 ? `, good for ${successes.reached} of ${successes.wanted} rounds in a row` : '';
  return [
    `${paint(styles[outcome], outcome.toUpperCase())}  ${countsText(results)} in ${durationWords(durationMs)}${rounds}.`,
    ...(outcome === 'pass' ? [] : [`${meaning} ${advice}`]),
    ...watchText(report),
    ...(release === undefined ? [] : [`The service reports build ${oneLine(release)}.`]),
  ];
}

/** Text nobody vetted: no control character of it may reach the terminal. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]+/gu, ' ');
}
