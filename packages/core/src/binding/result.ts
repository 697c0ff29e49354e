import type { ActionResult } from '../action/action.ts';
import type { FailureText } from '../failure.ts';
import type { Outcome } from '../outcome.ts';
import { isReasonCode, reasons } from '../reasons.ts';
import { type RolloutReport, rolloutHeadline, rolloutSummary } from '../report/rollout-summary.ts';
import type { RolloutVerdict } from '../rollout/plan.ts';

/** What is known of a rollout beside its report. */
export interface RolloutFacts {
  /** Folder of the check reports, `''` when no checks ran. */
  readonly report: string;
  /** The outputs only this action or platform has. */
  readonly outputs: Readonly<Record<string, string>>;
}

const green: readonly Outcome[] = ['live', 'unchanged', 'staged', 'rehearsed', 'done'];

/** The result of an action whose work was one rollout. */
export function rolloutResult(report: RolloutReport, facts: RolloutFacts): ActionResult {
  const { verdict } = report;
  const ok =
    green.includes(verdict.outcome) || (report.action === 'rollback' && verdict.outcome === 'restored');
  const outputs = { ...commonOutputs(report, facts), ...facts.outputs };
  const results = JSON.stringify([
    { outcome: verdict.outcome, reason: verdict.reason, serving: verdict.serving, ...outputs },
  ]);
  return {
    outcome: verdict.outcome,
    reason: verdict.reason,
    serving: verdict.serving,
    ok,
    outputs: { ...outputs, results },
    summary: rolloutSummary(report),
    headline: rolloutHeadline(report),
    ...(ok ? warningOf(report) : { failure: failureOf(report) }),
  };
}

function commonOutputs({ target, verdict, timeline, compareUrl }: RolloutReport, facts: RolloutFacts) {
  return {
    url: verdict.release?.url ?? target.url ?? '',
    release: verdict.release?.id ?? '',
    'previous-release': verdict.previous?.id ?? '',
    target: target.id,
    'ledger-id': verdict.ledgerId ?? '',
    'dashboard-url': target.dashboardUrl ?? '',
    'compare-url': compareUrl ?? '',
    timeline: JSON.stringify(timeline),
    report: facts.report,
  };
}

function failureOf(report: RolloutReport): FailureText {
  const { verdict, evidence = [] } = report;
  const cause = verdict.cause;
  return {
    code: verdict.reason,
    what: rolloutHeadline(report),
    ...(cause === undefined ? {} : { why: cause.what }),
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
function warningOf({ verdict }: RolloutReport): Pick<ActionResult, 'annotations'> {
  const notes =
    verdict.reason === 'platform-only' ? [reasons['platform-only'].meaning, ...verdict.notes] : verdict.notes;
  return { annotations: notes.map((message) => ({ level: 'warning', message })) };
}
