import { reasons } from '../outcome/reasons.ts';
import { code, escapeMarkdown, link, prose } from '../text/markdown.ts';
import { releaseName } from './headline.ts';
import type { RolloutReport } from './rollout-report.ts';
import { runAgainStep } from './run-again.ts';
import { commitLink } from './run-facts.ts';

/** What a person does now, first things first: Markdown. Commands and links are those of this very case. */
export function nextSteps(report: RolloutReport): readonly string[] {
  const { verdict, action } = report;
  switch (verdict.outcome) {
    case 'live':
      return [...advice(report), ...undoing(report)];
    case 'restored':
      return action === 'rollback'
        ? advice(report)
        : [
            ...unjudged(report),
            ...advice(report),
            ...mending(report),
            ...runAgainStep(report, 'If the cause lay elsewhere, try it again'),
          ];
    case 'rejected':
    case 'error':
      return [...advice(report), ...runAgainStep(report)];
    case 'blocked':
      return [...advice(report), ...runAgainStep(report, 'Then run it again')];
    case 'stranded':
      return [...(isVague(report) ? [] : advice(report)), ...goingBack(report), ...looking(report)];
    case 'inconclusive':
      return [...advice(report), ...runAgainStep(report), ...goingBack(report), ...looking(report)];
    case 'cancelled':
      return cancelled(report);
    default:
      return advice(report);
  }
}

/** What is seen above needs no advice to look at it. */
function advice({ verdict, failing, advice: said }: RolloutReport): readonly string[] {
  const isSeen = failing !== undefined && verdict.reason === 'checks-failed';
  return said === 'Nothing to do.' || isSeen ? [] : [prose(said)];
}

/** What a reason advises of every target, where what follows says it of this one. */
function isVague(report: RolloutReport): boolean {
  const { advice: said, target } = report;
  const isSaid = goingBack(report).length > 0 && target.byHand !== undefined;
  return isSaid && said === reasons['restore-failed'].advice;
}

function cancelled(report: RolloutReport): readonly string[] {
  const { verdict } = report;
  // It had failed when the job was cancelled: going back is what was under way.
  const hadFailed = verdict.cause?.reason === 'checks-failed';
  if (hadFailed)
    return [...goingBack(report), ...looking(report), ...(verdict.live === undefined ? advice(report) : [])];
  if (verdict.live === undefined) return [...advice(report), ...runAgainStep(report), ...looking(report)];
  const isNew = verdict.serving === 'new' && verdict.live.kind === 'one';
  const label = verdict.live.kind === 'one' ? releaseName(verdict.live.release, verdict) : '';
  const why = isNew && report.action !== 'rollback' ? `To have ${label} proved, run it again` : undefined;
  return [
    ...runAgainStep(report, why ?? 'When it is wanted, run it again'),
    ...goingBack(report),
    ...looking(report),
  ];
}

/** Nothing has judged the way back: that comes before the cause of it. */
function unjudged(report: RolloutReport): readonly string[] {
  const { verdict, target } = report;
  if (verdict.isUnjudged !== true) return [];
  const label = verdict.live?.kind === 'one' ? releaseName(verdict.live.release, verdict) : 'what serves now';
  const look = target.url === undefined ? 'see' : link('see', target.url);
  return [`No check could judge ${escapeMarkdown(label)}: ${look} that it works`, ...looking(report)];
}

/** What differs between the release that failed and the one that serves. */
function mending({ verdict: { release }, commits, run, compareUrl }: RolloutReport): readonly string[] {
  const commit = release === undefined ? undefined : commits[release.id];
  if (commit === undefined) return [];
  const changes = compareUrl === undefined ? '' : `: ${link('what came with it', compareUrl)}`;
  return [`Mend ${commitLink(run, commit)} and push${changes}`];
}

function undoing({ rollbackUrl, verdict: { previous } }: RolloutReport): readonly string[] {
  if (rollbackUrl === undefined || previous === undefined) return [];
  return [`To take it back by hand: ${link('run the rollback', rollbackUrl)} with ${code('to: previous')}`];
}

/** By hand, to what served before; where that still serves, to what the records say was good. */
function goingBack({ rollbackUrl, verdict, action, isReview }: RolloutReport): readonly string[] {
  const { previous, serving, reason, live } = verdict;
  if (previous === undefined || action === 'rollback' || isReview === true || serving === 'old') return [];
  if (reason === 'barrier' || reason === 'superseded') return [];
  const button =
    rollbackUrl === undefined ? 'run the rollback action' : link('run the rollback', rollbackUrl);
  if (live?.kind === 'one' && live.release.id === previous.id)
    return [`To go back to the last release that was proved: ${button}`];
  const label = escapeMarkdown(releaseName(previous, verdict));
  return [`To go back to ${label}: ${button} with ${code(`to: ${previous.label}`)} and a ${code('reason')}`];
}

function looking({ target: { byHand } }: RolloutReport): readonly string[] {
  return byHand === undefined
    ? []
    : [`See what runs: ${code(byHand.status)}`, `See what it says: ${code(byHand.logs)}`];
}
