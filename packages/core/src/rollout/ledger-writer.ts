import type { Ledger, OpenRecord } from '../ledger/ledger.ts';
import type { Intent, LedgerRecord } from '../ledger/record.ts';
import type { Release } from '../platforms/platform.ts';
import type { Note } from './events.ts';

/** Ids of this run's records, as far as they are open. */
export interface RecordIds {
  readonly change?: string;
  readonly restore?: string;
}

/** A replaced release is looked for among this many of the newest records. */
const RECORDS_LOOKED_AT = 100;

/**
 * Writes a rollout's facts in order and beside it: the way back never waits for GitHub, and no trouble with the
 * ledger changes an outcome.
 */
export class LedgerWriter {
  readonly #ledger: Ledger;
  readonly #log: (line: string) => void;
  readonly #open: Partial<Record<Note['record'], OpenRecord>> = {};
  #intent: Intent | undefined;
  #queue: Promise<void> = Promise.resolve();

  constructor(ledger: Ledger, log: (line: string) => void, reopened: RecordIds = {}) {
    this.#ledger = ledger;
    this.#log = log;
    if (reopened.change !== undefined) this.#open.change = ledger.reopen(reopened.change);
    if (reopened.restore !== undefined) this.#open.restore = ledger.reopen(reopened.restore);
  }

  get ids(): RecordIds {
    const { change, restore } = this.#open;
    return {
      ...(change?.id !== undefined && { change: change.id }),
      ...(restore?.id !== undefined && { restore: restore.id }),
    };
  }

  open(kind: 'deploy' | 'rollback', intent: Intent): Promise<void> {
    this.#intent = intent;
    return this.#then(async () => {
      this.#open.change = await this.#ledger.open(kind, intent, describe(kind, intent));
    });
  }

  openRestore(back: Release, replaces: Release | undefined): Promise<void> {
    return this.#then(async () => {
      if (this.#intent === undefined) return;
      const intent: Intent = {
        ...this.#intent,
        commit: back.commit ?? null,
        previous: replaces?.id ?? null,
        restores: back.id,
        replaces: replaces?.id ?? null,
        barrier: false,
      };
      this.#open.restore = await this.#ledger.open('rollback', intent, describe('rollback', intent));
    });
  }

  note({ record, fact, state }: Note): Promise<void> {
    return this.#then(async () => this.#open[record]?.add(fact, state));
  }

  /** Sets the newest record that names each of `releases` inactive. */
  retire(releases: readonly Release[]): Promise<void> {
    return this.#then(async () => {
      if (this.#intent === undefined || releases.length === 0) return;
      const left = new Set(releases.map((release) => release.id));
      const own = this.#open.change?.id;
      let looked = 0;
      for await (const record of this.#ledger.records(this.#intent.environment, this.#intent.service)) {
        const named = record.id === own ? [] : namedBy(record).filter((id) => left.has(id));
        if (named.length > 0) await this.#ledger.deactivate(record.id);
        for (const id of named) left.delete(id);
        looked += 1;
        if (left.size === 0 || looked === RECORDS_LOOKED_AT) return;
      }
    });
  }

  /** Resolves when everything asked for so far has been tried. */
  flush(): Promise<void> {
    return this.#queue;
  }

  #then(write: () => Promise<void>): Promise<void> {
    this.#queue = this.#queue.then(write).catch((error: unknown) => {
      this.#log(`The ledger could not be written: ${error instanceof Error ? error.message : String(error)}`);
    });
    return this.#queue;
  }
}

function namedBy({ facts }: LedgerRecord): readonly string[] {
  return facts.flatMap(({ fact }) =>
    fact.kind === 'shipped' || fact.kind === 'activated' ? [fact.release] : [],
  );
}

function describe(kind: 'deploy' | 'rollback', intent: Intent): string {
  if (kind === 'rollback') return `Take ${intent.target} back to ${intent.restores ?? 'an older release'}`;
  return `Deploy ${intent.commit?.slice(0, 7) ?? 'a new release'} to ${intent.target}`;
}
