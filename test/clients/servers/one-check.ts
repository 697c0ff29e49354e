import { systemClock } from '#core/io';
import { loadChecks } from '../../../packages/core/src/checks/load-checks.ts';
import type { RunChecksOptions } from '../../../packages/core/src/checks/run/options.ts';
import { runChecks } from '../../../packages/core/src/checks/run/run-checks.ts';

/** What one check of a database came to; ports are not told. */
export interface Judged {
  readonly outcome: string;
  readonly class: string | undefined;
  readonly summary: string | undefined;
  readonly failures: readonly string[] | undefined;
}

/** Runs the only check of `text`, whose URL is the secret DB. */
export async function oneCheck(
  text: string,
  url: string,
  options: Partial<RunChecksOptions> = {},
): Promise<Judged> {
  const file = await loadChecks(`secrets: [DB]\nchecks:\n  - { name: db, ${text} }`, { root: '.' });
  const report = await runChecks(file, {
    variables: {},
    secrets: { DB: url },
    budgetMs: 30_000,
    mode: 'full',
    env: {},
    clock: systemClock,
    signal: new AbortController().signal,
    ...options,
  });
  const attempt = report.results[0]?.attempts.at(-1);
  return {
    outcome: report.outcome,
    class: attempt?.failureClass,
    summary: attempt?.summary.replace(/(127\.0\.0\.1|localhost):\d+/g, 'HOST'),
    failures: attempt?.failures.map(({ read, expected, actual }) => `${read}: ${expected}: ${actual}`),
  };
}
