import type { Clock } from '../../../io/clock.ts';
import { decodeAnswer, unexpected } from '../../../io/decode-answer.ts';
import type { HttpAnswer } from '../../../io/http.ts';
import { lineOf } from '../../../text/cut.ts';
import type { FlyApi, MachineChange } from '../api/api.ts';
import { madeMachine, type WireMachine } from '../api/wire.ts';
import { blueTag } from './stale-machines.ts';

/** A lease outlives the flyctl that was killed by at most 13 s. */
const leaseBudgetMs = 14_000;
const leasePauseMs = 1_000;

/** The few things done to a machine without flyctl. Each may be done twice. Failure: HttpError. */
export class MachineVerbs {
  readonly #api: FlyApi;
  readonly #clock: Clock;
  readonly #app: string;
  readonly #signal: AbortSignal;
  constructor(fixed: {
    readonly api: FlyApi;
    readonly clock: Clock;
    readonly app: string;
    readonly signal: AbortSignal;
  }) {
    this.#api = fixed.api;
    this.#clock = fixed.clock;
    this.#app = fixed.app;
    this.#signal = fixed.signal;
  }

  /**
   * One that flyctl made stays under its lease for as long as `--wait-timeout`, also when flyctl was killed: where it
   * is our own, the lease is as well, and Fly tells its nonce.
   */
  async destroy(id: string, { isOurs }: { readonly isOurs: boolean }): Promise<void> {
    const nonce = isOurs ? (await this.#api.lease(this.#app, id))?.nonce : undefined;
    // flyctl says `kill`, the specification `force`.
    const answer = await this.#change({ method: 'DELETE', path: `${id}?kill=true&force=true`, nonce });
    if (answer.status !== 404) assertDone(answer);
  }

  async uncordon(id: string): Promise<void> {
    assertDone(await this.#change({ method: 'POST', path: `${id}/uncordon` }));
  }

  /** Answers why Fly would not, undefined when it did. Failure: HttpError. */
  async start(id: string): Promise<string | undefined> {
    const { status, text } = await this.#change({ method: 'POST', path: `${id}/start` });
    return status < 400 ? undefined : `Fly refuses to start machine ${id} (${status}): ${lineOf(text, 160)}`;
  }

  /** Makes one more like `model`. Failure: HttpError. */
  async copy(
    { id }: WireMachine,
    region: string,
  ): Promise<{ readonly id: string } | { readonly id?: undefined; readonly why: string }> {
    const answer = await this.#api.copyMachine(this.#app, { id, region, signal: this.#signal });
    if (answer.status < 300) return { id: decodeAnswer(answer, madeMachine).id };
    return { why: `Fly refuses another machine (${answer.status}): ${lineOf(answer.text, 160)}` };
  }

  /** Takes the mark from a blue machine that is to stay. */
  async keep(id: string): Promise<void> {
    const answer = await this.#change({ method: 'DELETE', path: `${id}/metadata/${blueTag}` });
    if (answer.status !== 404) assertDone(answer);
  }

  /** Waits while someone else holds a lease; a deploy that lives keeps it longer than that. */
  async #change(change: MachineChange): Promise<HttpAnswer> {
    const end = this.#clock.monotonic() + leaseBudgetMs;
    for (;;) {
      const answer = await this.#api.change(this.#app, { ...change, signal: this.#signal });
      if (answer.status !== 409 || this.#clock.monotonic() + leasePauseMs > end) return answer;
      await this.#clock.sleep(leasePauseMs, this.#signal);
    }
  }
}

function assertDone(answer: HttpAnswer): void {
  if (answer.status >= 400) throw unexpected(answer);
}
