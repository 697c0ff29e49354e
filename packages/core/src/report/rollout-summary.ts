import { shownTarget } from '../platforms/shown-target.ts';
import { code, details, escapeMarkdown, factRow, link, prose, table } from '../text/markdown.ts';
import { failingCheckMarkdown } from './failing-check.ts';
import { rolloutHeadline } from './headline.ts';
import { nextSteps } from './next-steps.ts';
import type { RolloutReport } from './rollout-report.ts';
import { servesNow } from './serves-now.ts';
import { gantt, timelineTable } from './timeline-markdown.ts';

/** The job summary of a rollout, as Markdown: what a person on call asks first stands open, all else is folded. */
export function rolloutSummary(report: RolloutReport): string {
  // Where no check failed, what the machines say is what failed: advice points up to it.
  const [first, last] = report.failing === undefined ? [evidence(report), ''] : ['', evidence(report)];
  const parts = [
    `## ${escapeMarkdown(rolloutHeadline(report))}`,
    servesNow(report),
    report.failing === undefined ? first : failingCheckMarkdown(report.failing),
    whatToDo(report),
    notes(report),
    steps(report),
    ...(report.folds ?? []).map(({ title, body }) => (body === '' ? '' : details(title, body))),
    last,
    releases(report),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function whatToDo(report: RolloutReport): string {
  const all = nextSteps(report);
  if (all.length === 0) return '';
  return ['### What to do now', all.map((step, at) => `${at + 1}. ${step}`).join('\n')].join('\n\n');
}

function notes({ verdict, notUndone = [] }: RolloutReport): string {
  const undone = verdict.outcome === 'restored' ? notUndone.map((text) => `Not undone: ${text}`) : [];
  return [...verdict.notes, ...undone].map((note) => `- ${prose(note)}`).join('\n');
}

function steps({ timeline, durationMs, target }: RolloutReport): string {
  if (timeline.length === 0) return '';
  const body = [timelineTable(timeline, durationMs), gantt(shownTarget(target), timeline)].join('\n\n');
  return details(`Steps and times (${timeline.length})`, body);
}

function evidence({
  verdict: { cause },
  evidence: gathered = [],
  evidenceTitle = 'What the platform shows',
}: RolloutReport): string {
  const lines = [...(cause?.evidence ?? []), ...gathered];
  if (lines.length === 0) return '';
  return details(evidenceTitle, `<pre>${lines.map(preformatted).join('\n')}</pre>`);
}

function preformatted(line: string): string {
  return line
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/[^\P{Cc}\t]/gu, '');
}

function releases({ target, verdict, compareUrl, records }: RolloutReport): string {
  const rows = [
    ...factRow('Release', verdict.release && code(verdict.release.label)),
    ...factRow('Before', verdict.previous && code(verdict.previous.label)),
    ...factRow('Changes', compareUrl === undefined ? undefined : link('compare on GitHub', compareUrl)),
    ...factRow('Records', records),
    ...factRow(
      'Dashboard',
      target.dashboardUrl === undefined ? undefined : link('open', target.dashboardUrl),
    ),
  ];
  return rows.length === 0 ? '' : details('Releases and records', table(['Fact', 'Value'], rows));
}
