import { type ActionResult, escapeMarkdown, type FailureText, reasons } from '#core';
import { blockedResult as blocked, rehearsedResult, skippedForStrangers } from '#core/deployment';
import type { ReviewSubject, ReviewWanted } from './decide.ts';

type Ended = 'review-app-destroyed' | 'review-app-absent' | 'pull-request-closed';

/** A run of strangers’ code ends green: its author could do nothing about a red one. */
export function skippedResult({
  mode,
  untrusted,
}: Extract<ReviewWanted, { kind: 'skip-review' }>): ActionResult {
  return skippedForStrangers(mode === 'sweep' ? 'No sweep' : 'No review app', untrusted);
}

const endedText: Readonly<Record<Ended, (app: string) => string>> = {
  'review-app-destroyed': (app) => `🧹 Destroyed: the review app ${app}, since its pull request is closed.`,
  'review-app-absent': (app) => `🧹 Nothing to destroy: there is no review app ${app}.`,
  'pull-request-closed': (app) => `⏭️ No review app ${app}: its pull request is closed.`,
};

/** A run that leaves no app behind. `others`: further apps of the pull request, where it had any. */
export function endedResult(
  reason: Ended,
  { name }: ReviewSubject,
  ...others: readonly ReviewSubject[]
): ActionResult {
  const headline = endedText[reason]([name, ...others.map((other) => other.name)].join(' and '));
  return {
    outcome: 'done',
    reason,
    ok: true,
    serving: 'nothing',
    outputs: outputsOf(name),
    headline,
    summary: `## ${escapeMarkdown(headline)}\n`,
  };
}

/** The job was cancelled with the app made, and nothing deployed to it. */
export function cancelledResult({ name }: ReviewSubject): ActionResult {
  const what = `⏹️ Cancelled: fly:${name} is made, and serves nothing (cancelled/cancelled).`;
  return {
    outcome: 'cancelled',
    reason: 'cancelled',
    ok: false,
    serving: 'nothing',
    outputs: outputsOf(name),
    headline: what,
    summary: `## ${escapeMarkdown(what)}\n`,
    failure: { code: 'cancelled', what, next: reasons.cancelled.advice },
  };
}

/** A newer commit has a run of its own. */
export function outdatedResult({ name, number, head = '' }: ReviewSubject, newest: string): ActionResult {
  const what = `Pull request ${number} is at ${newest.slice(0, 7)}, and this run is about ${head.slice(0, 7)}`;
  return blockedResult('outdated', name, { what, next: reasons.outdated.advice });
}

/** What a real run would do, of an app that a dry run must not make or destroy. */
export function dryRunResult(lines: readonly string[], name?: string): ActionResult {
  return rehearsedResult(lines, name === undefined ? {} : outputsOf(name));
}

/** Nothing was changed, and nothing is said of what serves. */
export function blockedResult(
  reason: 'not-our-app' | 'outdated',
  name: string,
  text: Omit<FailureText, 'code'>,
): ActionResult {
  return blocked(reason, outputsOf(name), text);
}

function outputsOf(name: string): Readonly<Record<string, string>> {
  return { target: `fly:${name}`, 'app-name': name };
}
