import { hasMade } from '../ledger/origin.ts';
import type { LedgerRecord } from '../ledger/record.ts';
import { releaseOf, releasesOf } from '../ledger/verdict.ts';
import type { Release } from '../platforms/platform.ts';
import { hasBarrier, type Stop } from './candidates.ts';

/** What a rollback may go back along. Both newest first. */
export interface Way {
  readonly records: readonly LedgerRecord[];
  readonly releases: readonly Release[];
  /** What is to be taken back. */
  readonly bad: Release | undefined;
}

/**
 * The ledger's way back: from the record of what serves to older ones. Two runs at once open their records in another
 * order than they take traffic in: what the platform lists before what serves is older than it all the same.
 */
export function recordedStops({ records, releases, bad }: Way): readonly Stop[] {
  const start = bad === undefined ? -1 : records.findIndex((record) => releasesOf(record).has(bad.id));
  const badAt = releases.findIndex(({ id }) => id === bad?.id);
  const stops = records.flatMap((record, at) => {
    const id = releaseOf(record);
    if (id === undefined || id === bad?.id) return [];
    const listedAt = releases.findIndex((one) => one.id === id);
    const isBehind = badAt >= 0 && listedAt > badAt;
    if (at <= start && !isBehind) return [];
    const release = releases[listedAt];
    const created = release?.created ?? record.created;
    const isListed = release !== undefined && hasMade(record, id);
    return [{ id, release, created, barrier: record.intent.barrier, ...(isListed && { listedAt }) }];
  });
  return inTheirOrder(stops);
}

/** What the platform made anew stands in the platform's order; what came back as itself where its record stands. */
function inTheirOrder(stops: readonly (Stop & { readonly listedAt?: number })[]): readonly Stop[] {
  const listed = stops.filter(({ listedAt }) => listedAt !== undefined);
  const sorted = listed.toSorted((a, b) => (a.listedAt ?? 0) - (b.listedAt ?? 0)).values();
  return stops.map((stop) => (stop.listedAt === undefined ? stop : (sorted.next().value ?? stop)));
}

/** The platform's way back: only what has served. */
export function platformStops({ records, releases, bad }: Way): readonly Stop[] {
  const start = releases.findIndex((release) => release.id === bad?.id);
  return releases
    .slice(start + 1)
    .filter(({ state }) => state === 'superseded' || state === 'live' || state === 'removed')
    .map((release) => {
      const { id, created } = release;
      return { id, created, release, barrier: hasBarrier(records, id) };
    });
}
