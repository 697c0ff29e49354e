import type { Ports } from '../action/ports.ts';
import { History, type HistoryKey } from './history.ts';
import { type RecordInputs, recordLedger } from './record-ledger.ts';

/** Whose records are set inactive, and what their page says then. */
export interface Retirement extends HistoryKey {
  readonly why: string;
}

/** As `retireRecords` says, which loads it. */
export async function retire(
  ports: Pick<Ports, 'http' | 'clock' | 'runner'>,
  inputs: RecordInputs,
  { why, ...key }: Retirement,
): Promise<void> {
  const ledger = recordLedger(ports, inputs);
  const [newest, ...older] = await new History(ledger, key).records();
  if (newest === undefined) return;
  for (const { id } of [newest, ...older.filter(({ isActive }) => isActive)])
    await ledger.deactivate(id, why);
}
