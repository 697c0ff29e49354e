import { isDeepStrictEqual } from 'node:util';
import type { Ledger, LedgerState, OpenRecord } from '../../../packages/core/src/ledger/ledger.ts';
import type { Fact, Intent, LedgerRecord } from '../../../packages/core/src/ledger/record.ts';

interface Kept {
  readonly record: LedgerRecord & { facts: { fact: Fact; at: string }[] };
  state: LedgerState;
  /** Where the last fact said it serves. */
  url?: string;
}

/** A ledger in memory, which may refuse every write. */
export class MemoryLedger implements Ledger {
  readonly availability = 'full';
  readonly isSigned = false;
  readonly factRoom = 140;
  readonly doubted = [];
  readonly kept: Kept[] = [];
  readonly #isBroken: boolean;
  readonly #now: () => number;

  constructor(isBroken = false, now = () => Date.UTC(2026, 10, 21)) {
    this.#isBroken = isBroken;
    this.#now = now;
  }

  /** As it is now: what a run that is gone still tries to write does not reach it. */
  copy(): MemoryLedger {
    const copy = new MemoryLedger(this.#isBroken, this.#now);
    copy.kept.push(...structuredClone(this.kept));
    return copy;
  }

  async open(kind: 'deploy' | 'rollback', intent: Intent): Promise<OpenRecord> {
    this.#write();
    const id = String(this.kept.length + 1);
    const record = { id, kind, created: this.#time, intent, facts: [] };
    this.kept.push({ record, state: 'in_progress' });
    return this.reopen(id);
  }

  reopen(id: string): OpenRecord {
    return {
      id,
      add: async (fact, state, links) => {
        this.#write();
        const kept = this.#find(id);
        // What may have been written before is looked for first, as the ledger on GitHub does.
        if (links?.again && isDeepStrictEqual(kept.record.facts.at(-1)?.fact, fact)) return 'written';
        kept.record.facts.push({ fact, at: this.#time });
        kept.state = state;
        if (links?.environmentUrl !== undefined) kept.url = links.environmentUrl;
        return 'written';
      },
    };
  }

  async find({ nonce }: Intent): Promise<OpenRecord | 'none'> {
    const kept = this.kept.findLast(({ record }) => nonce !== undefined && record.intent.nonce === nonce);
    return kept === undefined ? 'none' : this.reopen(kept.record.id);
  }

  async *records(): AsyncIterable<LedgerRecord> {
    // A copy: what was read stays as it was, whatever is written later.
    for (const { record, state } of [...this.kept].reverse())
      yield { ...structuredClone(record), ...(state === 'success' && { isActive: true }) };
  }

  async *walk(_environment: string, target: string): AsyncIterable<LedgerRecord> {
    for await (const record of this.records()) if (record.intent.target === target) yield record;
  }

  get active(): readonly string[] {
    return this.kept.filter(({ state }) => state === 'success').map(({ record }) => record.id);
  }

  async deactivate(id: string): Promise<void> {
    this.#write();
    this.#find(id).state = 'inactive';
  }

  async isRetired(id: string): Promise<boolean> {
    return this.#find(id).state === 'inactive';
  }

  async commitOrder() {
    return { kind: 'unknown', why: 'no history here' } as const;
  }

  async changedFiles() {
    return { kind: 'unknown', why: 'no history here' } as const;
  }

  /** `deploy failure: shipped v3, verdict fail`: one line for each record, oldest first. */
  get story(): readonly string[] {
    return this.kept.map(({ record, state }) => {
      const facts = record.facts.map(({ fact }) => Object.values(fact).slice(0, 2).join(' '));
      return `${record.kind} ${state}: ${facts.join(', ')}`;
    });
  }

  /** As GitHub keeps it: without milliseconds. */
  get #time(): string {
    return `${new Date(this.#now()).toISOString().slice(0, 19)}Z`;
  }

  #find(id: string): Kept {
    const kept = this.kept.find(({ record }) => record.id === id);
    if (kept === undefined) throw new Error(`No record ${id}.`);
    return kept;
  }

  #write(): void {
    if (this.#isBroken) throw new Error('403 Resource not accessible by integration');
  }
}
