import type { ActionResult } from '../action/action.ts';
import { standingOf } from '../gates/standing.ts';
import type { UntrustedRun } from '../gates/untrusted-run.ts';
import { githubApi } from '../ledger/github-api.ts';
import { limitedPatience } from '../ledger/patience.ts';
import type { Ports } from '../ports.ts';
import type { RefusedOnFly } from './fly-refused.ts';

// Most runs are trusted: what the others need is loaded for them alone.

/** The longest a GitHub that does not answer may hold up the question, milliseconds; never more than a quarter of `timeout`. */
const patienceMs = 10_000;

/**
 * The fork rule: why this run's code may not be trusted, undefined where it may. Asked before anything of the checkout
 * is read or handed to a tool; GitHub is asked only where the event does not tell.
 */
export async function untrustedRun(
  { runner, http, clock }: Pick<Ports, 'runner' | 'http' | 'clock'>,
  inputs: { readonly githubToken: string | undefined; readonly timeoutMs: number },
): Promise<UntrustedRun | undefined> {
  const standing = standingOf(runner.context);
  if (standing.kind === 'trusted') return undefined;
  if (standing.kind === 'untrusted') return standing.run;
  const { whosePull } = await import('../pull-requests/whose-pull.ts');
  const patient = limitedPatience(http, clock, Math.min(patienceMs, inputs.timeoutMs / 4));
  return whosePull(githubApi(patient, runner.context, inputs.githubToken), standing.pull);
}

/** What the step says of a run of strangers' code, and what serves meanwhile. */
export async function refusedOnFly(ports: Ports, refused: RefusedOnFly): Promise<ActionResult> {
  const { toldAsRefused } = await import('./fly-refused.ts');
  return toldAsRefused(ports, refused);
}
