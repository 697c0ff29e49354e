import type { CommitStatus, Repository } from '../model.ts';

/**
 * The contexts that keep a commit from being deployed. Without a list every status and check of the commit must
 * be green, the running job's own included; a listed context that was never reported counts as pending.
 */
export function unmetContexts(
  repository: Repository,
  sha: string,
  required: readonly string[] | undefined,
): { context: string; state: CommitStatus['state'] }[] {
  const latest = new Map<string, CommitStatus['state']>();
  for (const status of repository.commitStatuses.get(sha) ?? []) latest.set(status.context, status.state);
  return (required ?? [...latest.keys()])
    .map((context) => ({ context, state: latest.get(context) ?? 'pending' }))
    .filter(({ state }) => state !== 'success');
}
