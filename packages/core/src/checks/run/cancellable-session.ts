import type { AttemptResult } from './attempt-result.ts';
import type { AskTask, LeftOut, ProbeSession } from './prober.ts';

/** A session of which is known whether anything was asked, and that is heard of no more once the run is cancelled. */
export class CancellableSession implements ProbeSession {
  hasAsked = false;
  readonly #session: ProbeSession;
  readonly #cancelled: Promise<never>;
  #forget = () => {};

  constructor(session: ProbeSession, signal: AbortSignal) {
    this.#session = session;
    this.#cancelled = new Promise((_, reject) => {
      const hear = () => reject(signal.reason);
      if (signal.aborted) hear();
      signal.addEventListener('abort', hear, { once: true });
      this.#forget = () => signal.removeEventListener('abort', hear);
    });
    this.#cancelled.catch(() => {});
  }

  leftOut(at: number): Promise<LeftOut | undefined> {
    return Promise.race([this.#session.leftOut(at), this.#cancelled]);
  }

  ask(at: number, task: AskTask): Promise<AttemptResult> {
    this.hasAsked = true;
    return Promise.race([this.#session.ask(at, task), this.#cancelled]);
  }

  /** The pass is over; the session is not. */
  end(): void {
    this.#forget();
  }
}
