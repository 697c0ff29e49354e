import type { LedgerRecord, ReleaseVerdict, SignatureProblem } from './record.ts';
import { releasesOf } from './verdict.ts';

/** What stands in the records of a release and decides nothing, since `ledger-key` does not prove who wrote it. */
export interface UnprovenClaim {
  /** Id of the release. */
  readonly release: string;
  /** `none` where it is only named. */
  readonly verdict: ReleaseVerdict;
  /** When its record was created. */
  readonly created: string;
  /** Completes "v42: …", without a full stop. */
  readonly why: string;
}

const signatureProblemWords: Readonly<Record<SignatureProblem, string>> = {
  unsigned: 'is not signed with `ledger-key`',
  wrong: 'is signed with another key, or for another record',
  copied: 'stands in a copy of another record',
};

/** All that is only claimed, in the order of the records. */
export function claimsOf(records: readonly LedgerRecord[]): readonly UnprovenClaim[] {
  return records.flatMap(claimsIn);
}

function claimsIn(record: LedgerRecord): readonly UnprovenClaim[] {
  const { id, created, facts, unproven = [], doubt = unproven[0]?.doubt } = record;
  if (doubt === undefined) return [];
  const judged = unproven.findLast(({ fact }) => fact.kind === 'verdict');
  const verdict = judged?.fact.kind === 'verdict' ? judged.fact.verdict : 'none';
  const why =
    judged === undefined
      ? `its record ${id} ${signatureProblemWords[doubt]}`
      : `its verdict \`${verdict}\` ${signatureProblemWords[judged.doubt]}`;
  const named = releasesOf({ ...record, facts: [...facts, ...unproven] });
  return [...named].map((release) => ({ release, verdict, created, why }));
}
