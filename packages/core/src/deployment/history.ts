import { claimsOf, type UnprovenClaim } from '../ledger/claims.ts';
import { commitOf } from '../ledger/commit-of.ts';
import { budgetAtMost } from '../ledger/intent.ts';
import { type VerifiedLatency, verifiedLatencies } from '../ledger/latency.ts';
import type { Ledger, PageEnd } from '../ledger/ledger.ts';
import { openRecords } from '../ledger/open-records.ts';
import { artifactOf, hasMade, restoredAs, shipmentOf } from '../ledger/origin.ts';
import type { LedgerRecord, ReleaseVerdict } from '../ledger/record.ts';
import { isUnderWay } from '../ledger/turn.ts';
import { verdictOf } from '../ledger/verdict.ts';
import type { Release } from '../platforms/platform.ts';
import { isCommit } from '../text/commit.ts';

/** Records looked at in one run: beyond them a release counts as unknown to the ledger. Five pages. */
const recordsAtMost = 500;

/** GitHub shows what was written a moment later, and not always in its order: 3 s at most, milliseconds. */
const overlapMs = 60_000;

/** What is older than these was measured of another system than today's. */
const recordsForLatency = 50;

/** Where none of so many is active, none is worth looking for. */
const activeWithin = 10;

/** Whose records are meant. */
export interface HistoryKey {
  readonly environment: string;
  readonly service: string;
  readonly target: string;
  /** ISO 8601: what is older is of another target of this name, whose releases had the same ids. */
  readonly since?: string;
}

/**
 * What the ledger remembers of one target's releases, read once and only as far back as it is asked. Whose turn it is
 * to change the target is asked of all its records, everything else of those of the service.
 */
export class History {
  readonly #ledger: Ledger;
  readonly #key: HistoryKey;
  readonly #unread: AsyncIterator<LedgerRecord | PageEnd>;
  /** Of the target, whatever the service, newest first: all that there were when they were read, down to the last of them. */
  #read: LedgerRecord[] = [];
  /** When the newest and the oldest deployment were created of the pages that were read to their end, milliseconds. */
  #newestMs = Number.NEGATIVE_INFINITY;
  #oldestMs = Number.POSITIVE_INFINITY;
  #isBegun = false;
  #reading: Promise<unknown> = Promise.resolve();

  constructor(ledger: Ledger, key: HistoryKey) {
    this.#ledger = ledger;
    this.#key = key;
    this.#unread = recordsOf(ledger, key);
  }

  /** Other runs write as well: what is asked next is asked of the ledger as it is then. */
  renew(): void {
    this.#reading = this.#reading.then(() => this.#lookAgain()).catch(() => undefined);
  }

  /** The target's records of all services as they are at this moment, as far back as any of them holds a turn. */
  async newest(): Promise<readonly LedgerRecord[]> {
    const reading = this.#reading.then(async () => {
      const isFirst = !this.#isBegun;
      while (!this.#reachesBack() && (await this.#readOn()) !== 'end');
      if (!isFirst) await this.#lookAgain();
    });
    this.#reading = reading.catch(() => undefined);
    await this.#reading;
    return this.#read;
  }

  /**
   * The newest page is read anew, whole, and as a rule no other: one more for as long as deployments may be there that
   * were not before, or one whose run may have written to it since.
   */
  async #lookAgain(): Promise<void> {
    if (!this.#isBegun) return;
    const [known, newest] = [this.#newest, [] as LedgerRecord[]];
    const open = openRecords(this.#read, known);
    const oldestOpen = Math.min(...open.map(({ created }) => Date.parse(created)));
    for await (const one of recordsOf(this.#ledger, this.#key, { open: new Set(open.map(({ id }) => id)) })) {
      if (one.kind !== 'page-end') newest.push(one);
      else {
        this.#newestMs = Math.max(this.#newestMs, Date.parse(one.newest));
        const wanted = Math.max(Math.min(known - overlapMs, oldestOpen), this.#newestMs - budgetAtMost);
        if (Date.parse(one.oldest) < wanted) break;
      }
    }
    const ids = new Set(newest.map(({ id }) => id));
    this.#read = [...newest, ...this.#read.filter(({ id }) => !ids.has(id))];
  }

  /** When the newest deployment that is known of was created. */
  get #newest(): number {
    return Math.max(this.#newestMs, ...this.#read.slice(0, 1).map(({ created }) => Date.parse(created)));
  }

  /** Whether all was read that is not older than any ticket. */
  #reachesBack(): boolean {
    const horizon = this.#newest - budgetAtMost;
    const last = this.#read.at(-1);
    return this.#oldestMs < horizon || (last !== undefined && Date.parse(last.created) < horizon);
  }

  /** The records by which releases are judged. */
  get #own(): readonly LedgerRecord[] {
    return this.#read.filter(({ intent }) => intent.service === this.#key.service);
  }

  /** Records of this target and service that prove nothing, as far as they were read. */
  get #doubted(): readonly LedgerRecord[] {
    const { target, service } = this.#key;
    return this.#ledger.doubted.filter(
      ({ intent }) => intent.target === target && intent.service === service,
    );
  }

  /** Whether the ledger answers, as far as it has been asked. */
  get isReadable(): boolean {
    return this.#ledger.availability !== 'none';
  }

  /** This target's and service's records, newest first. */
  records(): Promise<readonly LedgerRecord[]> {
    return this.#readUntil(() => false);
  }

  /** What this target's records claim without proof, as far as they were read: to be shown, never to decide by. */
  get claims(): readonly UnprovenClaim[] {
    return claimsOf([...this.#own, ...this.#doubted]);
  }

  /** What the last verified releases measured, as far as the newest `recordsForLatency` records go. */
  async latencies(): Promise<ReadonlyMap<string, VerifiedLatency>> {
    return verifiedLatencies(await this.#readUntil(() => this.#own.length >= recordsForLatency));
  }

  /** The record that shipped a release, or what a rollback brought back as it. */
  async shipment({ id }: Release): Promise<LedgerRecord | undefined> {
    return shipmentOf(await this.#readUntil(() => shipmentOf(this.#own, id) !== undefined), id);
  }

  async verdict({ id }: Release): Promise<ReleaseVerdict> {
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

  /**
   * Ids of the records that GitHub showed as active when they were read. There is one as a rule, and it is among the
   * newest: it is not worth a call to look for more.
   */
  async activeRecords(): Promise<readonly string[]> {
    const isEnough = ({ isActive }: LedgerRecord) => isActive === true || this.#own.length >= activeWithin;
    const records = await this.#readUntil(isEnough);
    // What proves nothing decides nothing; but it is not what serves either, once something else does.
    return [...records, ...this.#doubted].filter(({ isActive }) => isActive).map(({ id }) => id);
  }

  /** Reads as far back as the record that knows it: a restore knows which release it brought back, and not always its commit. */
  async #commitOf(releaseId: string): Promise<string | undefined> {
    return commitOf(await this.#readUntil(() => commitOf(this.#own, releaseId) !== undefined), releaseId);
  }

  /** The records that may name a release: none is older than the one that made it. */
  #knowing(releaseId: string): Promise<readonly LedgerRecord[]> {
    return this.#readUntil((record) => hasMade(record, releaseId));
  }

  /** Reads on until `isLast`; one reader after the other, since they share what is read. */
  #readUntil(isLast: (record: LedgerRecord) => boolean): Promise<readonly LedgerRecord[]> {
    const reading = this.#reading.then(async () => {
      let isEnough = this.#own.some(isLast);
      while (!isEnough) {
        const next = await this.#readOn();
        if (next === 'end') break;
        isEnough = typeof next === 'object' && next.intent.service === this.#key.service && isLast(next);
      }
      return this.#own;
    });
    this.#reading = reading.catch(() => undefined);
    return reading;
  }

  /** Reads what comes next; `known` where that brings no further record. */
  async #readOn(): Promise<LedgerRecord | 'known' | 'end'> {
    this.#isBegun = true;
    const { done, value } = await this.#unread.next();
    if (done === true) return 'end';
    if (value.kind === 'page-end') {
      this.#newestMs = Math.max(this.#newestMs, Date.parse(value.newest));
      this.#oldestMs = Date.parse(value.oldest);
      return 'known';
    }
    // The page that was read anew may reach further than what had been read before.
    if (this.#read.some(({ id }) => id === value.id)) return 'known';
    this.#read.push(value);
    return value;
  }
}

async function* recordsOf(
  ledger: Ledger,
  key: HistoryKey,
  how?: { readonly open: ReadonlySet<string> },
): AsyncGenerator<LedgerRecord | PageEnd> {
  // GitHub has no milliseconds: a record of the target's first second must not look older than it.
  const sinceMs = key.since === undefined ? 0 : Math.floor(Date.parse(key.since) / 1000) * 1000;
  let looked = 0;
  for await (const record of ledger.walk(key.environment, key.target, how)) {
    if (record.kind === 'page-end') {
      yield record;
      continue;
    }
    if (Date.parse(record.created) < sinceMs) return;
    if (record.intent.target === key.target) yield record;
    looked += 1;
    if (looked === recordsAtMost) return;
  }
}
