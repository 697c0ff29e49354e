import type { CheckResult, ChecksReport } from '#core/checks';
import { systemClock } from '#core/io';
import { loadChecks } from '../../packages/core/src/checks/load-checks.ts';
import type { RunChecksOptions } from '../../packages/core/src/checks/run/options.ts';
import { runChecks } from '../../packages/core/src/checks/run/run-checks.ts';

/** How runs of this suite are made. */
export const running: RunChecksOptions = {
  variables: {},
  secrets: {},
  clock: systemClock,
  signal: new AbortController().signal,
  budgetMs: 600_000,
  mode: 'full',
  env: {},
  random: () => 0.5,
};

/** Runs inline checks: the one door by which this suite asks. */
export async function judge(text: string, options: Partial<RunChecksOptions> = {}): Promise<ChecksReport> {
  return runChecks(await loadChecks(text, { root: '.' }), { ...running, ...options });
}

/** Answers of a service that by design are told as a question that does not fit it: the release is not blamed. */
const misfits = /42601/;

/** What is wrong with a verdict on a hostile server, whatever the server did; undefined when nothing is. */
export function verdictProblem({ outcome, reason, attempts }: CheckResult): string | undefined {
  const attempt = attempts.at(-1);
  const said = [attempt?.summary, ...(attempt?.failures.map(({ actual }) => actual) ?? [])].join(' | ');
  if (outcome === 'error' && !misfits.test(said)) return `error ${reason}: ${said}`;
  if (/TypeError|ReferenceError|Cannot read prop|is not a function|node:internal/.test(said))
    return `a bug: ${said}`;
  return undefined;
}
