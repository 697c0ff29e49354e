import { createHash } from 'node:crypto';
import { encodedWord, longest, writeFact } from './facts.ts';
import type { Measure } from './measures.ts';
import type { Fact, LatencyMeasurement, LedgerRecord } from './record.ts';
import { releaseOf, verdictOf } from './verdict.ts';

/** What a verified release measured of one check. */
export interface VerifiedLatency {
  /** What people call the release. */
  readonly label: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly samples: number;
  readonly measured: { readonly [M in Measure]?: number };
}

/** A check's name as the ledger keeps it: a long one is cut and told apart by a hash of the whole. */
export function ledgerName(check: string): string {
  if (encodedWord(check).length <= longestName) return check;
  const hash = createHash('sha256').update(check).digest('hex').slice(0, 8);
  let cut = '';
  for (const character of check) {
    if (encodedWord(cut + character).length > longestName - hash.length - 1) break;
    cut += character;
  }
  return `${cut}~${hash}`;
}

const longestName = 48;

/** As many of `measurements` as `most` statuses of `room` characters hold, in their order; each status holds several. */
export function latencyFacts(
  measurements: readonly LatencyMeasurement[],
  most: number,
  room = longest,
): Fact[] {
  const lines: LatencyMeasurement[][] = [];
  for (const measurement of measurements) {
    const line = lines.at(-1);
    const longer = [...(line ?? []), measurement];
    if (line !== undefined && writeFact({ kind: 'latency', of: longer }).length <= room)
      line.push(measurement);
    else if (lines.length < most) lines.push([measurement]);
    else break;
  }
  return lines.map((of) => ({ kind: 'latency', of }));
}

/**
 * What the last verified releases measured, by `ledgerName`: for each check the newest that is known. Records newest
 * first, as the ledger lists them. A release that failed later sets no threshold.
 */
export function verifiedLatencies(records: readonly LedgerRecord[]): ReadonlyMap<string, VerifiedLatency> {
  const found = new Map<string, VerifiedLatency>();
  for (const record of records) {
    const measurements = record.facts.flatMap(({ fact }) => (fact.kind === 'latency' ? fact.of : []));
    const release = releaseOf(record);
    if (measurements.length === 0 || release === undefined || verdictOf(records, release) !== 'pass')
      continue;
    for (const [check, own] of Map.groupBy(measurements, ({ check }) => check)) {
      if (found.has(check)) continue;
      // A record that was judged again has several: the newest counts.
      const measured = Object.fromEntries(own.map(({ metric, ms }) => [metric, ms]));
      const samples = own.at(-1)?.samples ?? 0;
      found.set(check, { label: labelOf(record, release), at: record.created, samples, measured });
    }
  }
  return found;
}

function labelOf({ facts }: LedgerRecord, release: string): string {
  const named = facts.find(({ fact }) => fact.kind === 'shipped' && fact.release === release)?.fact;
  return named?.kind === 'shipped' ? named.label : release;
}
