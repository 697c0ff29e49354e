import type { AssertionFailure, Attempt, CheckResult } from '../../checks/check-result.ts';
import { reasons } from '../../outcome/reasons.ts';
import { element, escapeHtml } from '../../text/html.ts';
import { durationWords } from '../../text/markdown.ts';
import { evidenceLines, latencies, placeText, watchLines } from '../checks-text.ts';
import { phaseBar } from './phases.ts';
import { spark } from './spark.ts';

export const outcomeSymbols: Readonly<Record<CheckResult['outcome'], string>> = {
  pass: '✓',
  fail: '✗',
  inconclusive: '?',
  error: '!',
  skipped: '–',
};

/** One check: a row that opens to its evidence and attempts, unless `brief`. Those that did not pass are open already. */
export function checkHtml(result: CheckResult, { brief }: { readonly brief: boolean }): string {
  const open: Record<string, true> = isBad(result) ? { open: true } : {};
  const told = brief
    ? []
    : [evidence(result), answer(result), command(result), measures(result), attempts(result)];
  const body = [meaning(result), ...told, facts(result)];
  return element(
    'details',
    { class: `check ${tone(result)}`, ...open },
    `${element('summary', {}, head(result))}\n${element('div', { class: 'body' }, body.filter((part) => part !== '').join('\n'))}`,
  );
}

/** The colour of a check: an advisory one never alarms. */
export function tone({ outcome, severity }: CheckResult): string {
  return severity === 'advisory' && outcome !== 'pass' && outcome !== 'skipped' ? 'inconclusive' : outcome;
}

export function isBad({ outcome }: CheckResult): boolean {
  return outcome !== 'pass' && outcome !== 'skipped';
}

function head(result: CheckResult): string {
  const last = result.attempts.at(-1);
  const badges = [
    result.type,
    ...(result.severity === 'advisory' ? ['advisory'] : []),
    ...(result.warnings?.length ? ['warning'] : []),
  ];
  const tries = result.attemptCount > 1 ? `${result.attemptCount} tries` : '';
  return [
    element(
      'span',
      { class: 'mark', role: 'img', 'aria-label': result.outcome },
      outcomeSymbols[result.outcome],
    ),
    element(
      'span',
      { class: 'name' },
      element('b', {}, escapeHtml(result.name)) +
        badges.map((badge) => element('small', {}, escapeHtml(badge))).join(''),
    ),
    element('code', { class: 'answer' }, escapeHtml(last?.summary ?? evidenceLines(result)[0] ?? '')),
    element('span', { class: 'trend' }, spark(latencies(result))),
    element('span', { class: 'tries' }, tries),
    element('span', { class: 'time' }, last === undefined ? '' : durationWords(last.phases.total)),
  ].join('');
}

function meaning(result: CheckResult): string {
  // That a check failed is seen; why one was not judged is not.
  const isJudged = result.outcome === 'pass' || result.outcome === 'fail';
  const said = isJudged ? [] : [reasons[result.reason].meaning];
  const warnings = (result.warnings ?? []).map(({ message }) => `Warning: ${message}`);
  return [...said, ...watchLines(result), ...warnings]
    .map((text) => element('p', {}, escapeHtml(text)))
    .join('');
}

function evidence({ attempts }: CheckResult): string {
  const failures = attempts.at(-1)?.failures ?? [];
  if (failures.length === 0) return '';
  return table('Evidence', ['Read', 'Expected', 'Actual', 'Where'], failures.map(failureRow));
}

function failureRow({ read, expected, actual, where }: AssertionFailure): string[] {
  const code = (text: string) => element('code', {}, escapeHtml(text));
  return [code(read), code(expected), code(actual), where === undefined ? '' : escapeHtml(placeText(where))];
}

/** How the last answer began, and what it is found by in the service's logs. */
function answer({ answer: seen }: CheckResult): string {
  if (seen === undefined) return '';
  const { body, requestId, address, headers = [], file } = seen;
  const id =
    requestId === undefined
      ? ''
      : element(
          'p',
          {},
          `Request id (${escapeHtml(requestId.header)}): ${element('code', {}, escapeHtml(requestId.value))}`,
        );
  const from =
    address === undefined ? '' : element('p', {}, `Answer of ${element('code', {}, escapeHtml(address))}`);
  const lines = headers.map(([name, value]) => `${name}: ${value}`).join('\n');
  const listed = lines === '' ? '' : told('Headers:', lines);
  const began = body === undefined ? '' : element('pre', {}, escapeHtml(body));
  const whole =
    file === undefined
      ? ''
      : element('p', {}, `All of it: ${element('a', { href: file }, escapeHtml(file))}`);
  return [from, listed, began === '' ? '' : element('p', {}, 'The answer began:'), began, whole, id].join('');
}

function command({ curl }: CheckResult): string {
  return curl === undefined ? '' : told('As a curl command:', curl);
}

function told(title: string, text: string): string {
  return element('p', {}, escapeHtml(title)) + element('pre', {}, escapeHtml(text));
}

function measures({ latency }: CheckResult): string {
  if (latency === undefined) return '';
  const names = ['p50', 'p90', 'p95', 'p99', 'max', 'mean'] as const;
  const known = names.filter((name) => latency[name] !== undefined);
  const cells = known.map((name) => durationWords(latency[name] ?? 0));
  const lost = latency.lost === 0 ? '' : String(latency.lost);
  return table(
    'Latency',
    ['Samples', ...known, ...(lost === '' ? [] : ['Without an answer'])],
    [[String(latency.samples), ...cells, ...(lost === '' ? [] : [lost])]],
  );
}

function attempts(result: CheckResult): string {
  const { attempts, attemptCount } = result;
  if (attempts.length === 0) return '';
  const longest = Math.max(...attempts.map(({ phases }) => phases.total));
  const left = attemptCount - attempts.length;
  const caption = left > 0 ? `Attempts (${left} like the one before are left out)` : 'Attempts';
  return table(
    caption,
    ['#', 'At', 'Outcome', 'Met', 'Phases', 'Time'],
    attempts.map((one) => attemptRow(one, longest)),
  );
}

function attemptRow(
  { number, atMs, outcome, failureClass, summary, phases, notes = [] }: Attempt,
  longest: number,
) {
  const met = [summary, ...notes].map((line) => element('code', {}, escapeHtml(line))).join('<br>');
  return [
    String(number),
    atMs === undefined ? '' : `+${durationWords(atMs)}`,
    escapeHtml(failureClass ?? outcome),
    met,
    phaseBar(phases, longest),
    durationWords(phases.total),
  ];
}

function facts({ url, place, file }: CheckResult): string {
  const where = place === undefined ? file : placeText(place);
  const parts = [
    ...(url === undefined ? [] : [element('code', {}, escapeHtml(url))]),
    ...(where === undefined ? [] : [`stands in ${escapeHtml(where)}`]),
  ];
  return parts.length === 0 ? '' : element('p', { class: 'facts' }, parts.join(' · '));
}

/** Rows of cells that are HTML already. */
function table(caption: string, head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = head.map((name) => element('th', { scope: 'col' }, escapeHtml(name))).join('');
  const lines = rows.map((row) =>
    element(
      'tr',
      {},
      row.map((cell, column) => element('td', { 'data-head': head[column] ?? '' }, cell)).join(''),
    ),
  );
  return element(
    'div',
    { class: 'scroll' },
    element(
      'table',
      caption.startsWith('Attempts') ? { class: 'attempts' } : {},
      `${element('caption', {}, escapeHtml(caption))}<thead><tr>${cells}</tr></thead><tbody>${lines.join('')}</tbody>`,
    ),
  );
}
