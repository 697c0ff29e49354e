import { describeHttpError, describeRefusal, type GitHubApi, jsonOf } from './github-api.ts';

/** `older`: our commit is a strict ancestor of the live one. */
export type CommitOrder =
  | { readonly kind: 'older' | 'newer' | 'same' | 'diverged'; readonly liveCommit: string }
  | { readonly kind: 'unknown'; readonly why: string };

/** Asks GitHub how `commit` stands to the live one. An answer that contradicts itself is `unknown`. */
export async function compareCommits(
  api: GitHubApi,
  commit: string,
  liveCommit: string,
): Promise<CommitOrder> {
  try {
    const answer = await api.get(`compare/${liveCommit}...${commit}?per_page=1`);
    if (answer.status !== 200) return { kind: 'unknown', why: describeRefusal('GET', answer) };
    return orderOf(jsonOf(answer), commit, liveCommit);
  } catch (error) {
    return { kind: 'unknown', why: describeHttpError(error) };
  }
}

function orderOf(comparison: unknown, commit: string, liveCommit: string): CommitOrder {
  const { status, merge_base_commit } = Object(comparison);
  const meeting = Object(merge_base_commit).sha;
  if (status === 'behind' && meeting === commit) return { kind: 'older', liveCommit };
  if (status === 'ahead' && meeting === liveCommit) return { kind: 'newer', liveCommit };
  if (status === 'identical' && meeting === commit) return { kind: 'same', liveCommit };
  const isFork = meeting !== commit && meeting !== liveCommit;
  if (status === 'diverged' && isFork && typeof meeting === 'string') return { kind: 'diverged', liveCommit };
  return { kind: 'unknown', why: `GitHub says ${status}, and that the two meet at ${meeting}` };
}
