import { createLedger } from '../ledger/github-ledger.ts';
import type { Ports } from '../ports.ts';
import { finishRecords } from '../rollout/resume.ts';
import type { SavedRollout } from '../rollout/saved.ts';
import type { RecordInputs } from './retire-records.ts';

/** Writes the facts that GitHub had not taken, in `post`, where nothing else is left to do. Asks the platform nothing. */
export function writeOwedFacts(
  { http, clock, runner }: Pick<Ports, 'http' | 'clock' | 'runner'>,
  { githubToken, ledgerKeys }: RecordInputs,
  saved: SavedRollout,
): Promise<void> {
  const warn = (message: string) => runner.warning(message);
  const ledger = createLedger({
    ...{ http, clock, context: runner.context, token: githubToken, keys: ledgerKeys, warn },
  });
  return finishRecords(saved, { ledger, clock, log: (line) => runner.info(line) });
}
