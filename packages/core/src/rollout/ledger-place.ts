import { readFact, writeFact } from '../ledger/facts.ts';
import type { LedgerState } from '../ledger/ledger.ts';
import type { Intent } from '../ledger/record.ts';
import type { OwedFact } from './record-in-writing.ts';

/** Ids of this run's records, as far as they are open. */
export interface RecordIds {
  readonly change?: string;
  readonly restore?: string;
}

/** A fact that was to be written to a record and has not been: as text, so that it is read back as it was meant. */
export interface OwedEntry {
  /** `change`, `restore`, or the id of a record that a second choice has replaced; its nonce, where nobody knows the id. */
  readonly record: string;
  /** As the ledger writes it: `belay/1 verdict pass`. */
  readonly text: string;
  readonly state: LedgerState;
  readonly url?: string;
}

/** What a writer needs to go on where another stopped. */
export interface LedgerPlace {
  readonly records: RecordIds;
  /** Of the change; absent before it was to be recorded. By its nonce its record is found. */
  readonly intent?: Intent;
  /** Of records that a second choice has replaced, whose ids nobody knows, and that are owed something. */
  readonly former?: readonly Intent[];
  /** Of the restore; absent before one was to be recorded. */
  readonly restoreIntent?: Intent;
  /** Oldest first; absent where everything is written. */
  readonly owed?: readonly OwedEntry[];
}

export function toEntry({ fact, ...rest }: OwedFact, record: string): OwedEntry {
  return { record, text: writeFact(fact), ...rest };
}

/** What is owed to one record. */
export function owedTo({ owed = [] }: LedgerPlace, record: string): readonly OwedFact[] {
  return owed.flatMap(({ record: of, text, ...rest }) => {
    const fact = of === record ? readFact(text) : undefined;
    return fact === undefined ? [] : [{ fact, ...rest }];
  });
}

/** The ids of records that are neither the change’s nor the restore’s, and are owed something. */
export function formerRecords({ owed = [], former = [] }: LedgerPlace): ReadonlySet<string> {
  const others = new Set(['change', 'restore', ...former.map(({ nonce }) => nonce)]);
  return new Set(owed.map(({ record }) => record).filter((one) => !others.has(one)));
}
