import type { Ports } from '../action/ports.ts';
import { createLedger } from '../ledger/github-ledger.ts';
import type { Ledger } from '../ledger/ledger.ts';

/** What records are read and written with. */
export interface RecordInputs {
  readonly githubToken: string | undefined;
  readonly ledgerKeys: readonly string[];
}

/** The ledger of who only reads or ends records: it has the time there is, and no rollout waits for it. */
export function recordLedger(
  { http, clock, runner }: Pick<Ports, 'http' | 'clock' | 'runner'>,
  { githubToken, ledgerKeys }: RecordInputs,
): Ledger {
  const warn = (message: string) => runner.warning(message);
  return createLedger({
    http,
    clock,
    context: runner.context,
    token: githubToken,
    keys: ledgerKeys,
    warn,
    redact: runner.redact,
  });
}
