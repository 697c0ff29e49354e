import { latencyFacts } from '../ledger/latency.ts';
import type { OpenRecord } from '../ledger/ledger.ts';
import type { Fact, Intent } from '../ledger/record.ts';
import type { Release } from '../platforms/platform.ts';
import type { Ticket } from './await-turn.ts';
import type { Note } from './events.ts';
import type { RolloutPorts } from './ports.ts';

/** Ids of this run's records, as far as they are open. */
export interface RecordIds {
  readonly change?: string;
  readonly restore?: string;
}

/** What a writer needs to go on where another stopped. */
export interface LedgerPlace {
  readonly records: RecordIds;
  /** Of the change; absent before it was recorded. */
  readonly intent?: Intent;
}

type WriterPorts = Pick<RolloutPorts, 'ledger' | 'recordOf' | 'log' | 'target' | 'latencies' | 'clock'>;

/** Each is a call to GitHub, and a deploy makes at most twenty: about ten checks are remembered. */
const latencyStatuses = 2;

/**
 * Writes a rollout's facts in order and beside it: the way back never waits for GitHub, and no trouble with the
 * ledger changes an outcome.
 */
export class LedgerWriter {
  readonly #ports: WriterPorts;
  readonly #open: Partial<Record<Note['record'], OpenRecord>> = {};
  #intent: Intent | undefined;
  #openedAt = 0;
  #queue: Promise<void> = Promise.resolve();

  constructor(ports: WriterPorts, place?: LedgerPlace) {
    this.#ports = ports;
    const { ledger } = ports;
    const { change, restore } = place?.records ?? {};
    if (change !== undefined) this.#open.change = ledger.reopen(change);
    if (restore !== undefined) this.#open.restore = ledger.reopen(restore);
    this.#intent = place?.intent;
  }

  get place(): LedgerPlace {
    const { change, restore } = this.#open;
    const records = {
      ...(change?.id !== undefined && { change: change.id }),
      ...(restore?.id !== undefined && { restore: restore.id }),
    };
    return { records, ...(this.#intent !== undefined && { intent: this.#intent }) };
  }

  open(kind: 'deploy' | 'rollback', intent: Intent): Promise<void> {
    this.#intent = intent;
    return this.#then(async () => {
      this.#open.change = await this.#ports.ledger.open(kind, intent, describe(kind, intent));
      this.#openedAt = this.#ports.clock.monotonic();
    });
  }

  /** The record as a ticket. */
  get ticket(): Ticket {
    return { id: this.#open.change?.id, openedAt: this.#openedAt };
  }

  /** The record is open already, and its turn came after a wait: what it stands on now. */
  turnCame(intent: Intent): Promise<void> {
    const { previous, barrier, fleet } = intent;
    this.#intent = { ...intent, ...(this.#intent?.nonce !== undefined && { nonce: this.#intent.nonce }) };
    const fact: Fact = { kind: 'turn', previous, barrier, ...(fleet !== undefined && { fleet }) };
    return this.note({ do: 'note', record: 'change', fact, state: 'in_progress' });
  }

  openRestore(back: Release, replaces: Release | undefined): Promise<void> {
    return this.#then(async () => {
      if (this.#intent === undefined) return;
      // What it shipped is not what comes back.
      const { fingerprint: _, ...own } = this.#intent;
      const intent: Intent = {
        ...own,
        commit: back.commit ?? null,
        previous: replaces?.id ?? null,
        restores: back.id,
        replaces: replaces?.id ?? null,
        barrier: false,
      };
      this.#open.restore = await this.#ports.ledger.open('rollback', intent, describe('rollback', intent));
    });
  }

  note({ record, fact, state }: Note): Promise<void> {
    const { url } = this.#ports.target;
    const links = fact.kind === 'verdict' && url !== undefined ? { environmentUrl: url } : {};
    const beside = this.#beside(fact);
    return this.#then(async () => {
      for (const one of [fact, ...beside]) await this.#open[record]?.add(one, state, links);
    });
  }

  /** What is remembered together with a fact. */
  #beside(fact: Fact): readonly Fact[] {
    if (fact.kind === 'verdict' && fact.verdict === 'pass') {
      return latencyFacts(this.#ports.latencies?.() ?? [], latencyStatuses);
    }
    return [];
  }

  /** Sets the newest record that names each of `releases` inactive. */
  retire(releases: readonly Release[]): Promise<void> {
    return this.#then(async () => {
      if (this.#intent === undefined) return;
      const named = new Set<string>();
      for (const release of releases) {
        const id = await this.#ports.recordOf(release);
        if (id !== undefined && id !== this.#open.change?.id) named.add(id);
      }
      for (const id of named) await this.#ports.ledger.deactivate(id);
    });
  }

  /** Resolves when everything asked for so far has been tried. */
  flush(): Promise<void> {
    return this.#queue;
  }

  #then(write: () => Promise<void>): Promise<void> {
    this.#queue = this.#queue.then(write).catch((error: unknown) => {
      this.#ports.log(
        `The ledger could not be written: ${error instanceof Error ? error.message : String(error)}`,
      );
    });
    return this.#queue;
  }
}

function describe(kind: 'deploy' | 'rollback', intent: Intent): string {
  if (kind === 'rollback') return `Take ${intent.target} back to ${intent.restores ?? 'an older release'}`;
  return `Deploy ${intent.commit?.slice(0, 7) ?? 'a new release'} to ${intent.target}`;
}
