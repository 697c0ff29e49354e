import type { Clock } from '../../../io/clock.ts';

const pauseMs = 1_000;
/** flyctl takes all leases at once, and goes on within moments once it has them. */
const looksUntilSure = 2;

/** What flyctl says when it was refused a lease for a minute. */
const refused = /failed to acquire lease|failed to get lease|lease currently held by/;
/** What flyctl does between its release and its leases and that takes a while. */
const besides =
  /[Cc]anary machine|^Process groups have changed|^Creating green machines|^No machines in group/;

const takenFirst =
  'Another client has taken the machines first: flyctl was stopped before it had changed any.';
const releasedMeanwhile =
  'Another release has come while the release command ran: flyctl was stopped before it had changed any machine. ' +
  'The command goes on, and its machine with it.';

export interface LeasesWatched {
  readonly clock: Clock;
  /** Whether this flyctl's release exists: from here on it asks for leases. `overtaken`: somebody else's came after it. */
  release(): Promise<'none' | 'made' | 'overtaken'>;
  /** Whether every machine it is to change is leased, by whomever. */
  areAllHeld(): Promise<boolean>;
}

/**
 * Notices that flyctl waits for a lease which another client holds. It says nothing of that before a minute is over: but
 * once it asks for leases, it takes those that are free. Where all are taken and it does not go on, some are not its own.
 * While its release command runs it holds none: what others release meanwhile it would overwrite without a word.
 */
export class LeaseWatch {
  readonly #watched: LeasesWatched;
  readonly #contested = new AbortController();
  readonly #over = new AbortController();
  #isBusy = false;
  #watching: Promise<void> | undefined;
  constructor(watched: LeasesWatched) {
    this.#watched = watched;
  }

  /** Aborted, with a sentence for the log, as soon as somebody else is seen to go first. */
  get contested(): AbortSignal {
    return this.#contested.signal;
  }

  /** Hears every line flyctl says. */
  hear(line: string): void {
    const said = line.replace(/^[^\w]*(\[\d+\/\d+\])?\s*/, '');
    if (said.startsWith('Updating existing machines') || besides.test(said)) this.#over.abort();
    if (refused.test(said)) this.#contest();
    if (/^Running \S+ release_command/.test(said)) this.#isBusy = true;
    if (/^release_command \S+ completed/.test(said)) this.#isBusy = false;
    if (said.startsWith('Watch your deployment')) this.#watching ??= this.#watch().catch(() => undefined);
  }

  async end(): Promise<void> {
    this.#over.abort();
    await this.#watching;
  }

  #contest(why: string = takenFirst): void {
    if (!this.#over.signal.aborted) this.#contested.abort(why);
  }

  async #watch(): Promise<void> {
    const { clock, release, areAllHeld } = this.#watched;
    const over = this.#over.signal;
    for (let seen = 0; !over.aborted; ) {
      await clock.sleep(pauseMs, over);
      const isBusy = this.#isBusy;
      const own = await release();
      if (isBusy && own === 'overtaken') return this.#contest(releasedMeanwhile);
      if (this.#isBusy || own === 'none') continue;
      seen = (await areAllHeld()) ? seen + 1 : 0;
      if (seen >= looksUntilSure) return this.#contest();
    }
  }
}
