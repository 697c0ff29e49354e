import { describeRefusal, type GitHubApi, jsonOf, refusal } from '../github/api.ts';
import { idOf, isId } from '../github/id.ts';
import type { HttpAnswer } from '../io/http.ts';
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
  #isTold: Promise<boolean> | undefined;

  constructor(api: GitHubApi | undefined, own: OwnRun, log: (line: string) => void) {
    this.#api = api;
    this.#own = own;
    this.#log = log;
  }

  /** False where GitHub did not say, `unasked` where it was not asked. Never throws. */
  async isOver({ run, attempt }: Pick<Intent, 'run' | 'attempt'>): Promise<boolean | 'unasked'> {
    if (run === this.#own.runId) return attempt < this.#own.runAttempt;
    if (this.#api === undefined || this.#isRefused || !isId(run)) return 'unasked';
    const answer = await askRun(this.#api, run).catch(() => undefined);
    if (answer?.status === 404) return this.#mayBeAsked();
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

  /** A run that is not there was deleted, where GitHub tells of runs at all: it tells of this one. */
  #mayBeAsked(): Promise<boolean> {
    const { runId = '' } = this.#own;
    this.#isTold ??= isId(runId)
      ? Promise.resolve(this.#api && askRun(this.#api, runId)).then(
          (answer) => answer?.status === 200,
          () => false,
        )
      : Promise.resolve(false);
    return this.#isTold;
  }
}

function askRun(api: GitHubApi, run: string): Promise<HttpAnswer> {
  return api.rest(({ actions }, repository) => actions.getWorkflowRun({ ...repository, run_id: idOf(run) }));
}
