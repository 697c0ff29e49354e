import { reasons } from '../outcome/reasons.ts';
import type { Live, Release } from '../platforms/platform.ts';
import { shownTarget } from '../platforms/shown-target.ts';
import { servingReleases } from '../rollout/live-relation.ts';
import {
  code,
  durationWords,
  escapeMarkdown,
  type Fact,
  factRow,
  factsTable,
  link,
  prose,
} from '../text/markdown.ts';
import { inAll, releaseName, servingNames } from './headline.ts';
import type { RolloutReport } from './rollout-report.ts';
import { commitLink, runLink } from './run-facts.ts';

/** The first table: what serves now, then what happened, then whose run it was. Its head row is its first fact. */
export function servesNow(report: RolloutReport): string {
  return factsTable([...servingRows(report), ...whatFailed(report), ...whose(report)]);
}

function servingRows({ target, verdict, commits, run }: RolloutReport): readonly Fact[] {
  const { live } = verdict;
  const releases = servingReleases(live ?? { kind: 'nothing' });
  // Of several, each line says of which it is.
  const each = (tell: (release: Release) => string | undefined) => {
    const told = releases.flatMap((release) => {
      const value = tell(release);
      const whose = releases.length > 1 ? `${escapeMarkdown(release.label)}: ` : '';
      return value === undefined ? [] : [`${whose}${value}`];
    });
    return told.join('<br>');
  };
  const commitOf = ({ id }: Release) => {
    const commit = commits[id];
    return commit === undefined ? undefined : commitLink(run, commit);
  };
  return [
    ['Serves now', `**${escapeMarkdown(servedText(live, verdict))}**`],
    ...factRow('Commit', each(commitOf)),
    ...factRow(
      'Since',
      each(({ created }) => utc(created)),
    ),
    ...factRow(
      'Target',
      target.url === undefined ? code(shownTarget(target)) : link(shownTarget(target), target.url),
    ),
  ];
}

function servedText(live: Live | undefined, verdict: RolloutReport['verdict']): string {
  if (live === undefined) return 'not known';
  const names = servingNames(verdict);
  if (names.length === 0) return 'nothing';
  return live.switchedOff === true ? `nothing: ${inAll(names)} stopped` : inAll(names);
}

/** `2026-11-30 05:41:12 UTC`; undefined for what is no time. */
export function utc(time: string): string | undefined {
  const at = new Date(time);
  if (Number.isNaN(at.getTime())) return undefined;
  return `${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** Of what ended well there is nothing to tell; else what failed, why, and what became of that. */
function whatFailed(report: RolloutReport): readonly Fact[] {
  const { verdict } = report;
  const { outcome, reason, cause } = verdict;
  if (outcome === 'restored' && report.action === 'rollback') return rolledBack(report);
  const label = failedLabels[outcome];
  if (label === undefined) return [];
  const meaning = meaningOf(reason);
  const why = cause === undefined ? meaning : prose(cause.what);
  const more = cause?.why === undefined ? '' : ` (${prose(cause.why)})`;
  return [
    ...factRow(label, subject(report)),
    ...factRow('Why', `${why}${more}`),
    // What was decided of the failure, where that is another matter than the failure.
    ...factRow('Then', cause !== undefined && cause.reason !== reason ? meaning : undefined),
  ];
}

const failedLabels: Partial<Record<RolloutReport['verdict']['outcome'], string>> = {
  rejected: 'Failed',
  restored: 'Failed',
  stranded: 'Failed',
  inconclusive: 'Not judged',
  blocked: 'Blocked',
  cancelled: 'Cancelled',
  error: 'Failed',
};

function meaningOf(reason: string): string {
  const known = Object.entries(reasons).find(([code]) => code === reason)?.[1];
  return known === undefined ? '' : prose(known.meaning);
}

/** What the run was to make live, and its commit. */
function subject({ verdict, action, commits, commit: own, run }: RolloutReport): string {
  const { release } = verdict;
  const change = action === 'rollback' ? 'the rollback' : 'the deploy';
  if (release === undefined) return own === undefined ? change : `${change} of ${commitLink(run, own)}`;
  const name = escapeMarkdown(releaseName(release, verdict));
  const commit = commits[release.id];
  const of = commit === undefined ? '' : `, commit ${commitLink(run, commit)}`;
  return `${action === 'rollback' ? `${change} to ` : ''}${name}${of}`;
}

function rolledBack({ verdict, because, commits, run }: RolloutReport): readonly Fact[] {
  const { previous } = verdict;
  const commit = previous === undefined ? undefined : commits[previous.id];
  const of = commit === undefined ? '' : `, commit ${commitLink(run, commit)}`;
  return [
    ...factRow('Taken back', previous && `${escapeMarkdown(releaseName(previous, verdict))}${of}`),
    ...factRow('Why', because === undefined ? undefined : escapeMarkdown(because)),
  ];
}

function whose(report: RolloutReport): readonly Fact[] {
  const { run, durationMs, slaMs, action, because, verdict } = report;
  const isAsked = action === 'rollback' && verdict.outcome !== 'restored' && because !== undefined;
  return [
    ...factRow('Asked for', isAsked ? escapeMarkdown(because) : undefined),
    ...factRow('Environment', run.environment && escapeMarkdown(run.environment)),
    ...factRow('Run', runLink(run)),
    ...factRow('Started by', run.startedBy && escapeMarkdown(run.startedBy)),
    ...factRow('Took', slaMs === undefined ? durationWords(durationMs) : slaWords(durationMs, slaMs)),
  ];
}

/** `12.3 s of 5m 00s: met`. Measured, never enforced. */
export function slaWords(durationMs: number, slaMs: number): string {
  return `${durationWords(durationMs)} of ${durationWords(slaMs)}: ${durationMs <= slaMs ? 'met' : 'missed'}`;
}
