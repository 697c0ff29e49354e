import { createLedger } from '../ledger/github-ledger.ts';
import type { Ports } from '../ports.ts';
import { History, type HistoryKey } from './history.ts';

/** Whose records are set inactive, and what their page says then. */
export interface Retirement extends HistoryKey {
  readonly why: string;
}

/** As `retireRecords` says, which loads it. */
export async function retire(
  { http, runner }: Pick<Ports, 'http' | 'runner'>,
  githubToken: string | undefined,
  { why, ...key }: Retirement,
): Promise<void> {
  const warn = (message: string) => runner.warning(message);
  const ledger = createLedger({ http, context: runner.context, token: githubToken, warn });
  const [newest, ...older] = await new History(ledger, key).records();
  if (newest === undefined) return;
  for (const { id } of [newest, ...older.filter(({ isActive }) => isActive)])
    await ledger.deactivate(id, why);
}
