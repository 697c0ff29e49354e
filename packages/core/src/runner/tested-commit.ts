import { isCommit } from '../text/commit.ts';
import type { RunnerContext } from './runner.ts';

/**
 * The commit a run is about: the input `commit` where someone says it, else the one that the event tested. A
 * `workflow_run` runs on the newest commit of the default branch (`GITHUB_SHA`), and is about the `head_sha` of the run
 * that came before it: https://docs.github.com/actions/reference/events-that-trigger-workflows#workflow_run. Undefined
 * where the event names none: another commit in its place would be a wrong one.
 */
export function testedCommit(
  { event, eventName, sha }: Pick<RunnerContext, 'event' | 'eventName' | 'sha'>,
  given?: string,
): string | undefined {
  if (given !== undefined) return whole(given);
  return whole(eventName === 'workflow_run' ? Object(event.workflow_run).head_sha : sha);
}

function whole(commit: unknown): string | undefined {
  const lowered = typeof commit === 'string' ? commit.toLowerCase() : undefined;
  return isCommit(lowered) ? lowered : undefined;
}
