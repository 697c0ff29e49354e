import type { ActionResult } from '../action/action.ts';
import type { Ports } from '../action/ports.ts';
import { trustOf } from '../gates/run-trust.ts';
import type { UntrustedRun } from '../gates/untrusted-run.ts';
import { githubApi } from '../github/api.ts';
import { withTimeBudget } from '../ledger/http-time-budget.ts';
import type { RefusedRun } from './refused.ts';

// Most runs are trusted: what the others need is loaded for them alone.

/** The longest a GitHub that does not answer may hold up the question, milliseconds; never more than a quarter of `timeout`. */
const timeBudgetMs = 10_000;

/**
 * The fork rule: why this run's code may not be trusted, undefined where it may. Asked before anything of the checkout
 * is read or handed to a tool; GitHub is asked only where the event does not tell.
 */
export async function untrustedRun(
  { runner, http, clock }: Pick<Ports, 'runner' | 'http' | 'clock'>,
  inputs: { readonly githubToken: string | undefined; readonly timeoutMs: number },
): Promise<UntrustedRun | undefined> {
  const standing = trustOf(runner.context);
  if (standing.kind === 'trusted') return undefined;
  if (standing.kind === 'untrusted') return standing.run;
  const { whosePull } = await import('../gates/whose-pull.ts');
  const patient = withTimeBudget(http, clock, Math.min(timeBudgetMs, inputs.timeoutMs / 4));
  return whosePull(githubApi(patient, runner.context, inputs.githubToken), standing.pull);
}

/** What the step says of a run of strangers' code, and what serves meanwhile. */
export async function refusedRun(ports: Ports, refused: RefusedRun): Promise<ActionResult> {
  const { resultOfRefused } = await import('./refused.ts');
  return resultOfRefused(ports, refused);
}
