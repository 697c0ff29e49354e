import type { Live } from '../platforms/platform.ts';
import { describeLive, describeServing, servingReleases } from '../rollout/live-relation.ts';
import type { TimelineStep } from '../rollout/timeline.ts';
import { finishByHand } from '../rollout/wording.ts';
import { code, escapeMarkdown, prose } from '../text/markdown.ts';
import { timelineTable } from './timeline-markdown.ts';

/** What `post` found, what it did, what serves now and what to do next. */
export function postReport(findings: PostFindings): PostReport {
  const { action, main, did, timeline = [] } = findings;
  const sentences = [
    found[main],
    ...restored(findings),
    ...notRead(findings),
    ...did,
    ...notProved(findings),
    serves(findings),
  ];
  const isDone = findings.restore?.finished !== false && findings.unread !== true;
  const isWell = isOne(findings) && isDone && findings.unproved === undefined;
  const next = nextOf(findings, isWell);
  const parts = [
    `## 🧹 ${escapeMarkdown(`${action}, after the job’s last step: ${serves(findings)}`)}`,
    [...sentences.slice(0, -1), next].map((sentence) => `- ${prose(sentence)}`).join('\n'),
    ...(timeline.length === 0 ? [] : [timelineTable(timeline)]),
    ...(findings.target === undefined ? [] : [`Target: ${code(findings.target)}`]),
  ];
  return {
    level: isWell ? 'notice' : 'warning',
    message: `${sentences.join(' ')} Next: ${next}`,
    summary: `${parts.join('\n\n')}\n`,
  };
}

function restored({ restore }: PostFindings): readonly string[] {
  if (restore === undefined) return [];
  return [
    restore.finished
      ? `The restore of ${restore.label}, which was cut, is finished.`
      : `The restore of ${restore.label} was cut and could not be finished.`,
  ];
}

function notRead({ unread }: PostFindings): readonly string[] {
  return unread === true
    ? [
        'What the step had kept to be finished cannot be read: a way back that was cut stays cut, and its records stay open.',
      ]
    : [];
}

function notProved({ unproved }: PostFindings): readonly string[] {
  return unproved === undefined
    ? []
    : [`${unproved.label}, which this step has ${unproved.how}, was not proved.`];
}

function serves({ target, live, why }: PostFindings): string {
  if (target === undefined) return 'It was about no app of its own: see `fly apps list`.';
  if (live !== undefined) return `${serving(live, target)}.`;
  return `What ${target} serves is not known${why === undefined ? '' : `: ${why.replace(/\.$/, '')}`}.`;
}

/** By the names people know: where restoring makes a new release of an old one, by that one’s as well. */
function serving(live: Live, target: string): string {
  const isOne = servingReleases(live).length + (live.unmanaged ?? []).length < 2;
  if (!isOne && live.switchedOff !== true) return `${describeServing(live)} ${target}`;
  const again =
    live.kind === 'one' && live.release.restores !== undefined ? ` (${live.release.restores} again)` : '';
  return `${target} serves ${describeLive(live)}${again}`;
}

function nextOf(findings: PostFindings, isWell: boolean): string {
  if (findings.main === 'unkept')
    return 'See why the step could not save its state: a full disk of the runner does that.';
  if (!isWell) return advice(findings);
  // Main has seen more of it than one look shows: what it advised stands.
  return findings.main === 'cancelled' && findings.restore === undefined
    ? 'Do what the step’s own summary says; run the job again when it is wanted.'
    : 'Run the job again when it is wanted.';
}

function advice({ restore, live }: PostFindings): string {
  if (restore?.finished === false) return finishByHand(restore.label);
  if (live === undefined) return 'See what serves, then run the job again.';
  // Nothing may be what was wanted: a review app that was being destroyed.
  return live.kind === 'nothing' ? 'Run the job again.' : 'Run the job again, or the rollback action.';
}

/** One release alone, or no target at all. */
function isOne({ target, live }: PostFindings): boolean {
  if (target === undefined) return true;
  if (live === undefined || live.switchedOff === true) return false;
  return servingReleases(live).length + (live.unmanaged ?? []).length === 1;
}

/** What `post` found, what it did about it, and what serves now. */
export interface PostReport {
  readonly level: 'notice' | 'warning';
  /** The annotation, which is also the line in the log. */
  readonly message: string;
  /** Markdown for the job summary. */
  readonly summary: string;
}

/** How `run` ended, as far as its process lived to say so. */
export type MainEnd =
  /** Cut before its first act: nothing was begun. */
  | 'unbegun'
  /** Killed in the middle. */
  | 'killed'
  /** Ended by itself, because the job was cancelled. */
  | 'cancelled'
  /** It has told how it ended. */
  | 'told';

/** Everything `post` has to tell of a step that was cut. */
export interface PostFindings {
  /** `fly-deploy`, `rollback`. */
  readonly action: string;
  /** `unkept`: it had told how it ended, and could not keep that for its post. */
  readonly main: MainEnd | 'unkept';
  /** What the step was about: `fly:shop`; undefined where it was about no target. */
  readonly target: string | undefined;
  /** What serves now; undefined when it could not be asked, and `why`. */
  readonly live?: Live | undefined;
  readonly why?: string | undefined;
  /** What `post` did, a sentence each. */
  readonly did: readonly string[];
  /** The restore that was under way, by the release it leads to, and whether it came to its end. */
  readonly restore?: { readonly label: string; readonly finished: boolean } | undefined;
  /** Main had kept something to be finished, and it cannot be read. */
  readonly unread?: true;
  /** The release of this step that serves alone, though nothing has proved it. */
  readonly unproved?: { readonly label: string; readonly how: 'shipped' | 'brought back' } | undefined;
  readonly timeline?: readonly TimelineStep[];
}

const found: Record<PostFindings['main'], string> = {
  unbegun: 'The step was cut before it had begun, and changed nothing.',
  killed: 'The step was killed before it could say how it ended.',
  cancelled: 'The job was cancelled.',
  told: 'The step ended before what it had begun.',
  unkept: 'The step has told how it ended, and could not keep that for its post.',
};
