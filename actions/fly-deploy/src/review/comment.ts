import { type ActionResult, code, escapeMarkdown, factsTable, link } from '#core';
import type { ReviewSubject } from './decide.ts';

/** Tells the comments of a pull request’s apps apart. */
export function commentMarker({ part }: ReviewSubject): string {
  return `review-app ${part.replace(/[^\w.-]/g, '-').replace(/-{2,}/g, '-')}`;
}

/** What the pull request’s page says after a deploy. */
export function deployedComment(
  { outputs, headline }: Pick<ActionResult, 'outputs' | 'headline'>,
  { head }: ReviewSubject,
  runUrl: string | undefined,
): string {
  const { url = '' } = outputs;
  const facts: readonly (readonly [string, string])[] = [
    ...(url === '' ? [] : [['address', link(url.replace(/^https:\/\//, ''), url)] as const]),
    ...(head === undefined ? [] : [['commit', code(head.slice(0, 7))] as const]),
    ...(runUrl === undefined ? [] : [['run', link('log and summary', runUrl)] as const]),
  ];
  return `${title}${escapeMarkdown(headline)}\n\n${factsTable(facts)}`;
}

/** What it says of an app that is gone, and how to have it back. */
export function destroyedComment(because: string, again: string): string {
  return `${title}🧹 Destroyed: ${escapeMarkdown(because)}. ${again}`;
}

const title = '### Review app\n\n';
