import type { IoPorts } from '../runner/io-ports.ts';
import { describeHttpError, describeRefusal, type GitHubApi, githubApi, jsonOf } from './api.ts';
import { type WantedComment, writeComment } from './comment.ts';
import { orderOf } from './commit-order.ts';
import { askComparison } from './comparison.ts';

/** A pull request as GitHub tells it; `unknown` with why, where it cannot be asked. */
export type PullRequestState =
  | { readonly kind: 'open' | 'closed'; readonly head: string }
  | { readonly kind: 'unknown'; readonly why: string };

/** A repository's pull requests. Never throws for what GitHub refuses: it says once what is lost. */
export class PullRequests {
  readonly #api: GitHubApi | undefined;
  readonly #warn: (message: string) => void;
  readonly #redact: (text: string) => string;
  readonly #warned = new Set<string>();

  constructor({ http, runner }: Pick<IoPorts, 'http' | 'runner'>, githubToken: string | undefined) {
    this.#api = githubApi(http, runner.context, githubToken);
    this.#warn = (message) => runner.warning(message);
    this.#redact = runner.redact;
  }

  async state(number: number): Promise<PullRequestState> {
    if (this.#api === undefined) return { kind: 'unknown', why: 'there is no token to ask GitHub with' };
    try {
      const answer = await this.#api.rest(({ pulls }, repository) =>
        pulls.get({ ...repository, pull_number: number }),
      );
      const { state, head } = Object(jsonOf(answer));
      const { sha } = Object(head);
      const isState = state === 'open' || state === 'closed';
      if (answer.status === 200 && isState && typeof sha === 'string') return { kind: state, head: sha };
      return { kind: 'unknown', why: describeRefusal('GET', answer) };
    } catch (error) {
      return { kind: 'unknown', why: describeHttpError(error) };
    }
  }

  /** Whether `head` descends from `commit`. GitHub may answer with a state older than the event: then it does not. */
  async isOutdated(commit: string, head: string): Promise<boolean> {
    if (this.#api === undefined || commit === head) return false;
    return orderOf(await askComparison(this.#api, commit, head), commit, head).kind === 'older';
  }

  async comment(wanted: WantedComment): Promise<void> {
    if (this.#api === undefined) {
      this.#warnOnce('There is no GitHub token, so the pull request gets no comment. Pass `github-token`.');
      return;
    }
    const written = await writeComment(this.#api, { ...wanted, body: this.#redact(wanted.body) });
    if (written.kind !== 'failed') return;
    const advice = written.forbidden ? ' Give the job the permission `pull-requests: write`.' : '';
    this.#warnOnce(`The pull request’s comment is not up to date: ${written.why}.${advice}`);
  }

  #warnOnce(message: string): void {
    if (this.#warned.has(message)) return;
    this.#warned.add(message);
    this.#warn(message);
  }
}
