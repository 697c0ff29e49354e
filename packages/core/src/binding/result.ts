import type { ActionResult } from '../action/action.ts';
import type { FailureText } from '../failure.ts';
import type { Outcome } from '../outcome.ts';
import { isReasonCode, reasons } from '../reasons.ts';
import { type RolloutReport, rolloutHeadline, rolloutSummary } from '../report/rollout-summary.ts';

/** What is known of a rollout beside its report. */
export interface RolloutFacts {
  /** Folder of the check reports, `''` when no checks ran. */
  readonly report: string;
  /** The outputs only this action or platform has. */
  readonly outputs: Readonly<Record<string, string>>;
  /** What a person would look at when it went red: log lines, exit events, checks. */
  readonly evidence: readonly string[];
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
    summary: rolloutSummary({ ...report, evidence: facts.evidence }),
    headline: rolloutHeadline(report),
    ...(ok ? warningOf(report) : { failure: failureOf(report, facts.evidence) }),
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

function failureOf(report: RolloutReport, evidence: readonly string[]): FailureText {
  const { verdict } = report;
  const known = isReasonCode(verdict.reason) ? reasons[verdict.reason] : undefined;
  const cause = verdict.cause;
  return {
    code: verdict.reason,
    what: rolloutHeadline(report),
    ...(cause === undefined ? {} : { why: cause.what }),
    next: known?.advice ?? cause?.next ?? 'Read the log above.',
    details: [...(cause?.evidence ?? []), ...evidence, ...verdict.notes],
  };
}

/** Green without checks is worth a warning: it is the platform's word, not the system's. */
function warningOf({ verdict }: RolloutReport): Pick<ActionResult, 'annotations'> {
  const notes =
    verdict.reason === 'platform-only' ? [reasons['platform-only'].meaning, ...verdict.notes] : verdict.notes;
  return { annotations: notes.map((message) => ({ level: 'warning', message })) };
}
