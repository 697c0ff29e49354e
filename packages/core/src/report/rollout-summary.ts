import type { Outcome, Serving } from '../outcome.ts';
import type { Release, Target } from '../platforms/platform.ts';
import { reasons } from '../reasons.ts';
import type { RolloutVerdict } from '../rollout/plan.ts';
import { describeLive } from '../rollout/standing.ts';
import type { TimelineStep } from '../rollout/timeline.ts';
import { code, details, durationWords, escapeMarkdown, link, table } from './markdown.ts';

/** Everything the summary of one rollout is made of. */
export interface RolloutReport {
  /** `fly-deploy`, `rollback`. */
  readonly action: string;
  readonly target: Target;
  readonly verdict: RolloutVerdict;
  readonly timeline: readonly TimelineStep[];
  readonly durationMs: number;
  readonly compareUrl?: string;
  /** Rollback only: measured against what was promised. */
  readonly slaMs?: number;
  /** Who could have written the records it decided by, as Markdown. */
  readonly records?: string;
  /** The Markdown of the checks, when there were any. */
  readonly checks?: string;
  /** What a rollback does not bring back. */
  readonly notUndone?: readonly string[];
  /** Log lines, exit events and checks of what failed. */
  readonly evidence?: readonly string[];
}

const titles: Record<Outcome, string> = {
  live: '✅ The new release is live',
  unchanged: '✅ Already live',
  staged: '✅ Staged',
  rejected: '❌ Rejected before it took traffic',
  restored: '↩️ Taken back',
  stranded: '🚨 Failed, and not taken back',
  inconclusive: '❔ Could not be judged',
  blocked: '⛔ Blocked',
  cancelled: '⏹️ Cancelled',
  rehearsed: '📝 Rehearsed',
  done: '✅ Done',
  error: '❌ Stopped before anything changed',
};

const servingWords: Record<Serving, string> = {
  new: 'the new release',
  old: 'the old release',
  mixed: 'a mix of releases',
  nothing: 'nothing',
  unknown: 'not known',
};

/** The headline of the log and of the summary: outcome, target and what serves now. */
export function rolloutHeadline({ action, target, verdict }: RolloutReport): string {
  const title =
    (action === 'rollback' ? rollbackTitle(verdict) : undefined) ??
    inPartTitle(action, verdict) ??
    titles[verdict.outcome];
  const isKnown = verdict.serving !== 'unknown' || verdict.live !== undefined;
  const serves = isKnown
    ? `${target.id} serves ${servingName(verdict)}`
    : `what ${target.id} serves is not known`;
  return `${title}: ${serves} (${verdict.outcome}/${verdict.reason}).`;
}

/** What is told of a rollback and of no deploy: that it worked, or that it found nothing to go to and left all alone. */
function rollbackTitle({ outcome, reason }: RolloutVerdict): string | undefined {
  if (outcome === 'restored') return '↩️ Rolled back';
  return outcome === 'stranded' && reason === 'no-target'
    ? '❌ Not rolled back, nothing was changed'
    : undefined;
}

/** The old release serves, and still not all is as it was. */
function inPartTitle(action: string, { outcome, reason, serving }: RolloutVerdict): string | undefined {
  if (outcome !== 'stranded' || serving !== 'old') return undefined;
  const done = action === 'rollback' ? 'Rolled back' : 'Taken back';
  if (reason === 'incomplete') return `🚨 ${done}, but not whole`;
  return reason === 'unmanaged-machines' ? `🚨 ${done}, but not alone` : undefined;
}

/** The job summary of a rollout, as Markdown. */
export function rolloutSummary(report: RolloutReport): string {
  const { verdict, target } = report;
  const parts = [
    `## ${escapeMarkdown(rolloutHeadline(report))}`,
    reasonSentence(verdict),
    cause(report),
    facts(report),
    report.checks,
    ...(report.timeline.length === 0 ? [] : [timelineTable(report.timeline), gantt(target, report.timeline)]),
    notes(report),
  ];
  return `${parts.filter((part) => part !== undefined && part !== '').join('\n\n')}\n`;
}

function servingName({ serving, live, previous }: RolloutVerdict): string {
  if (serving === 'nothing') return describeLive(live ?? { kind: 'nothing' });
  if ((live?.unmanaged ?? []).length > 0) return describeLive(live);
  if (live?.kind === 'one') {
    const whose = serving === 'unknown' ? 'another release,' : servingWords[serving];
    return `${whose} ${live.release.label}${again(live.release, previous)}`;
  }
  if (live?.kind !== 'mixed') return servingWords[serving];
  const shares = live.shares.map(({ release, share }) => `${Math.round(share * 100)} % ${release.label}`);
  return `${servingWords[serving]} (${shares.join(', ')})`;
}

/** Where restoring makes a new release of the old artifact, people know it by its old name. */
function again(live: Release, previous: Release | undefined): string {
  const isSame = previous?.artifact !== undefined && previous.artifact === live.artifact;
  return isSame && previous.id !== live.id ? ` (${previous.label} again)` : '';
}

function reasonSentence({ reason }: RolloutVerdict): string | undefined {
  const known = Object.entries(reasons).find(([code]) => code === reason)?.[1];
  return known === undefined ? undefined : escapeMarkdown(`${known.meaning} ${known.advice}`);
}

function cause({ verdict: { cause }, evidence: gathered = [] }: RolloutReport): string | undefined {
  if (cause === undefined) return undefined;
  const why = cause.why === undefined ? '' : ` — ${escapeMarkdown(cause.why)}`;
  const evidence = [...(cause.evidence ?? []), ...gathered];
  const head = `**Cause:** ${escapeMarkdown(cause.what)}${why}`;
  if (evidence.length === 0) return head;
  return `${head}\n\n${details('Evidence', `<pre>${evidence.map(preformatted).join('\n')}</pre>`)}`;
}

function preformatted(line: string): string {
  return line
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/[^\P{Cc}\t]/gu, '');
}

function facts({ target, verdict, durationMs, compareUrl, slaMs, records }: RolloutReport): string {
  const row = (name: string, value: string | undefined) => (value === undefined ? [] : [[name, value]]);
  return table(
    ['', ''],
    [
      ['Target', `${code(target.id)}${target.url === undefined ? '' : ` ${link(target.url, target.url)}`}`],
      ...row('Release', verdict.release && code(verdict.release.label)),
      ...row('Before', verdict.previous && code(verdict.previous.label)),
      ...row('Took', durationWords(durationMs)),
      ...row('SLA', slaMs === undefined ? undefined : slaWords(durationMs, slaMs)),
      ...row('Records', records),
      ...row('Changes', compareUrl === undefined ? undefined : link('compare on GitHub', compareUrl)),
      ...row('Dashboard', target.dashboardUrl === undefined ? undefined : link('open', target.dashboardUrl)),
    ],
  );
}

/** `12.3 s of 5m 00s: met`. Measured, never enforced. */
export function slaWords(durationMs: number, slaMs: number): string {
  return `${durationWords(durationMs)} of ${durationWords(slaMs)}: ${durationMs <= slaMs ? 'met' : 'missed'}`;
}

/** The steps as Markdown. */
export function timelineTable(steps: readonly TimelineStep[]): string {
  return table(
    ['Step', 'Took', 'Note'],
    steps.map((step) => [
      escapeMarkdown(step.name),
      durationWords(step.durationMs),
      escapeMarkdown(step.note),
    ]),
  );
}

function gantt(target: Target, steps: readonly TimelineStep[]): string {
  const rows = steps.map(
    (step, index) =>
      `  ${step.name.replace(/[^\w -]/g, ' ')} :s${index}, ${Date.parse(step.started)}, ${Math.max(1, step.durationMs)}ms`,
  );
  const title = target.id.replace(/[^\w:/. -]/g, ' ');
  const chart = ['gantt', `  title ${title}`, '  dateFormat x', '  axisFormat %M:%S', ...rows].join('\n');
  return details('Timeline', `\`\`\`mermaid\n${chart}\n\`\`\``);
}

function notes({ verdict, notUndone = [] }: RolloutReport): string {
  const undone = notUndone.map((text) => `Not undone: ${text}`);
  return [...verdict.notes, ...undone].map((note) => `- ${escapeMarkdown(note)}`).join('\n');
}
