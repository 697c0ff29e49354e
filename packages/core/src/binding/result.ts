import type { ActionResult } from '../action/action.ts';
import type { FailureText } from '../failure.ts';
import type { Outcome } from '../outcome.ts';
import { isReasonCode, reasons } from '../reasons.ts';
import { type RolloutReport, rolloutHeadline, rolloutSummary } from '../report/rollout-summary.ts';
import type { RolloutVerdict } from '../rollout/plan.ts';
import type { RunnerContext } from '../runner/runner.ts';
import { compareUrl } from './compare.ts';
import type { BoundRollout } from './rollout.ts';

/** How a rollout ended, and what only its action knows of it. */
export interface RolloutEnding
  extends Pick<RolloutReport, 'action' | 'target' | 'verdict' | 'durationMs' | 'slaMs' | 'notUndone'> {
  /** The commits between which it moved the target, as far as they are known. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** The outputs only this action or platform has. */
  readonly outputs: Readonly<Record<string, string>>;
  readonly evidence: readonly string[];
  /** Markdown that stands before the checks. */
  readonly lead?: string;
}

const green: readonly Outcome[] = ['live', 'unchanged', 'staged', 'rehearsed', 'done'];

/** The result of an action whose work was one rollout: outputs, summary, report files, and the failure of a red one. */
export async function rolloutResult(
  context: RunnerContext,
  { checks, timeline, recordsLine }: Pick<BoundRollout, 'checks' | 'timeline' | 'recordsLine'>,
  { from, to, lead = '', outputs, ...ending }: RolloutEnding,
): Promise<ActionResult> {
  const { outcome, reason, serving } = ending.verdict;
  // An older commit lacks what came after it: the other way round GitHub shows no difference.
  const isBackwards = outcome === 'blocked' && reason === 'older-than-live';
  const compare = isBackwards ? compareUrl(context, to, from) : compareUrl(context, from, to);
  const records = isByRecords(ending) ? recordsLine() : undefined;
  const report: RolloutReport = {
    ...ending,
    timeline: timeline.steps,
    checks: [lead, checks?.markdown() ?? ''].filter((text) => text !== '').join('\n\n'),
    ...(records === undefined ? {} : { records }),
    ...(compare === undefined ? {} : { compareUrl: compare }),
  };
  const folder = await checks?.write();
  const all = { ...commonOutputs(report), report: folder ?? '', ...outputs };
  const ok = green.includes(outcome) || (report.action === 'rollback' && outcome === 'restored');
  return {
    ...{ outcome, reason, serving, ok },
    outputs: { ...all, results: JSON.stringify([{ outcome, reason, serving, ...all }]) },
    summary: rolloutSummary(report),
    headline: rolloutHeadline(report),
    ...(ok ? warningsOf(report) : { failure: failureOf(report) }),
  };
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
    next: adviceOn(verdict),
    details: [...(cause?.evidence ?? []), ...evidence, ...verdict.notes],
  };
}

/** The cause knows this very case, the reason only its kind; but what became of a failed change comes first. */
function adviceOn({ reason, cause }: RolloutVerdict): string {
  const isOfCause = cause?.reason === reason || reason === 'platform-only';
  if (cause !== undefined && isOfCause) return cause.next;
  return isReasonCode(reason) ? reasons[reason].advice : 'Read the log above.';
}

/** Green without checks is worth a warning: it is the platform's word, not the system's. */
function warningsOf({ verdict }: RolloutReport): Pick<ActionResult, 'annotations'> {
  const notes =
    verdict.reason === 'platform-only' ? [reasons['platform-only'].meaning, ...verdict.notes] : verdict.notes;
  return { annotations: notes.map((message) => ({ level: 'warning', message })) };
}
