import type { ActionResult } from '../action/action.ts';
import type { FailureText } from '../outcome/failure.ts';
import type { Outcome } from '../outcome/outcome.ts';
import { reasons } from '../outcome/reasons.ts';
import type { Release } from '../platforms/platform.ts';
import { rolloutHeadline } from '../report/headline.ts';
import type { Fold, RolloutReport } from '../report/rollout-report.ts';
import { rolloutSummary } from '../report/rollout-summary.ts';
import { servingReleases } from '../rollout/live-relation.ts';
import type { RolloutVerdict } from '../rollout/plan.ts';
import type { RunnerContext } from '../runner/runner.ts';
import { isCommit } from '../text/commit.ts';
import { defined } from '../text/defined.ts';
import { adviceOn } from './advice.ts';
import { compareUrl } from './compare.ts';
import type { BoundRollout } from './rollout.ts';
import { runFactsOf } from './run-facts.ts';

/** How a rollout ended, and what only its action knows of it. */
export interface RolloutEnding
  extends Pick<
    RolloutReport,
    | 'action'
    | 'target'
    | 'verdict'
    | 'durationMs'
    | 'slaMs'
    | 'because'
    | 'notUndone'
    | 'evidenceTitle'
    | 'isReview'
  > {
  /** The commits between which it moved the target, as far as they are known. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** The outputs only this action or platform has. */
  readonly outputs: Readonly<Record<string, string>>;
  readonly evidence: readonly string[];
  /** Where a person starts the rollback, where there is such a workflow. */
  readonly rollbackUrl?: Promise<string | undefined> | undefined;
  /** What only it has to unfold, before the checks. */
  readonly folds?: readonly Fold[];
}

type Bound = Pick<BoundRollout, 'checks' | 'timeline' | 'recordsLine' | 'commit' | 'environment'>;

const green: readonly Outcome[] = ['live', 'unchanged', 'staged', 'rehearsed', 'done'];

/** The result of an action whose work was one rollout: outputs, summary, report files, and the failure of a red one. */
export async function rolloutResult(
  context: RunnerContext,
  bound: Bound,
  ending: RolloutEnding,
): Promise<ActionResult> {
  const { outcome, reason, serving } = ending.verdict;
  const report = await reportOf(context, bound, ending);
  const folder = await bound.checks?.write();
  const all = { ...commonOutputs(report), report: folder ?? '', ...ending.outputs };
  const ok = green.includes(outcome) || (report.action === 'rollback' && outcome === 'restored');
  return {
    outcome,
    reason,
    serving,
    ok,
    ...(isUntouched(ending.verdict) && { untouched: true }),
    ...(ending.verdict.isUnjudged === true && { isUnjudged: true }),
    outputs: { ...all, results: JSON.stringify([{ outcome, reason, serving, ...all }]) },
    summary: rolloutSummary(report),
    headline: rolloutHeadline(report),
    ...(ok ? warningsOf(report) : { failure: failureOf(report) }),
  };
}

async function reportOf(
  context: RunnerContext,
  bound: Bound,
  { from, to, outputs: _, folds = [], rollbackUrl: button, ...ending }: RolloutEnding,
): Promise<RolloutReport> {
  const { outcome, reason } = ending.verdict;
  const { checks, timeline } = bound;
  // An older commit lacks what came after it: the other way round GitHub shows no difference.
  const isBackwards = outcome === 'blocked' && reason === 'older-than-live';
  const compare = isBackwards ? compareUrl(context, to, from) : compareUrl(context, from, to);
  const records = isByRecords(ending) ? bound.recordsLine() : undefined;
  const [commits, rollbackUrl] = await Promise.all([
    commitsOf(ending.verdict, bound),
    // The repository's rollback is not for a review app.
    ending.isReview === true ? undefined : button,
  ]);
  const failing = failed(outcome) ? checks?.failing() : undefined;
  const told = (await checks?.markdown()) ?? '';
  const own = ending.action === 'rollback' ? from : to;
  return {
    ...ending,
    timeline: timeline.steps,
    run: runFactsOf(context, bound.environment),
    advice: adviceOn(ending.verdict, ending.action),
    commits,
    ...defined({ commit: own }),
    folds: [...folds, ...(told === '' ? [] : [{ title: checks?.title() ?? '', body: told }])],
    ...defined({ failing, records, compareUrl: compare, rollbackUrl }),
  };
}

/** Cancelled in its first look: nobody was asked to do anything yet. */
function isUntouched({ outcome, live, release, ledgerId }: RolloutVerdict): boolean {
  return outcome === 'cancelled' && [live, release, ledgerId].every((one) => one === undefined);
}

/** Whether a check that failed is what a person asks about: in a green run it is none, and a gate needs no check. */
function failed(outcome: Outcome): boolean {
  return !green.includes(outcome) && outcome !== 'blocked';
}

/** Of every release that the summary names. What cannot be asked any more is left out rather than failing what has ended. */
async function commitsOf(
  { live, release, previous }: RolloutVerdict,
  bound: Bound,
): Promise<RolloutReport['commits']> {
  const named = [...servingReleases(live ?? { kind: 'nothing' }), release, previous].filter(
    (one) => one !== undefined,
  );
  const commits: Record<string, string> = {};
  const ask = async (one: Release) => {
    const commit = await bound.commit(one).catch(() => undefined);
    if (isCommit(commit)) commits[one.id] = commit;
  };
  await Promise.all([...new Map(named.map((one) => [one.id, one])).values()].map(ask));
  return commits;
}

/** What served before, and what to go back to, is read from the records. */
function isByRecords({ action, verdict }: Pick<RolloutEnding, 'action' | 'verdict'>): boolean {
  return action === 'rollback' || verdict.outcome === 'restored';
}

function commonOutputs({ action, target, verdict, timeline, compareUrl }: RolloutReport) {
  const serves = verdict.live?.kind === 'one' ? verdict.live.release.id : '';
  return {
    url: verdict.release?.url ?? target.url ?? '',
    release: action === 'rollback' ? serves : (verdict.release?.id ?? ''),
    'previous-release': verdict.previous?.id ?? '',
    target: target.id,
    'ledger-id': verdict.ledgerId ?? '',
    'dashboard-url': target.dashboardUrl ?? '',
    'compare-url': compareUrl ?? '',
    timeline: JSON.stringify(timeline),
  };
}

function failureOf(report: RolloutReport): FailureText {
  const { verdict, evidence = [] } = report;
  const cause = verdict.cause;
  return {
    code: verdict.reason,
    what: rolloutHeadline(report),
    ...(cause === undefined
      ? {}
      : { why: cause.why === undefined ? cause.what : `${cause.what} (${cause.why})` }),
    next: adviceOn(verdict, report.action),
    details: [...(cause?.evidence ?? []), ...evidence, ...verdict.notes],
  };
}

/** Green without checks is worth a warning: it is the platform's word, not the system's. */
function warningsOf({ verdict }: RolloutReport): Pick<ActionResult, 'annotations'> {
  const notes =
    verdict.reason === 'platform-only' ? [reasons['platform-only'].meaning, ...verdict.notes] : verdict.notes;
  return { annotations: notes.map((message) => ({ level: 'warning', message })) };
}
