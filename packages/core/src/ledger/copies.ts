import type { Opening } from './fold.ts';
import { budgetAtMost } from './intent.ts';
import type { PageEnd } from './ledger.ts';
import type { Entry } from './read.ts';
import type { LedgerRecord } from './record.ts';

/** A record of ours, before its statuses are read. */
export interface OpenedRecord {
  readonly entry: Entry;
  readonly opening: Opening;
}

/** What a list of records brings: they, and where a page of it ends. */
export type Listed = OpenedRecord | PageEnd;

/** A list that can be looked at further ahead than it is read. */
export class Lookahead {
  readonly #source: AsyncIterator<Listed>;
  readonly #ahead: Listed[] = [];

  constructor(source: AsyncIterator<Listed>) {
    this.#source = source;
  }

  async next(): Promise<Listed | undefined> {
    return this.#ahead.shift() ?? (await this.#pull());
  }

  /** Those that come next, as far as they are asked for. They stay. */
  async *coming(): AsyncGenerator<OpenedRecord> {
    for (let at = 0; ; at += 1) {
      const one = this.#ahead[at] ?? (await this.#pull());
      if (one === undefined) return;
      if (at === this.#ahead.length) this.#ahead.push(one);
      if ('opening' in one) yield one;
    }
  }

  async #pull(): Promise<Listed | undefined> {
    const next = await this.#source.next();
    return next.done === true ? undefined : next.value;
  }
}

/**
 * Tells records from copies of them. A signed intent proves itself on every deployment it is written to, and facts only
 * on their own: so of several records of one nonce those count that have a proven fact, else the oldest. Where the
 * answer to a creation was lost, that leaves one of the two as well.
 */
export class Copies {
  /** Ids of records that this run wrote or was given: their facts may only be on their way. */
  readonly #own: ReadonlySet<string>;
  /** Nonces of records that have a proven fact. */
  readonly #proven = new Set<string>();
  /** Ids that no older record has the nonce of: none will be older later. */
  readonly #oldest = new Set<string>();

  constructor(own: ReadonlySet<string>) {
    this.#own = own;
  }

  /** `ahead`: the older records. */
  async isCopy({ id, created, intent, facts }: LedgerRecord, ahead: Lookahead): Promise<boolean> {
    const nonceKey = nonceKeyOf(intent);
    if (facts.length > 0) this.#proven.add(nonceKey);
    if (facts.length > 0 || this.#own.has(id)) return false;
    if (this.#proven.has(nonceKey)) return true;
    if (this.#oldest.has(id)) return false;
    for await (const { opening } of ahead.coming()) {
      // It was there before the one that is asked about was first written.
      if (Number(opening.id) <= Number(intent.after ?? 0)) break;
      // What it copies may be gone, and what came after that is not.
      if (intent.after !== undefined && isLater(created, opening.created)) return true;
      if (nonceKeyOf(opening.intent) === nonceKey) return true;
    }
    this.#oldest.add(id);
    return false;
  }
}

/** A record is written directly after the newest was read: what is longer between them than any rollout takes, was not. */
function isLater(created: string, before: string): boolean {
  return Date.parse(created) - Date.parse(before) > budgetAtMost;
}

function nonceKeyOf({ nonce, signature }: LedgerRecord['intent']): string {
  return nonce ?? signature ?? '';
}
