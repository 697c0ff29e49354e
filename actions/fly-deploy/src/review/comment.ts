import type { ActionResult } from '#core';
import * as page from '#core/deployment';
import type { ReviewSubject } from './decide.ts';

/** Tells the comments of a pull request’s apps apart. */
export function commentMarker({ part }: ReviewSubject): string {
  return page.commentMarker('review-app', part);
}

/** What the pull request’s page says after a deploy. */
export function deployedComment(
  result: Pick<ActionResult, 'outputs' | 'headline'>,
  { head }: ReviewSubject,
  runUrl: string | undefined,
): string {
  return page.deployedComment(title, result, { head, runUrl });
}

/** What it says of an app that is gone, and how to have it back. */
export function destroyedComment(because: string, again: string): string {
  return page.removedComment(title, { did: 'Destroyed', because, again });
}

const title = 'Review app';
