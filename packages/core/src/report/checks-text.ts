import type { AttemptProgress } from '../checks/run/options.ts';
import type { AssertionFailure, CheckResult, ChecksReport, SourcePlace } from '../checks/verdict.ts';
import { reasons } from '../reasons.ts';
import { durationWords } from './markdown.ts';

/** `smoke.yml:7:5`, or `line 7, column 5` of inline checks. */
export function placeText({ file, line, column }: SourcePlace): string {
  return file === undefined ? `line ${line}, column ${column}` : `${file}:${line}:${column}`;
}

/** `status: expected equals 200, got 503`. */
export function failureText({ read, expected, actual }: AssertionFailure): string {
  return `${read}: expected ${expected}, got ${actual}`;
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
