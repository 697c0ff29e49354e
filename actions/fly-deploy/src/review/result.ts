import { type ActionResult, escapeMarkdown, reasons, rehearsedSummary } from '#core';
import type { ReviewSubject, ReviewWanted } from './decide.ts';

type Ended = 'review-app-destroyed' | 'review-app-absent' | 'pull-request-closed';

/** A run of strangers’ code ends green: its author could do nothing about a red one. */
export function skippedResult({
  mode,
  untrusted,
}: Extract<ReviewWanted, { kind: 'skip-review' }>): ActionResult {
  const nothing = mode === 'sweep' ? 'No sweep' : 'No review app';
  const headline = `${nothing}: ${untrusted.what} Such runs have no secrets, and never deploy.`;
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

const endedText: Readonly<Record<Ended, (app: string) => string>> = {
  'review-app-destroyed': (app) => `🧹 Destroyed: the review app ${app}, since its pull request is closed.`,
  'review-app-absent': (app) => `🧹 Nothing to destroy: there is no review app ${app}.`,
  'pull-request-closed': (app) => `⏭️ No review app ${app}: its pull request is closed.`,
};

/** A run that leaves no app behind. */
export function endedResult(reason: Ended, { name }: ReviewSubject): ActionResult {
  const headline = endedText[reason](name);
  return {
    ...{ outcome: 'done', reason, ok: true, serving: 'nothing' },
    outputs: outputsOf(name),
    headline,
    summary: `## ${escapeMarkdown(headline)}\n`,
  };
}

/** The job was cancelled with the app made, and nothing deployed to it. */
export function cancelledResult({ name }: ReviewSubject): ActionResult {
  const what = `⏹️ Cancelled: fly:${name} is made, and serves nothing (cancelled/cancelled).`;
  return {
    ...{ outcome: 'cancelled', reason: 'cancelled', ok: false, serving: 'nothing' },
    outputs: outputsOf(name),
    headline: what,
    summary: `## ${escapeMarkdown(what)}\n`,
    failure: { code: 'cancelled', what, next: reasons.cancelled.advice },
  };
}

/** The name is taken by an app that nothing proves to be ours: it is neither deployed to nor destroyed. */
export function foreignResult({ name, number }: ReviewSubject): ActionResult {
  const what = `Fly has an app ${name} that nothing proves to be the review app of pull request ${number}`;
  return blocked('not-our-app', name, {
    what,
    why: 'review apps are marked with a secret when they are made, and this one has none or cannot be seen',
  });
}

/** A newer commit has a run of its own. */
export function outdatedResult({ name, number, head = '' }: ReviewSubject, newest: string): ActionResult {
  const what = `Pull request ${number} is at ${newest.slice(0, 7)}, and this run is about ${head.slice(0, 7)}`;
  return blocked('outdated', name, { what });
}

/** What a real run would do, of an app that a dry run must not make or destroy. */
export function rehearsedResult(lines: readonly string[], name?: string): ActionResult {
  return {
    ...{ outcome: 'rehearsed', reason: 'dry-run', ok: true },
    outputs: name === undefined ? {} : outputsOf(name),
    headline: lines.join('\n'),
    summary: rehearsedSummary(lines),
  };
}

function blocked(
  reason: 'not-our-app' | 'outdated',
  name: string,
  text: { readonly what: string; readonly why?: string },
): ActionResult {
  const headline = `⛔ Blocked: ${text.what} (blocked/${reason}).`;
  return {
    ...{ outcome: 'blocked', reason, ok: false },
    outputs: outputsOf(name),
    headline,
    summary: `## ${escapeMarkdown(headline)}\n`,
    failure: { code: reason, ...text, next: reasons[reason].advice },
  };
}

function outputsOf(name: string): Readonly<Record<string, string>> {
  return { target: `fly:${name}`, 'app-name': name };
}
