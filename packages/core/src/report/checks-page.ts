import type { ChecksReport } from '../checks/check-result.ts';
import { reasons } from '../outcome/reasons.ts';
import {
  code,
  details,
  durationWords,
  escapeMarkdown,
  factRow,
  factsTable,
  link,
  prose,
} from '../text/markdown.ts';
import { checksSummary } from './checks-summary.ts';
import { countsText } from './checks-text.ts';
import { failingCheck, failingCheckMarkdown } from './failing-check.ts';
import type { ReportSubject } from './report-subject.ts';
import { commitLink, runLink } from './run-facts.ts';

const titles: Readonly<Record<ChecksReport['outcome'], string>> = {
  pass: '✅ The checks passed',
  fail: '❌ A check failed',
  inconclusive: '❔ The checks could not be judged',
  error: '⚠️ The checks could not be carried out',
};

/** The job summary of a run of checks alone: what was asked and what came of it, then what failed, then all of them. */
export function checksPage(report: ChecksReport, subject: ReportSubject): string {
  const { target = '' } = subject;
  const failing = failingCheck(report);
  const parts = [
    `## ${titles[report.outcome]}${target === '' ? '' : `: ${escapeMarkdown(target)}`}`,
    facts(report, subject),
    failing === undefined ? '' : failingCheckMarkdown(failing),
    advice(report),
    // Where something failed it stands above; the tables are wide.
    failing === undefined
      ? checksSummary(report)
      : details(`All checks (${report.results.length})`, checksSummary(report)),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function facts({ results, durationMs, release }: ChecksReport, { target, commit, run = {} }: ReportSubject) {
  return factsTable([
    ['Result', `**${escapeMarkdown(countsText(results))}**`],
    ...factRow('Asked', target && link(target, target)),
    ...factRow('Build', release && code(release)),
    ...factRow('Commit', commit && commitLink(run, commit)),
    ...factRow('Environment', run.environment && escapeMarkdown(run.environment)),
    ...factRow('Run', runLink(run)),
    ...factRow('Started by', run.startedBy && escapeMarkdown(run.startedBy)),
    ...factRow('Took', durationWords(durationMs)),
  ]);
}

/** Of a check that failed everything stands above: there is nothing to advise. */
function advice({ outcome, reason }: ChecksReport): string {
  if (outcome === 'pass' || reason === 'checks-failed') return '';
  const { meaning, advice: next } = reasons[reason];
  return `### What to do now\n\n1. ${prose(next)} ${prose(meaning)}`;
}
