import { commitOf } from '../ledger/commit-of.ts';
import { type VerifiedLatency, verifiedLatencies } from '../ledger/latency.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { LedgerRecord, Verdict } from '../ledger/record.ts';
import { releasesOf, verdictOf } from '../ledger/verdict.ts';
import type { Release } from '../platforms/platform.ts';

/** Records looked at in one run: beyond them a release counts as unknown to the ledger. Five pages. */
const recordsAtMost = 500;

/** What is older than these was measured of another system than today's. */
const recordsForLatency = 50;

/** Whose records are meant. */
export interface HistoryKey {
  readonly environment: string;
  readonly service: string;
  readonly target: string;
  /** ISO 8601: what is older is of another target of this name, whose releases had the same ids. */
  readonly since?: string;
}

/** What the ledger remembers of one target's releases, read once and only as far back as it is asked. */
export class History {
  readonly #unread: AsyncIterator<LedgerRecord>;
  readonly #read: LedgerRecord[] = [];
  #reading: Promise<unknown> = Promise.resolve();

  constructor(ledger: Ledger, key: HistoryKey) {
    this.#unread = recordsOf(ledger, key);
  }

  /** This target's records, newest first. */
  records(): Promise<readonly LedgerRecord[]> {
    return this.#readUntil(() => false);
  }

  /** What the last verified releases measured, as far as the newest `recordsForLatency` records go. */
  async latencies(): Promise<ReadonlyMap<string, VerifiedLatency>> {
    return verifiedLatencies(await this.#readUntil(() => this.#read.length >= recordsForLatency));
  }

  /** The record that shipped a release, or what a rollback brought back as it. */
  async shipment({ id }: Release): Promise<LedgerRecord | undefined> {
    return shipmentOf(await this.#readUntil(() => shipmentOf(this.#read, id) !== undefined), id);
  }

  async verdict({ id }: Release): Promise<Verdict> {
    return verdictOf(await this.#knowing(id), id);
  }

  /** The commit a release was built from: the platform's word first, then the record that names the release. */
  async commit(release: Release): Promise<string | undefined> {
    return release.commit ?? this.#commitOf(release.id);
  }

  /** The id of the newest record that names a release. */
  async recordOf({ id }: Release): Promise<string | undefined> {
    return (await this.#knowing(id)).find((record) => releasesOf(record).has(id))?.id;
  }

  /** Reads as far back as the record that knows it: a restore knows which release it brought back, and not always its commit. */
  async #commitOf(releaseId: string): Promise<string | undefined> {
    return commitOf(await this.#readUntil(() => commitOf(this.#read, releaseId) !== undefined), releaseId);
  }

  /** The records that may name a release: none is older than the one that made it. */
  #knowing(releaseId: string): Promise<readonly LedgerRecord[]> {
    return this.#readUntil((record) => hasMade(record, releaseId));
  }

  /** Reads on until `isLast`; one reader after the other, since they share what is read. */
  #readUntil(isLast: (record: LedgerRecord) => boolean): Promise<readonly LedgerRecord[]> {
    const reading = this.#reading.then(async () => {
      let isEnough = this.#read.some(isLast);
      while (!isEnough) {
        const next = await this.#unread.next();
        if (next.done === true) break;
        this.#read.push(next.value);
        isEnough = isLast(next.value);
      }
      return this.#read;
    });
    this.#reading = reading.catch(() => undefined);
    return reading;
  }
}

async function* recordsOf(ledger: Ledger, key: HistoryKey): AsyncGenerator<LedgerRecord> {
  // GitHub has no milliseconds: a record of the target's first second must not look older than it.
  const sinceMs = key.since === undefined ? 0 : Math.floor(Date.parse(key.since) / 1000) * 1000;
  let looked = 0;
  for await (const record of ledger.records(key.environment, key.service)) {
    if (Date.parse(record.created) < sinceMs) return;
    if (record.intent.target === key.target) yield record;
    looked += 1;
    if (looked === recordsAtMost) return;
  }
}

/** A rollback is followed to the records before it: what it brought back was there. Records newest first. */
function shipmentOf(records: readonly LedgerRecord[], releaseId: string): LedgerRecord | undefined {
  const at = records.findIndex((record) => hasMade(record, releaseId));
  const made = records[at];
  if (made === undefined || made.kind === 'deploy') return made;
  const { restores } = made.intent;
  return restores === null ? undefined : shipmentOf(records.slice(at + 1), restores);
}

/** A deploy makes what it ships; a rollback makes a release where activating an old one gives it a new id (Fly). */
function hasMade({ kind, intent, facts }: LedgerRecord, releaseId: string): boolean {
  const fact = kind === 'deploy' ? 'shipped' : 'activated';
  if (kind === 'rollback' && intent.restores === releaseId) return false;
  return facts.some((one) => one.fact.kind === fact && one.fact.release === releaseId);
}
