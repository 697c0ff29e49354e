import type { Outcome } from '../outcome/outcome.ts';
import type { Live, Release } from '../platforms/platform.ts';
import { shownTarget } from '../platforms/shown-target.ts';
import { servingReleases } from '../rollout/live-relation.ts';
import type { RolloutReport } from './rollout-report.ts';

type Told = Pick<RolloutReport, 'action' | 'target' | 'verdict' | 'timeline'>;

/** The headline of the log and of the summary: outcome, target and what serves now. */
export function rolloutHeadline(report: Told): string {
  const { outcome, reason } = report.verdict;
  return `${title(report)}: ${serves(report)} (${outcome}/${reason}).`;
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

function title(report: Told): string {
  const { action, verdict } = report;
  switch (verdict.outcome) {
    case 'live':
      return action === 'rollback' ? '✅ Live' : titles.live;
    case 'unchanged':
      return hasMoved(report) ? '✅ Already live, and made whole again' : titles.unchanged;
    case 'rejected':
      return action === 'rollback' ? '❌ Not rolled back' : titles.rejected;
    case 'restored':
      return restoredTitle(report);
    case 'stranded':
      return strandedTitle(report);
    case 'error':
      return isAsBefore(verdict) || verdict.live === undefined ? titles.error : '❌ Ended by an error';
    default:
      return titles[verdict.outcome];
  }
}

function restoredTitle(report: Told): string {
  if (!hasMoved(report)) return '❌ Failed, and what served before serves on';
  return report.action === 'rollback' ? '↩️ Rolled back' : titles.restored;
}

/** What came of it that may not be called whole, by what the reason says and what serves. */
function strandedTitle(report: Told): string {
  const { action, verdict } = report;
  const { reason, serving } = verdict;
  const isBack = serving === 'old' && hasMoved(report);
  const [taken, failed] =
    action === 'rollback' ? ['🚨 Rolled back', '🚨 Not rolled back'] : [`🚨 Taken back`, '🚨 Failed'];
  if (reason === 'superseded') return '🚨 Somebody else was at work meanwhile';
  if (reason === 'already-live-failing') return '🚨 Already live, and it fails';
  if (reason === 'mixed-fleet') return '🚨 More than one release serves';
  const isUntouched = verdict.live === undefined || isAsBefore(verdict);
  if (action === 'rollback' && reason === 'no-target' && isUntouched)
    return '❌ Not rolled back, nothing was changed';
  if (reason === 'incomplete') return isBack ? `${taken}, but not whole` : '🚨 Not whole';
  if (reason === 'unmanaged-machines') return isBack ? `${taken}, but not alone` : '🚨 Not alone';
  if (isBack) return `${taken}, and that fails too`;
  if (action === 'rollback' || serving === 'old') return failed;
  return titles.stranded;
}

/** Whether a way back has switched anything: a restore, or the whole of a rollback. */
export function hasMoved({ action, timeline, verdict: { live, previous } }: Told): boolean {
  const step = action === 'rollback' ? 'activate' : 'restore';
  if (timeline.some(({ name }) => name === step)) return true;
  const [now] = servingReleases(live ?? { kind: 'nothing' });
  return now?.restores !== undefined && now.id !== previous?.id;
}

function serves(report: Told): string {
  const { verdict } = report;
  const { live } = verdict;
  const target = shownTarget(report.target);
  if (live === undefined) return `what ${target} serves is not known`;
  const names = servingNames(verdict);
  if (live.switchedOff === true || names.length === 0)
    return `${target} serves nothing${stopped(live, names)}`;
  // A clause that names what nobody manages stands last, and ends before the verb.
  const end = (live.unmanaged ?? []).length > 0 ? ',' : '';
  if (names.length > 1) return `${inAll(names)}${end} serve ${target}`;
  if (live.kind === 'nothing') return `${names[0]}${end} serves ${target}`;
  const still = isAsBefore(verdict) && !hasMoved(report) && !isFine(verdict.outcome) ? 'still ' : '';
  return `${target} ${still}serves ${names[0]}${standing(report)}`;
}

function stopped({ switchedOff }: Live, names: readonly string[]): string {
  if (switchedOff !== true || names.length === 0) return '';
  return ` (${inAll(names)} ${names.length > 1 ? 'are' : 'is'} stopped)`;
}

function isFine(outcome: Outcome): boolean {
  return ['live', 'unchanged', 'staged', 'rehearsed', 'done'].includes(outcome);
}

/** The very release that served when the run began. */
function isAsBefore({ live, previous }: Told['verdict']): boolean {
  return live?.kind === 'one' && previous?.id === live.release.id;
}

const failing = ['on-failure-none', 'barrier', 'no-target', 'restore-failed'];

/** What is to be known of the one release that serves, where its name does not say it. */
function standing({ action, verdict }: Told): string {
  const { live, release, outcome, reason, serving } = verdict;
  if (live?.kind !== 'one') return '';
  if (serving === 'unknown') return ', which this run did not make live';
  if (action === 'rollback' || live.release.id !== release?.id) return '';
  if (outcome === 'stranded' && failing.includes(reason)) return ', which fails';
  // What was judged, and failed, is no longer a matter of proof.
  if (verdict.cause?.reason === 'checks-failed' && serving === 'new') return ', which fails';
  const isUnproved = outcome === 'inconclusive' || outcome === 'cancelled';
  return isUnproved && serving === 'new' ? ', which is not proved' : '';
}

/** Everything that serves, by the names people know it by: `v3 (v1 again)`, `v4 (50 %)`. */
export function servingNames(verdict: Told['verdict']): readonly string[] {
  const { live } = verdict;
  if (live === undefined) return [];
  const releases =
    live.kind === 'mixed'
      ? live.shares.map(
          ({ release, share }) => `${releaseName(release, verdict)} (${Math.round(share * 100)} %)`,
        )
      : servingReleases(live).map((release) => releaseName(release, verdict));
  const beside = (live.unmanaged ?? []).map(({ id }) => `${id}, which nobody manages`);
  return [...releases, ...beside];
}

/**
 * Where restoring makes a new release of an old one, people know it by its old name. That it is the same is never told
 * by its artifact: one image under two configurations is two things.
 */
export function releaseName(
  { label, id, restores }: Release,
  { previous, reason }: Pick<Told['verdict'], 'previous' | 'reason'>,
): string {
  if (restores === undefined || restores === id) return label;
  const origin = previous?.id === restores ? previous.label : restores;
  return reason === 'restored-image-only'
    ? `${label} (the image of ${origin})`
    : `${label} (${origin} again)`;
}

export function inAll(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}
