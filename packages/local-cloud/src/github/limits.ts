import type { CloudClock } from '../clock.ts';
import { Refusal, refuse } from './answers.ts';

export type Resource = 'core' | 'graphql';

const hourMs = 3_600_000;
/** What a workflow's own token may ask per hour and repository; a stranger gets 60. */
const allowance = 1_000;
const strangersAllowance = 60;

interface Window {
  readonly limit: number;
  readonly resetAt: number;
  used: number;
}

/** GitHub's two limits: a budget per hour and caller, and the secondary one against bursts, which tests switch on. */
export class Limits {
  readonly #clock: CloudClock;
  readonly #windows = new Map<string, Window>();
  #secondary: { status: 403 | 429; retryAfterSeconds: number | undefined; calls: number } | undefined;

  constructor(clock: CloudClock) {
    this.#clock = clock;
  }

  window(caller: string | undefined, resource: Resource): Window {
    const key = `${caller ?? ''} ${resource}`;
    const known = this.#windows.get(key);
    if (known !== undefined && known.resetAt > this.#clock.now()) return known;
    const limit = caller === undefined ? strangersAllowance : allowance;
    const fresh = { limit, used: 0, resetAt: this.#clock.now() + hourMs };
    this.#windows.set(key, fresh);
    return fresh;
  }

  /** Counts one request; a refusal when it may not be answered. */
  spend(caller: string | undefined, resource: Resource): Refusal | undefined {
    const burst = this.#spendSecondary();
    if (burst !== undefined) return burst;
    const window = this.window(caller, resource);
    if (window.used >= window.limit) return refuse(403, 'API rate limit exceeded for installation.');
    window.used += 1;
    return undefined;
  }

  /** Nothing is left of this caller's hour. */
  exhaust(caller: string, resource: Resource = 'core'): void {
    const window = this.window(caller, resource);
    window.used = window.limit;
  }

  /** The next `calls` requests hit the secondary limit. Without `retryAfterSeconds` the header is absent. */
  refuseBursts(options: { calls: number; status?: 403 | 429; retryAfterSeconds?: number }): void {
    this.#secondary = {
      calls: options.calls,
      status: options.status ?? 403,
      retryAfterSeconds: options.retryAfterSeconds,
    };
  }

  headers(caller: string | undefined, resource: Resource): Record<string, string> {
    const window = this.window(caller, resource);
    return {
      'x-ratelimit-limit': String(window.limit),
      'x-ratelimit-remaining': String(window.limit - window.used),
      'x-ratelimit-reset': String(Math.ceil(window.resetAt / 1000)),
      'x-ratelimit-used': String(window.used),
      'x-ratelimit-resource': resource,
    };
  }

  clear(): void {
    this.#windows.clear();
    this.#secondary = undefined;
  }

  #spendSecondary(): Refusal | undefined {
    if (this.#secondary === undefined || this.#secondary.calls === 0) return undefined;
    this.#secondary.calls -= 1;
    const { status, retryAfterSeconds } = this.#secondary;
    const refusal = refuse(status, 'You have exceeded a secondary rate limit. Please wait a few minutes.');
    if (retryAfterSeconds === undefined) return refusal;
    return new Refusal({ ...refusal.answer, headers: { 'retry-after': String(retryAfterSeconds) } });
  }
}
