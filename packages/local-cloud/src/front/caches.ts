import type { CloudClock } from '../clock.ts';
import type { Delivery } from '../faults/delivery.ts';
import type { RequestHead, ServiceAnswer } from '../service.ts';
import { wholeAnswer } from './app-proxy.ts';

/** Ways to ask past a cache. Content delivery networks differ in which they honour. */
export const cacheBypasses = ['no-cache', 'query'] as const;
export type CacheBypass = (typeof cacheBypasses)[number];

/** A cache in front of an application that keeps whatever it is told to, as a page rule "cache everything" does. */
export interface CacheRule {
  readonly host: string;
  /** How long it answers with what it has. */
  readonly seconds: number;
  /** What does not lead past it: `cache-control: no-cache` in the request, a query it has not seen. Default: both do. */
  readonly ignores?: readonly CacheBypass[];
  /** By which it says whether it had the answer. Default: `x-cache`. */
  readonly header?: string;
  /** Of which release its answers are, where it keeps those of each apart. Default: of any. */
  readonly releaseNow?: () => string;
}

interface Kept {
  readonly at: number;
  readonly answer: ServiceAnswer;
}

/** The caches in front of applications. Ages follow the cloud's clock. */
export class Caches {
  readonly #clock: CloudClock;
  readonly #caches = new Map<string, { readonly rule: CacheRule; readonly kept: Map<string, Kept> }>();

  constructor(clock: CloudClock) {
    this.#clock = clock;
  }

  /** Puts an empty cache in front of a host, in place of the one there was. */
  put(rule: CacheRule): void {
    this.#caches.set(rule.host, { rule, kept: new Map() });
  }

  list(): readonly CacheRule[] {
    return [...this.#caches.values()].map(({ rule }) => rule);
  }

  clear(): void {
    this.#caches.clear();
  }

  /** What the cache of the host has for this request, or what `ask` brings, which it then keeps. */
  async through(head: RequestHead, ask: () => Promise<Delivery>): Promise<Delivery> {
    const cache = this.#caches.get(head.host);
    if (cache === undefined || head.method !== 'GET') return ask();
    const { rule, kept } = cache;
    const { header = 'x-cache', releaseNow } = rule;
    const address = head.url.pathname + (rule.ignores?.includes('query') ? '' : head.url.search);
    const key = `${releaseNow?.() ?? ''} ${address}`;
    const found = kept.get(key);
    const ageMs = found === undefined ? Number.POSITIVE_INFINITY : this.#clock.now() - found.at;
    if (found !== undefined && ageMs < rule.seconds * 1_000 && !asksPast(head, rule)) {
      return answered(found.answer, { age: String(Math.floor(ageMs / 1_000)), [header]: 'HIT' });
    }
    const delivery = await ask();
    if (delivery.kind !== 'stream') return delivery;
    const answer = await wholeAnswer(delivery.from);
    if (answer.status === 200) kept.set(key, { at: this.#clock.now(), answer });
    return answered(answer, { [header]: 'MISS' });
  }
}

function asksPast({ headers }: RequestHead, { ignores = [] }: CacheRule): boolean {
  return !ignores.includes('no-cache') && /\bno-cache\b/i.test(headers['cache-control'] ?? '');
}

function answered(answer: ServiceAnswer, headers: Readonly<Record<string, string>>): Delivery {
  return { kind: 'answer', answer: { ...answer, headers: { ...answer.headers, ...headers } } };
}
