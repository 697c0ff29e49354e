import type { CheckResult, ChecksReport, SourcePlace } from '../checks/check-result.ts';
import { failureText } from '../checks/failure-text.ts';
import type { AttemptProgress } from '../checks/run/options.ts';
import { reasons } from '../outcome/reasons.ts';
import { durationWords } from '../text/markdown.ts';

/** `smoke.yml:7:5`, or `line 7, column 5` of inline checks. */
export function placeText({ file, line, column }: SourcePlace): string {
  return file === undefined ? `line ${line}, column ${column}` : `${file}:${line}:${column}`;
}

const worstOutcomes = ['fail', 'error', 'inconclusive', 'skipped', 'pass'] as const;

/** What failed before what could not be judged, else as in the file: where room is short, the cause must not be crowded out. */
export function worstFirst(results: readonly CheckResult[]): CheckResult[] {
  const byOutcome = Map.groupBy(results, ({ outcome }) => outcome);
  return worstOutcomes.flatMap((outcome) => byOutcome.get(outcome) ?? []);
}

/** Why a check did not pass, one line each: its assertions, else what the last attempt met, else the reason. */
export function evidenceLines(result: CheckResult): string[] {
  const last = result.attempts.at(-1);
  if (result.outcome === 'skipped')
    return [`${reasons[result.reason].meaning}${result.cause === undefined ? '' : ` (${result.cause})`}`];
  if (last === undefined) return [reasons[result.reason].meaning];
  if (last.outcome === 'pass') return [reasons[result.reason].meaning, last.summary];
  return last.failures.length === 0 ? [last.summary] : last.failures.map(failureText);
}

/** Of one check; more are in the report. */
const mostNotes = 5;

/** What the last attempt met beside what is judged, such as that a cache answered; a line each. */
export function noteLines({ attempts }: Pick<CheckResult, 'attempts'>): string[] {
  const notes = attempts.at(-1)?.notes ?? [];
  const more = notes.length - mostNotes;
  return [...notes.slice(0, mostNotes), ...(more > 0 ? [`${more} more notes are in the report files.`] : [])];
}

/** The answer to a check that did not pass, a line each: where it came from, its headers, then how its body begins. */
export function answerLines({ answer }: Pick<CheckResult, 'answer'>): string[] {
  if (answer === undefined) return [];
  const { address, headers = [], body, file } = answer;
  const head = [
    ...(address === undefined ? [] : [`Answer of ${address}`]),
    ...headers.map(([name, value]) => `${name}: ${value}`),
  ];
  const parts = [
    head,
    body === undefined ? [] : body.split(/\r?\n/),
    file === undefined ? [] : [`All of it: ${file}`],
  ].filter((lines) => lines.length > 0);
  // An empty line between them.
  return parts.flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]));
}

/** `2 of 5 checks failed`, as far as gates decide; advisory failures are named apart. */
export function countsText(results: readonly CheckResult[]): string {
  const gates = results.filter((result) => result.severity === 'gate');
  const count = (outcome: CheckResult['outcome']) =>
    gates.filter((result) => result.outcome === outcome).length;
  const parts = [
    `${count('pass')} of ${gates.length} gate ${gates.length === 1 ? 'check' : 'checks'} passed`,
  ];
  for (const [outcome, words] of named) if (count(outcome) > 0) parts.push(`${count(outcome)} ${words}`);
  const advisory = results.filter(
    (result) => result.severity === 'advisory' && result.outcome === 'fail',
  ).length;
  if (advisory > 0) parts.push(`${advisory} advisory failed`);
  return parts.join(', ');
}

/** Whether the counts say already what the reason means. */
export function saysItself({ reason }: Pick<ChecksReport, 'reason'>): boolean {
  return reason === 'checks-failed' || reason === 'verified';
}

const named = [
  ['fail', 'failed'],
  ['error', 'in error'],
  ['inconclusive', 'inconclusive'],
  ['skipped', 'skipped'],
] as const;

/** `✗ api, attempt 2: GET https://… → 503`. */
export function progressText({ check, attempt, outcome, summary }: AttemptProgress): string {
  return `${outcome === 'pass' ? '✓' : '✗'} ${check}, attempt ${attempt}: ${summary}`;
}

/** Milliseconds of the samples of a check that takes them, otherwise of its attempts. */
export function latencies({ latency, totals }: CheckResult): readonly number[] {
  return latency?.values ?? totals ?? [];
}

/** The highest 95th percentile of the gates that take samples, in whole milliseconds; undefined when none does. */
export function worstP95({ results }: ChecksReport): number | undefined {
  const measured = results
    .filter(({ severity }) => severity === 'gate')
    .flatMap(({ latency }) => latency?.p95 ?? []);
  return measured.length === 0 ? undefined : Math.round(Math.max(...measured));
}

/** `Watched: 38 good rounds, 2 bad`; nothing for a check that was not watched. */
export function watchLines({ watch }: CheckResult): string[] {
  if (watch === undefined) return [];
  const { good, bad, errors, late } = watch;
  const parts = [
    `${good} good ${good === 1 ? 'round' : 'rounds'}`,
    ...(bad === 0 ? [] : [`${bad} bad`]),
    ...(errors === 0 ? [] : [`${errors} in error`]),
    ...(late === 0 ? [] : [`${late} left out because the one before took too long`]),
  ];
  return [`Watched: ${parts.join(', ')}.`];
}

/** `Watched for 10m 00s.`, or how far it came; nothing when nothing was watched. */
export function watchText({ watch }: ChecksReport): string[] {
  if (watch === undefined) return [];
  const asked = durationWords(watch.forMs);
  switch (watch.ended) {
    case 'in-time':
      return [`Watched for ${asked}.`];
    case 'over-limit':
      return [`The watch went over its limit after ${durationWords(watch.lastedMs)} of ${asked}.`];
    case 'cut-short':
      return [`The watch was cut short after ${durationWords(watch.lastedMs)} of ${asked}.`];
  }
}
