import { isCommit } from '../text/commit.ts';
import { describeHttpError, describeRefusal, type GitHubApi, jsonOf } from './api.ts';

/** What GitHub says of two commits: how they are ordered, and in which files the newer one differs. */
export type Comparison =
  | { readonly kind: 'answered'; readonly body: unknown }
  | { readonly kind: 'unknown'; readonly why: string };

/** Asks for one commit at most: the counts, the order and the files are of all of them. Never throws for the network. */
export async function askComparison(api: GitHubApi, commit: string, liveCommit: string): Promise<Comparison> {
  const strange = [commit, liveCommit].find((one) => !isCommit(one));
  if (strange !== undefined) return { kind: 'unknown', why: `${JSON.stringify(strange)} is no commit` };
  try {
    const answer = await api.rest(({ repos }, repository) =>
      repos.compareCommitsWithBasehead({ ...repository, basehead: `${liveCommit}...${commit}`, per_page: 1 }),
    );
    if (answer.status !== 200) return { kind: 'unknown', why: describeRefusal('GET', answer) };
    return { kind: 'answered', body: jsonOf(answer) };
  } catch (error) {
    return { kind: 'unknown', why: describeHttpError(error) };
  }
}
