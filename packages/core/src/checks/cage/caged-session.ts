import type { AttemptResult } from '../run/attempt-result.ts';
import type { AskTask, LeftOut, ProbeSession } from '../run/prober.ts';
import type { Cage } from './cage.ts';

/** A worker has ended with what a pass through a scenario knew, and getting it back may do something twice. */
export class SessionLost extends Error {}

/** How one attempt of a step is sent. */
export interface Sending {
  /** The number of each call that it takes goes to `onStart`. */
  send(onStart: (id: number) => void): Promise<AttemptResult>;
  /** Whether everything that was sent may be sent again. */
  readonly repeatable: boolean;
}

export interface SessionPorts {
  /** Whether a step may be sent again. */
  repeatable(at: number): boolean;
  ask(at: number, task: AskTask, sending: Sending): Promise<AttemptResult>;
  /** Undefined when the worker ended again and again. */
  outlived<T>(call: () => Promise<T>): Promise<T | undefined>;
}

/** The newest attempt of a step. */
interface Told {
  readonly task: AskTask;
  readonly outcome: AttemptResult['attempt']['outcome'];
  /** Judging its answer ended a worker: another is not told of it. */
  readonly isTooMuch: boolean;
}

/** One pass through a scenario: a worker that knows nothing of it is told again, step by step. */
export class CagedSession implements ProbeSession {
  readonly #session: number;
  readonly #cage: Cage;
  readonly #ports: SessionPorts;
  readonly #asked = new Map<number, Told>();
  /** The worker that knows this pass; undefined before it was told anything. */
  #known: number | undefined;
  /** Nobody could say whether a step is left out: then it is not sent. */
  #isUnclear = false;

  constructor(session: number, cage: Cage, ports: SessionPorts) {
    this.#session = session;
    this.#cage = cage;
    this.#ports = ports;
  }

  async leftOut(at: number): Promise<LeftOut | undefined> {
    const session = this.#session;
    const answer = await this.#ports.outlived(async () => {
      const failed = await this.#catchUp(() => {});
      return failed === undefined ? this.#cage.call('leftOut', { session, at }) : undefined;
    });
    this.#isUnclear = answer === undefined;
    return answer ?? undefined;
  }

  async ask(at: number, task: AskTask): Promise<AttemptResult> {
    const session = this.#session;
    const tried = await this.#ports.ask(at, task, {
      send: async (onStart) => {
        const failed = await this.#catchUp(onStart);
        if (failed !== undefined) return { ...failed, attempt: { ...failed.attempt, number: task.number } };
        if (this.#isUnclear) throw new SessionLost();
        return this.#cage.call('askStep', { session, at, task }, onStart);
      },
      repeatable: this.#ports.repeatable(at) && this.#mayBeToldAgain,
    });
    this.#asked.set(at, {
      task,
      outcome: tried.attempt.outcome,
      isTooMuch: tried.reason === 'resource-limit',
    });
    return tried;
  }

  end(): void {
    if (this.#known !== undefined) this.#cage.tell(this.#known, 'endSession', { session: this.#session });
  }

  get #mayBeToldAgain(): boolean {
    return [...this.#asked.keys()].every((at) => this.#ports.repeatable(at));
  }

  /** Tells a new worker what this pass has asked. What passed before and no longer does ends the pass: it is answered. */
  async #catchUp(onStart: (id: number) => void): Promise<AttemptResult | undefined> {
    this.#cage.start();
    const { generation } = this.#cage;
    if (this.#known !== undefined && this.#known !== generation) {
      if (!this.#mayBeToldAgain) throw new SessionLost();
      for (const [at, { task, outcome, isTooMuch }] of this.#asked) {
        if (isTooMuch) continue;
        const again = await this.#cage.call('askStep', { session: this.#session, at, task }, onStart);
        if (outcome === 'pass' && again.attempt.outcome !== 'pass') return again;
      }
    }
    this.#known = generation;
    return undefined;
  }
}
