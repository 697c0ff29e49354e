import { createLedger } from '../ledger/github-ledger.ts';
import { servingRecords } from '../ledger/serving-records.ts';
import type { Ports } from '../ports.ts';
import type { HistoryKey } from './history.ts';

/** Whose records are set inactive, and what their page says then. */
export interface Retirement extends HistoryKey {
  readonly why: string;
}

/** What records are read and written with. */
export interface RecordInputs {
  readonly githubToken: string | undefined;
  readonly ledgerKeys: readonly string[];
}

/** As `retireRecords` says, which loads it. */
export async function retire(
  { http, runner }: Pick<Ports, 'http' | 'runner'>,
  { githubToken, ledgerKeys }: RecordInputs,
  { environment, service, target, why }: Retirement,
): Promise<void> {
  const warn = (message: string) => runner.warning(message);
  const ledger = createLedger({ http, context: runner.context, token: githubToken, keys: ledgerKeys, warn });
  const records = [];
  for await (const record of ledger.records(environment, service)) {
    if (record.intent.target === target) records.push(record);
  }
  const ids = new Set([...records.slice(0, 1), ...servingRecords(records)].map(({ id }) => id));
  for (const id of ids) await ledger.deactivate(id, why);
}
