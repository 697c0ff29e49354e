/** Fly's documented limits, per action and per machine (or app). */
const rates = { change: { perSecond: 1, burst: 3 }, read: { perSecond: 5, burst: 10 } } as const;

export type Rate = keyof typeof rates;

/** Token buckets, filled by the cloud's clock. */
export class RateLimit {
  readonly #now: () => number;
  readonly #buckets = new Map<string, { tokens: number; at: number }>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Takes one request of this action; false when the bucket is empty. */
  admits(key: string, rate: Rate): boolean {
    const { perSecond, burst } = rates[rate];
    const now = this.#now();
    const bucket = this.#buckets.get(key) ?? { tokens: burst, at: now };
    const tokens = Math.min(burst, bucket.tokens + ((now - bucket.at) / 1000) * perSecond);
    const admitted = tokens >= 1;
    this.#buckets.set(key, { tokens: admitted ? tokens - 1 : tokens, at: now });
    return admitted;
  }

  /** Takes back one request that was admitted. */
  giveBack(key: string, rate: Rate): void {
    const bucket = this.#buckets.get(key);
    if (bucket === undefined) return;
    const tokens = Math.min(rates[rate].burst, bucket.tokens + 1);
    this.#buckets.set(key, { ...bucket, tokens });
  }
}
