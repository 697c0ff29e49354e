import { type ActionResult, code, escapeMarkdown, link, table } from '#core';
import type { ReviewSubject } from './decide.ts';

/** Tells the comments of a pull request’s apps apart. */
export function commentMarker({ service }: ReviewSubject): string {
  return `review-app ${service.replace(/[^\w.-]/g, '-').replace(/-{2,}/g, '-')}`;
}

/** What the pull request’s page says after a deploy. */
export function deployedComment(
  { outputs, headline }: Pick<ActionResult, 'outputs' | 'headline'>,
  { head }: ReviewSubject,
  runUrl: string | undefined,
): string {
  const { url = '' } = outputs;
  const rows = [
    ...(url === '' ? [] : [['address', link(url.replace(/^https:\/\//, ''), url)]]),
    ...(head === undefined ? [] : [['commit', code(head.slice(0, 7))]]),
    ...(runUrl === undefined ? [] : [['run', link('log and summary', runUrl)]]),
  ];
  return `${title}${escapeMarkdown(headline)}\n\n${table(['', ''], rows)}`;
}

/** What it says of an app that is gone, and how to have it back. */
export function destroyedComment(because: string, again: string): string {
  return `${title}🧹 Destroyed: ${escapeMarkdown(because)}. ${again}`;
}

const title = '### Review app\n\n';
