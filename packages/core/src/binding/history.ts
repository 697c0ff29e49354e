import { isCommit } from '../commit.ts';
import { commitOf } from '../ledger/commit-of.ts';
import { type VerifiedLatency, verifiedLatencies } from '../ledger/latency.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { artifactOf, hasMade, restoredAs, shipmentOf } from '../ledger/origin.ts';
import type { LedgerRecord, Verdict } from '../ledger/record.ts';
import { isUnderWay } from '../ledger/turn.ts';
import { releasesOf, verdictOf } from '../ledger/verdict.ts';
import type { Release } from '../platforms/platform.ts';

/** Records looked at in one run: beyond them a release counts as unknown to the ledger. Five pages. */
const recordsAtMost = 500;

/** One page: more are not written while one run goes on. */
const newestAtMost = 50;

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
  readonly #ledger: Ledger;
  readonly #key: HistoryKey;
  readonly #unread: AsyncIterator<LedgerRecord>;
  #read: LedgerRecord[] = [];
  #reading: Promise<unknown> = Promise.resolve();

  constructor(ledger: Ledger, key: HistoryKey) {
    this.#ledger = ledger;
    this.#key = key;
    this.#unread = recordsOf(ledger, key);
  }

  /** Other runs write as well: what is asked next is asked of the ledger as it is then. */
  renew(): void {
    this.#reading = this.#reading.then(() => this.#readNewest()).catch(() => undefined);
  }

  /** The records as they are at this moment, as far back as one page, or as had been read before. */
  async newest(): Promise<readonly LedgerRecord[]> {
    this.renew();
    await this.#reading;
    return this.#read;
  }

  /** The newest page is read anew, whole: what is older than its records was written by runs that are over. */
  async #readNewest(): Promise<void> {
    const newest: LedgerRecord[] = [];
    for await (const record of recordsOf(this.#ledger, this.#key)) {
      newest.push(record);
      if (newest.length === newestAtMost) break;
    }
    const ids = new Set(newest.map(({ id }) => id));
    this.#read = [...newest, ...this.#read.filter(({ id }) => !ids.has(id))];
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
    return isCommit(release.commit) ? release.commit : this.#commitOf(release.id);
  }

  /** Id of the release that another one is a copy of, by the records of who brought it back. */
  async restores({ id }: Pick<Release, 'id'>): Promise<string | undefined> {
    let origin: string | undefined;
    // Records that name each other in a circle were written by nobody's run.
    const seen = new Set<string>();
    for (let at: string | undefined = id; at !== undefined && !seen.has(at); ) {
      seen.add(at);
      at = restoredAs(await this.#knowing(at), at);
      origin = at ?? origin;
    }
    return origin;
  }

  /** The release with the digest it was shipped with, where the platform only has a name that may move. */
  async known(release: Release): Promise<Release> {
    if (release.artifact !== undefined) return release;
    const origin = (await this.restores(release)) ?? release.id;
    const artifact = artifactOf(await this.#knowing(origin), release.id);
    return artifact === undefined ? release : { ...release, artifact };
  }

  /** The record of the run that made a release. */
  async maker({ id }: Pick<Release, 'id'>): Promise<LedgerRecord | undefined> {
    return (await this.#knowing(id)).find((record) => hasMade(record, id));
  }

  /** Whether the rollout of a record that was read has not come to its end, nor the way back from it. */
  isUnderWay(record: LedgerRecord): boolean {
    return isUnderWay(record, this.#read);
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
        // The page that was read anew may reach further than what had been read before.
        if (this.#read.some(({ id }) => id === next.value.id)) continue;
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
