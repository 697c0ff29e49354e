import type { RunnerContext } from '../runner/runner.ts';
import { isCommit } from '../text/commit.ts';

/** What changed between two commits, on GitHub; undefined when either is not known. */
export function compareUrl(
  context: RunnerContext,
  from: string | undefined,
  to: string | undefined,
): string | undefined {
  if (context.repository === undefined || !isCommit(from) || !isCommit(to) || from === to) return undefined;
  const { owner, name } = context.repository;
  return `${context.serverUrl}/${owner}/${name}/compare/${from.slice(0, 12)}...${to.slice(0, 12)}`;
}
