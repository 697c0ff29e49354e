import type { CheckResult, ChecksReport } from '../checks/check-result.ts';
import { reasons } from '../outcome/reasons.ts';
import { isCommit } from '../text/commit.ts';
import { element, escapeHtml } from '../text/html.ts';
import { durationWords } from '../text/markdown.ts';
import { countsText, saysItself, watchText, worstFirst } from './checks-text.ts';
import { checkHtml, isBad, tone } from './html/check.ts';
import { phaseLegend } from './html/phases.ts';
import { style } from './html/style.ts';
import type { ReportSubject } from './report-subject.ts';

/** The report as one page: nothing to load, no script, readable with styles off. Everything in it is escaped. */
export function checksHtml(report: ChecksReport, subject: ReportSubject = {}): string {
  const title = subject.title ?? `Checks: ${report.outcome}`;
  const head = [
    '<meta charset="utf-8">',
    // Even if something slipped through the escapes, it could neither run nor load anything.
    `<meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    '<meta name="viewport" content="width=device-width,initial-scale=1">',
    element('title', {}, escapeHtml(subject.target === undefined ? title : `${title} · ${subject.target}`)),
    element('style', {}, style),
  ];
  const body = [verdict(report, subject), phaseLegend(), ...groups(report.results), footer(report)];
  return `<!doctype html>\n<html lang="en">\n<head>\n${head.join('\n')}\n</head>\n<body>\n<main>\n${body.join('\n')}\n</main>\n</body>\n</html>\n`;
}

const words: Readonly<Record<ChecksReport['outcome'], string>> = {
  pass: 'Pass',
  fail: 'Fail',
  inconclusive: 'Inconclusive',
  error: 'Error',
};

function verdict(report: ChecksReport, subject: ReportSubject): string {
  const { outcome, reason, results } = report;
  const { meaning, advice } = reasons[reason];
  const facts = [...whoseFacts(subject), ...factsOf(report)].map(([name, value, url]) =>
    element('div', {}, element('dt', {}, name) + element('dd', {}, linked(value, url))),
  );
  return element(
    'header',
    { class: outcome },
    [
      element('h1', {}, escapeHtml(subject.title?.replace(/: \w+$/, '') ?? 'Checks of the running system')),
      element('p', { class: 'verdict' }, words[outcome]),
      element(
        'p',
        {},
        escapeHtml(
          [`${countsText(results)}.`, ...(saysItself(report) ? [] : [meaning]), ...watchText(report)].join(
            ' ',
          ),
        ),
      ),
      ...(isSeenBelow(report) ? [] : [element('p', { class: 'advice' }, escapeHtml(advice))]),
      share(results),
      element('dl', {}, facts.join('')),
    ].join('\n'),
  );
}

/** A failed check stands open below, with its evidence: there is nothing to advise. */
function isSeenBelow({ outcome, reason }: ChecksReport): boolean {
  return outcome === 'pass' || reason === 'checks-failed';
}

type Fact = readonly [name: string, value: string, url?: string];

function linked(value: string, url: string | undefined): string {
  if (url === undefined || !/^https?:\/\//.test(url)) return escapeHtml(value);
  return element('a', { href: url, rel: 'noreferrer' }, escapeHtml(value));
}

/** What was asked, of which environment and commit, and in which run: a page that is found later must say it itself. */
function whoseFacts({ target, release, commit, run = {} }: ReportSubject): readonly Fact[] {
  const { environment, run: page, startedBy, repositoryUrl } = run;
  const commitUrl = repositoryUrl === undefined ? undefined : `${repositoryUrl}/commit/${commit}`;
  return [
    ...(target === undefined ? [] : [['Target', target, target] as const]),
    ...(release === undefined ? [] : [['Release', release] as const]),
    ...(commit === undefined
      ? []
      : [['Commit', commit.slice(0, 12), isCommit(commit) ? commitUrl : undefined] as Fact]),
    ...(environment === undefined ? [] : [['Environment', environment] as const]),
    ...(page === undefined ? [] : [['Run', page.label, page.url] as const]),
    ...(startedBy === undefined ? [] : [['Started by', startedBy] as const]),
  ];
}

function factsOf({ started, durationMs, release, successes, results }: ChecksReport): [string, string][] {
  const attempts = results.reduce((sum, { attemptCount }) => sum + attemptCount, 0);
  return [
    ['Started', started.replace('T', ' ').replace(/\.\d+Z$/, ' UTC')],
    ['Took', durationWords(durationMs)],
    ['Attempts', String(attempts)],
    ...(successes.wanted > 1
      ? [['Good rounds in a row', `${successes.reached} of ${successes.wanted}`] as [string, string]]
      : []),
    ...(release === undefined ? [] : [['Build the service reports', release] as [string, string]]),
  ];
}

/** How many of each outcome, as a bar; the text above it says the same. */
function share(results: readonly CheckResult[]): string {
  const counts = Map.groupBy(results, tone);
  const parts = (['fail', 'error', 'inconclusive', 'skipped', 'pass'] as const).flatMap((outcome) => {
    const count = counts.get(outcome)?.length ?? 0;
    return count === 0 ? [] : [element('i', { class: outcome, style: `flex-grow:${count}` }, '')];
  });
  return element('div', { class: 'share', 'aria-hidden': 'true' }, parts.join(''));
}

function groups(all: readonly CheckResult[]): string[] {
  const results = worstFirst(all);
  return [
    group(
      'Did not pass',
      results.filter((result) => isBad(result) && result.severity === 'gate'),
    ),
    group(
      'Did not pass, advisory',
      results.filter((result) => isBad(result) && result.severity === 'advisory'),
    ),
    group(
      'Passed',
      results.filter(({ outcome }) => outcome === 'pass'),
    ),
    group(
      'Skipped',
      results.filter(({ outcome }) => outcome === 'skipped'),
    ),
  ].filter((part) => part !== '');
}

function group(title: string, results: readonly CheckResult[]): string {
  if (results.length === 0) return '';
  const heading = element('h2', {}, `${title} ${element('span', {}, String(results.length))}`);
  // Nobody opens the hundredth check that passed at once; `result.json` has its attempt.
  const brief = results.length > 100;
  const rows = results.map((result) => checkHtml(result, { brief: brief && passedAtOnce(result) }));
  return element('section', {}, `${heading}\n${element('div', { class: 'checks' }, rows.join('\n'))}`);
}

function passedAtOnce({ outcome, attemptCount, latency }: CheckResult): boolean {
  return outcome === 'pass' && attemptCount === 1 && latency === undefined;
}

function footer({ reason }: ChecksReport): string {
  return element('footer', {}, `Belay smoke-test · reason ${element('code', {}, escapeHtml(reason))}`);
}
