import type { Clock } from '../../io/clock.ts';
import type { Phases } from '../check-result.ts';
import { Alarm } from './alarm.ts';
import type { ExchangeStage } from './exchange-error.ts';
import { ExchangeError } from './exchange-error.ts';
import type { AnswerSlot } from './large-answers.ts';
import type { Lease } from './lease.ts';
import type { Route } from './route.ts';

export interface WatchLimits {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  readonly connectTimeoutMs: number;
  readonly route?: Route | undefined;
  /** Among those that hold a large answer; none where nothing else is held. */
  readonly place?: AnswerSlot | undefined;
  /** Those that other checks have left; none where each request has its own. */
  readonly connections?: Lease | undefined;
}

/** With less left, an attempt could only tell that there was no time. Milliseconds. */
export const leastMs = 10;

/** How long what was cut off may take to end by itself, milliseconds. */
const settleMs = 200;

/** How often what came in is counted, milliseconds. */
const countEveryMs = 100;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Times one attempt, and cuts it off: at its connect or total limit, at its limit of bytes, or when the run is aborted. */
export class AttemptWatch {
  readonly #limits: WatchLimits;
  readonly #started: number;
  #phases: Mutable<Omit<Phases, 'total'>> = {};
  readonly #total: Alarm;
  #connecting: Alarm | undefined;
  #stage: ExchangeStage = 'resolving';
  #waitedMs = 0;
  #cuts: ((why: Error) => void)[] = [];
  #why: Error | undefined;
  #mostBytes = 32 * 1024 * 1024;
  #counting: NodeJS.Timeout | undefined;
  #settling: NodeJS.Timeout | undefined;
  #isClosed = false;
  #giveUp: (why: Error) => void = () => {};
  readonly #aborted = () => this.#end(this.#limits.signal.reason as Error);
  /** Rejects with the reason of the cut when what was cut off has not ended by itself: it may wait for an event that never comes. */
  readonly overdue: Promise<never>;

  constructor(limits: WatchLimits) {
    this.#limits = limits;
    this.#started = limits.clock.monotonic();
    this.#total = new Alarm(limits.timeoutMs, () => this.#end(this.#lateError()));
    this.overdue = new Promise((_, reject) => {
      this.#giveUp = reject;
    });
    this.overdue.catch(() => {});
    limits.signal.addEventListener('abort', this.#aborted);
    if (limits.signal.aborted) this.#aborted();
  }

  /** How the host that is asked is to be found; undefined where the system decides. */
  get route(): Route | undefined {
    return this.#limits.route;
  }

  get connections(): Lease | undefined {
    return this.#limits.connections;
  }

  get stage(): ExchangeStage {
    return this.#stage;
  }

  /** Why the attempt was cut off, if it was: sockets may report it as something else. */
  get cutBy(): Error | undefined {
    return this.#why;
  }

  /** Milliseconds since the attempt began, not rounded. */
  get elapsedMs(): number {
    return this.#limits.clock.monotonic() - this.#started - this.#waitedMs;
  }

  /** Milliseconds that are left of it. */
  get leftMs(): number {
    return Math.max(0, this.#limits.timeoutMs - this.elapsedMs);
  }

  get phases(): Phases {
    return { ...this.#phases, total: Math.round(this.elapsedMs) };
  }

  /** The answer is large, and may be of `bytes`: waits until there is room for it. */
  large(bytes: number): Promise<void> {
    const { place } = this.#limits;
    return place === undefined ? Promise.resolve() : this.uncounted(() => place.take(bytes));
  }

  /** Does what takes time that is not the server's. */
  async uncounted<T>(work: () => Promise<T>): Promise<T> {
    const { clock } = this.#limits;
    const from = clock.monotonic();
    const goOn = this.#total.pause();
    try {
      return await work();
    } finally {
      this.#waitedMs += clock.monotonic() - from;
      if (this.#why === undefined && !this.#isClosed) goOn();
    }
  }

  /** What to destroy when the attempt is cut off or fails; called at once when it already was cut off. */
  onCut(cut: (why: Error) => void): void {
    this.#cuts.push(cut);
    if (this.#why !== undefined) cut(this.#why);
  }

  /** What a connection may bring, whatever it is: the parts of an answer have limits, and what stands between them has not. */
  allow(mostBytes: number): void {
    this.#mostBytes = mostBytes;
  }

  /** Counts what comes in on a connection from now on, and cuts the attempt off when that is more than is allowed. */
  count(connection: { readonly bytesRead: number }): void {
    clearInterval(this.#counting);
    const before = connection.bytesRead;
    this.#counting = setInterval(() => {
      if (connection.bytesRead - before <= this.#mostBytes) return;
      this.#end(new ExchangeError('assertion', `the server sent more than ${this.#mostBytes} bytes in all`));
    }, countEveryMs);
  }

  /** What was opened so far is others' now: it is not counted, nor destroyed with this attempt. */
  handOver(): void {
    clearInterval(this.#counting);
    this.#cuts = [];
  }

  /**
   * What follows may turn out to be nothing that the service did; what it answers takes it back then: its time, its
   * phases, and how far it came.
   */
  tentatively(): () => void {
    const from = this.#limits.clock.monotonic();
    const [phases, stage] = [{ ...this.#phases }, this.#stage];
    return () => {
      const lostMs = this.#limits.clock.monotonic() - from;
      this.#waitedMs += lostMs;
      this.#total.extend(lostMs);
      this.#phases = phases;
      this.#stage = stage;
      this.handOver();
    };
  }

  /** Destroys whatever the attempt has opened. */
  destroy(why: Error): void {
    for (const cut of this.#cuts.splice(0)) cut(why);
  }

  /** A connection begins: a redirect to another host starts over. */
  connecting(): void {
    this.#stage = 'resolving';
    this.#connecting?.stop();
    const { connectTimeoutMs } = this.#limits;
    this.#connecting = new Alarm(connectTimeoutMs, () => this.#end(this.#slowConnection(connectTimeoutMs)));
  }

  /** The name is resolved, or there was none to resolve. */
  resolved(viaLookup: boolean): void {
    this.#stage = 'connecting';
    if (viaLookup) this.#phases.dns = Math.round(this.elapsedMs);
  }

  connected(): void {
    this.#stage = 'securing';
    this.#phases.connect = Math.round(this.elapsedMs);
  }

  secured(): void {
    this.#phases.tls = Math.round(this.elapsedMs);
  }

  /** The connection stands: from here on only the total limit counts. */
  ready(): void {
    this.#stage = 'waiting';
    this.#connecting?.stop();
  }

  answered(): void {
    this.#stage = 'reading';
    this.#phases.firstByte = Math.round(this.elapsedMs);
  }

  downloaded(): void {
    this.#phases.download = Math.round(this.elapsedMs);
  }

  close(): void {
    this.#isClosed = true;
    this.#total.stop();
    this.#connecting?.stop();
    clearInterval(this.#counting);
    clearTimeout(this.#settling);
    this.#limits.signal.removeEventListener('abort', this.#aborted);
    this.#cuts = [];
  }

  #end(why: Error): void {
    if (this.#why === undefined) this.#settling = setTimeout(() => this.#giveUp(why), settleMs);
    this.#why ??= why;
    for (const cut of this.#cuts) cut(this.#why);
  }

  #slowConnection(limitMs: number): ExchangeError {
    if (this.#stage === 'resolving')
      return new ExchangeError('resolve', `the name was not resolved within ${limitMs} ms`);
    const what = this.#stage === 'connecting' ? 'no connection' : 'no TLS handshake';
    return new ExchangeError('timeout', `${what} within ${limitMs} ms`);
  }

  #lateError(): ExchangeError {
    const limitMs = Math.round(this.#limits.timeoutMs);
    if (this.#stage === 'waiting')
      return new ExchangeError('timeout', `connected, but no answer within ${limitMs} ms`);
    if (this.#stage === 'reading')
      return new ExchangeError('timeout', `the answer did not end within ${limitMs} ms`);
    return this.#slowConnection(limitMs);
  }
}
