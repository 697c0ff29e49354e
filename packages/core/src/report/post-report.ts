import type { MainEnd, PostReport } from '../action/action.ts';
import type { Live } from '../platforms/platform.ts';
import { describeLive, servingReleases } from '../rollout/standing.ts';
import type { TimelineStep } from '../rollout/timeline.ts';
import { code, escapeMarkdown } from './markdown.ts';
import { timelineTable } from './rollout-summary.ts';

/** Everything `post` has to tell of a step that was cut. */
export interface PostFindings {
  /** `fly-deploy`, `rollback`. */
  readonly action: string;
  readonly main: MainEnd;
  /** What the step was about: `fly:shop`; undefined where it was about no target. */
  readonly target: string | undefined;
  /** What serves now; undefined when it could not be asked, and `why`. */
  readonly live?: Live | undefined;
  readonly why?: string | undefined;
  /** What `post` did, a sentence each. */
  readonly did: readonly string[];
  /** The restore that was under way, by the release it leads to, and whether it came to its end. */
  readonly restore?: { readonly label: string; readonly finished: boolean } | undefined;
  /** The release of this step that serves alone, though nothing has proved it. */
  readonly unproved?: string | undefined;
  readonly timeline?: readonly TimelineStep[];
}

const found: Record<MainEnd, string> = {
  unbegun: 'The step was cut before it had begun, and changed nothing.',
  killed: 'The step was killed before it could say how it ended.',
  cancelled: 'The job was cancelled.',
  told: 'The step ended before what it had begun.',
};

/** What `post` found, what it did, what serves now and what to do next. */
export function postReport(findings: PostFindings): PostReport {
  const { action, main, did, timeline = [] } = findings;
  const sentences = [found[main], ...restored(findings), ...did, ...notProved(findings), serves(findings)];
  const isWell = isOne(findings) && findings.restore?.finished !== false && findings.unproved === undefined;
  const next = isWell ? 'Run the job again when it is wanted.' : advice(findings);
  const parts = [
    `## 🧹 ${escapeMarkdown(`${action}, after the job’s last step: ${serves(findings)}`)}`,
    [...sentences.slice(0, -1), next].map((sentence) => `- ${escapeMarkdown(sentence)}`).join('\n'),
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

function notProved({ unproved }: PostFindings): readonly string[] {
  return unproved === undefined ? [] : [`${unproved}, which this step has shipped, was not proved.`];
}

function serves({ target, live, why }: PostFindings): string {
  if (target === undefined) return 'It was about no app of its own: see `fly apps list`.';
  if (live !== undefined) return `${target} serves ${describeLive(live)}${again(live)}.`;
  return `What ${target} serves is not known${why === undefined ? '' : `: ${why.replace(/\.$/, '')}`}.`;
}

/** Where restoring makes a new release of the old artifact, people know it by its old name. */
function again(live: Live): string {
  if (live.kind !== 'one' || live.release.restores === undefined) return '';
  return ` (${live.release.restores} again)`;
}

function advice({ restore, live }: PostFindings): string {
  if (restore?.finished === false) return `Finish it with the rollback action, \`to: ${restore.label}\`.`;
  return live === undefined
    ? 'See what serves, then run the job again.'
    : 'Run the job again, or the rollback action.';
}

/** One release alone, or no target at all. */
function isOne({ target, live }: PostFindings): boolean {
  if (target === undefined) return true;
  if (live === undefined || live.switchedOff === true) return false;
  return servingReleases(live).length + (live.unmanaged ?? []).length === 1;
}
