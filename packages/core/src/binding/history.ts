import type { Ledger } from '../ledger/ledger.ts';
import type { LedgerRecord, Verdict } from '../ledger/record.ts';
import { releasesOf, verdictOf } from '../ledger/verdict.ts';
import type { Release } from '../platforms/platform.ts';

/** Records looked at in one run: beyond them a release counts as unknown to the ledger. Five pages. */
const recordsAtMost = 500;

/** What the ledger remembers of one target's releases, read once and only as far as it is asked. */
export class History {
  readonly #read: () => AsyncIterable<LedgerRecord>;
  #records: Promise<readonly LedgerRecord[]> | undefined;

  constructor(
    ledger: Ledger,
    key: { readonly environment: string; readonly service: string; readonly target: string },
  ) {
    this.#read = async function* () {
      let looked = 0;
      for await (const record of ledger.records(key.environment, key.service)) {
        if (record.intent.target === key.target) yield record;
        looked += 1;
        if (looked === recordsAtMost) return;
      }
    };
  }

  /** This target's records, newest first. */
  records(): Promise<readonly LedgerRecord[]> {
    this.#records ??= Array.fromAsync(this.#read());
    return this.#records;
  }

  async verdict(release: Release): Promise<Verdict> {
    return verdictOf(await this.records(), release.id);
  }

  /** The commit a release was built from: the platform's word first, then the record that names the release. */
  async commit(release: Release): Promise<string | undefined> {
    return release.commit ?? commitOf(await this.records(), release.id);
  }
}

/** A restore knows which release it brought back, and not always its commit: an older record does. */
function commitOf(records: readonly LedgerRecord[], releaseId: string): string | undefined {
  const at = records.findIndex((record) => releasesOf(record).has(releaseId));
  const intent = records[at]?.intent;
  if (intent === undefined || intent.commit !== null) return intent?.commit ?? undefined;
  return commitOf(records.slice(at + 1), intent.restores ?? releaseId);
}
