import type { ActionResult } from '../action/action.ts';
import { noForcePasses } from '../gates/ask-gates.ts';
import type { UntrustedRun } from '../gates/untrusted-run.ts';
import type { FailureText } from '../outcome/failure.ts';
import { dryRunSummary } from '../report/dry-run-summary.ts';
import { escapeMarkdown } from '../text/markdown.ts';

type Outputs = ActionResult['outputs'];

/** A run of strangers’ code ends green: its author could do nothing about a red one. `nothing`: `No sweep`. */
export function skippedForStrangers(nothing: string, { what }: UntrustedRun): ActionResult {
  const headline = `${nothing}: ${what} Such runs have no secrets, and never deploy.`;
  return {
    outcome: 'done',
    reason: 'fork',
    ok: true,
    outputs: {},
    headline,
    summary: `## ⏭️ ${escapeMarkdown(headline)}\n`,
    annotations: [{ level: 'notice', message: headline }],
  };
}

/** The fork rule where nothing serves that could be named. */
export function blockedByForkRule({ what, next }: UntrustedRun): ActionResult {
  const headline = `⛔ Blocked (blocked/fork): ${what}`;
  return {
    outcome: 'blocked',
    reason: 'fork',
    ok: false,
    outputs: {},
    headline,
    summary: `## ${escapeMarkdown(headline)}\n`,
    failure: { code: 'fork', what, next: `${next} ${noForcePasses}` },
  };
}

/** Nothing was changed, and nothing is said of what serves. */
export function blockedResult(
  reason: string,
  outputs: Outputs,
  text: Omit<FailureText, 'code'>,
): ActionResult {
  const headline = `⛔ Blocked: ${text.what} (blocked/${reason}).`;
  return {
    outcome: 'blocked',
    reason,
    ok: false,
    outputs,
    headline,
    summary: `## ${escapeMarkdown(headline)}\n`,
    failure: { code: reason, ...text, next: `${text.next} ${noForcePasses}` },
  };
}

/** What a real run would do, a line each, where nothing is there yet that could be looked at. */
export function rehearsedResult(lines: readonly string[], outputs: Outputs): ActionResult {
  return {
    outcome: 'rehearsed',
    reason: 'dry-run',
    ok: true,
    outputs,
    headline: lines.join('\n'),
    summary: dryRunSummary(lines),
  };
}
