import { describeRefusal, type GitHubApi, jsonOf, refusal } from './github-api.ts';
import type { Intent } from './record.ts';

/** Whose records are asked about: a run that was started again is over in all its earlier attempts. */
export interface OwnRun {
  readonly runId?: string | undefined;
  readonly runAttempt: number;
}

/** Whether runs are over, as far as GitHub tells: asked no more once the permission `actions: read` is missing. */
export class RunStates {
  readonly #api: GitHubApi | undefined;
  readonly #own: OwnRun;
  readonly #log: (line: string) => void;
  #isRefused = false;

  constructor(api: GitHubApi | undefined, own: OwnRun, log: (line: string) => void) {
    this.#api = api;
    this.#own = own;
    this.#log = log;
  }

  /** False where it cannot be told. Never throws. */
  async isOver({ run, attempt }: Pick<Intent, 'run' | 'attempt'>): Promise<boolean> {
    if (run === this.#own.runId) return attempt < this.#own.runAttempt;
    // A record is anybody's text: only a number goes into an address.
    if (this.#api === undefined || this.#isRefused || !/^[1-9]\d{0,18}$/.test(run)) return false;
    const answer = await this.#api.get(`actions/runs/${run}`).catch(() => undefined);
    if (answer === undefined) return false;
    if (answer.status !== 200) {
      this.#isRefused = refusal(answer) === 'permission' && answer.status === 403;
      if (this.#isRefused)
        this.#log(
          `Whether a run is over cannot be asked (${describeRefusal('GET', answer)}): give the job \`actions: read\`, and one that was killed is not waited for.`,
        );
      return false;
    }
    const { status, run_attempt: now } = Object(jsonOf(answer));
    return (Number.isInteger(now) && now > attempt) || (now === attempt && status === 'completed');
  }
}
