import { describeHttpError, describeRefusal, type GitHubApi, jsonOf, refusal } from '../github/api.ts';
import { field, text } from '../github/event-fields.ts';
import { trustOfRepository } from './event-trust.ts';
import { type UntrustedRun, unknownRun, untrusted } from './untrusted-run.ts';

/**
 * Asks GitHub whose a pull request is: a comment's event does not say it. Undefined where it is of a branch of this
 * repository and nobody's but a person's; what is not answered, or not understood, is not trusted.
 */
export async function whosePull(
  api: GitHubApi | undefined,
  number: number,
): Promise<UntrustedRun | undefined> {
  if (api === undefined) {
    return unasked(number, 'there is no token to ask GitHub with', 'Pass `github-token`.');
  }
  try {
    const answer = await api.rest(({ pulls }, repository) =>
      pulls.get({ ...repository, pull_number: number }),
    );
    if (answer.status !== 200) {
      const next = refusal(answer) === 'permission' ? permission : again;
      return unasked(number, describeRefusal('GET', answer), next);
    }
    return judged(jsonOf(answer), number, api);
  } catch (error) {
    return unasked(number, describeHttpError(error), again);
  }
}

const permission = 'Give the job the permission `pull-requests: read`.';
const again = 'Run the job again.';

function judged(pull: unknown, number: number, { owner, name }: GitHubApi): UntrustedRun | undefined {
  const head = field(pull, 'head', 'repo');
  // A fork that was deleted since is `null`; what is not there at all is no pull request.
  if (field(pull, 'number') !== number || head === undefined) {
    return unasked(number, 'GitHub’s answer is no pull request', again);
  }
  if (text(pull, 'user', 'login') === 'dependabot[bot]') return untrusted('dependabot');
  const standing = trustOfRepository(head, `${owner}/${name}`.toLowerCase());
  return standing.kind === 'untrusted' ? standing.run : undefined;
}

function unasked(number: number, why: string, next: string): UntrustedRun {
  return unknownRun(
    `This run is about pull request ${number}, and whose it is could not be asked: ${why}.`,
    next,
  );
}
