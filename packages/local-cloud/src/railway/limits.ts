import type { CloudClock } from '../clock.ts';
import type { Plan } from './model.ts';

/** https://docs.railway.com/integrations/api#rate-limits */
const allowances: Readonly<Record<Plan, { readonly perHour: number; readonly perSecond: number }>> = {
  free: { perHour: 100, perSecond: 10 },
  hobby: { perHour: 1_000, perSecond: 10 },
  pro: { perHour: 10_000, perSecond: 50 },
};

interface Window {
  readonly endsAt: number;
  used: number;
}

/** What is left of a token's hour. */
export interface Spent {
  readonly limit: number;
  readonly remaining: number;
  readonly resetAt: number;
  /** Seconds to wait; absent where the request may be answered. */
  readonly retryAfter?: number;
}

/** Railway's limits, per token: so many requests an hour, and so many in a second of it. */
export class Limits {
  readonly #clock: CloudClock;
  readonly #windows = new Map<string, Window>();

  constructor(clock: CloudClock) {
    this.#clock = clock;
  }

  spend(token: string, plan: Plan): Spent {
    const { perHour, perSecond } = allowances[plan];
    const hour = this.#take(`hour ${token}`, 3_600_000, perHour);
    const second = this.#take(`second ${token}`, 1_000, perSecond);
    const over = [hour, second].find(({ isOver }) => isOver);
    return {
      limit: perHour,
      remaining: Math.max(0, perHour - hour.used),
      resetAt: hour.endsAt,
      ...(over === undefined
        ? {}
        : { retryAfter: Math.max(1, Math.ceil((over.endsAt - this.#clock.now()) / 1_000)) }),
    };
  }

  /** Nothing is left of this token's hour. */
  exhaust(token: string): void {
    this.#windows.set(`hour ${token}`, {
      endsAt: this.#clock.now() + 3_600_000,
      used: Number.MAX_SAFE_INTEGER,
    });
  }

  #take(key: string, lengthMs: number, limit: number): Window & { readonly isOver: boolean } {
    const now = this.#clock.now();
    const known = this.#windows.get(key);
    const window = known !== undefined && known.endsAt > now ? known : { endsAt: now + lengthMs, used: 0 };
    this.#windows.set(key, window);
    const isOver = window.used >= limit;
    if (!isOver) window.used += 1;
    return { endsAt: window.endsAt, used: window.used, isOver };
  }
}
