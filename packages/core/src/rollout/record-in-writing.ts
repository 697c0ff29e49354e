import { writeFact } from '../ledger/facts.ts';
import type { Ledger, LedgerState, OpenRecord } from '../ledger/ledger.ts';
import type { Fact, Intent } from '../ledger/record.ts';

/** A fact on its way to a record. */
export interface OwedFact {
  readonly fact: Fact;
  readonly state: LedgerState;
  readonly url?: string;
}

/** How a record comes to be written. */
export type RecordPlace =
  | { readonly id: string }
  | {
      readonly kind: 'deploy' | 'rollback';
      /** Asked when it is opened, or looked for. */
      readonly intent: () => Intent;
      readonly description: string;
      /** Another process may have opened it and is gone: it is looked for first. */
      readonly isDoubtful: boolean;
      /** Whether it is opened at all costs: a ticket that comes late would only hold others up. */
      readonly isOpenedLate: boolean;
    };

/** One record, and what is still to be written to it: in its order, each fact once. */
export class RecordInWriting {
  readonly #ledger: Ledger;
  readonly #place: RecordPlace;
  readonly #changed: () => void;
  readonly #owed: OwedFact[] = [];
  readonly #refused: OwedFact[] = [];
  #record: OpenRecord | undefined;
  /** Somebody has tried to open it. */
  #isTried: boolean;
  /** This process has opened it or looked for it. */
  #isAsked = false;
  /** What is next may have been written, though nobody heard of it. */
  #isNextDoubtful: boolean;

  /** `changed` is called when its id becomes known, and when a fact is written or refused. */
  constructor(ledger: Ledger, place: RecordPlace, changed: () => void, owed: readonly OwedFact[] = []) {
    this.#ledger = ledger;
    this.#place = place;
    this.#changed = changed;
    this.#owed.push(...owed);
    this.#isNextDoubtful = owed.length > 0;
    if ('id' in place) this.#record = ledger.reopen(place.id);
    this.#isTried = 'id' in place || place.isDoubtful;
  }

  get id(): string | undefined {
    return this.#record?.id;
  }

  get owed(): readonly OwedFact[] {
    return this.#owed;
  }

  owe(...facts: readonly OwedFact[]): void {
    this.#owed.push(...facts);
  }

  /**
   * Opens it where need be and writes what is owed, until GitHub no longer takes anything. A record that could not be
   * opened is tried `again` only when that is asked for: each time would be a call in vain.
   */
  async write(again = false): Promise<void> {
    const record = await this.#opened(again);
    if (record === undefined) return;
    for (let next = this.#owed[0]; next !== undefined; next = this.#owed[0]) {
      const { fact, state, url } = next;
      const links = url === undefined ? {} : { environmentUrl: url };
      const came = await record.add(fact, state, { ...links, ...(this.#isNextDoubtful && { again: true }) });
      this.#isNextDoubtful = came === 'failed';
      if (came === 'failed') return;
      this.#owed.shift();
      if (came === 'refused') this.#refused.push(next);
      this.#changed();
    }
  }

  /** What is missing of a record that is there, or should be; undefined where nothing is. */
  get missing(): string | undefined {
    // Without permission to write there is no record, which the ledger has said.
    const missing = [...(this.id === undefined ? [] : this.#refused), ...this.#owed];
    if (missing.length === 0) return undefined;
    const facts = missing.map(({ fact }) => `\`${writeFact(fact).replace(/^belay\/1 /, '')}\``).join(', ');
    const record = this.id === undefined ? 'The record of this rollout' : `Record ${this.id}`;
    return `${record} is not finished: ${facts} could not be written.`;
  }

  async #opened(again: boolean): Promise<OpenRecord | undefined> {
    const { id } = this;
    if (id !== undefined || 'id' in this.#place || (this.#isAsked && !again)) return this.#record;
    this.#isAsked = true;
    const { kind, intent, description, isOpenedLate } = this.#place;
    const found = this.#isTried ? await this.#ledger.find(intent()) : 'none';
    if (found === 'unknown') return undefined;
    const opens = !this.#isTried || isOpenedLate;
    this.#isTried = true;
    if (found !== 'none') this.#record = found;
    else if (opens) this.#record = await this.#ledger.open(kind, intent(), description);
    if (this.id !== undefined) this.#changed();
    return this.#record;
  }
}
