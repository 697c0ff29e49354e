import { createLedger } from '../ledger/github-ledger.ts';
import type { Ports } from '../ports.ts';
import { finishRecords } from '../rollout/resume.ts';
import type { SavedRollout } from '../rollout/saved.ts';

/** Writes the facts that GitHub had not taken, in `post`, where nothing else is left to do. Asks the platform nothing. */
export function writeOwedFacts(
  { http, clock, runner }: Pick<Ports, 'http' | 'clock' | 'runner'>,
  { githubToken }: { readonly githubToken: string | undefined },
  saved: SavedRollout,
): Promise<void> {
  const warn = (message: string) => runner.warning(message);
  const ledger = createLedger({ http, context: runner.context, token: githubToken, warn });
  return finishRecords(saved, { ledger, clock, log: (line) => runner.info(line) });
}
