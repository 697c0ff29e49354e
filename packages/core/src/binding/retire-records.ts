import { createLedger } from '../ledger/github-ledger.ts';
import type { Ports } from '../ports.ts';
import { History, type HistoryKey } from './history.ts';

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
  { http, clock, runner }: Pick<Ports, 'http' | 'clock' | 'runner'>,
  { githubToken, ledgerKeys }: RecordInputs,
  { why, ...key }: Retirement,
): Promise<void> {
  const warn = (message: string) => runner.warning(message);
  const ledger = createLedger({
    ...{ http, clock, context: runner.context, token: githubToken, keys: ledgerKeys, warn },
    redact: runner.redact,
  });
  const [newest, ...older] = await new History(ledger, key).records();
  if (newest === undefined) return;
  for (const { id } of [newest, ...older.filter(({ isActive }) => isActive)])
    await ledger.deactivate(id, why);
}
