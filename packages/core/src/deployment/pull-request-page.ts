import type { Ports } from '../action/ports.ts';
import type { PullRequests } from '../github/pull-request.ts';
import type { Http } from '../io/http.ts';
import { withTimeBudget } from '../ledger/http-time-budget.ts';
import { type RecordInputs, recordLedger } from './record-ledger.ts';
import type { Retirement } from './retire-records.ts';

// What a pull request's page needs is loaded when it is wanted: most deploys have none.

/**
 * The longest a GitHub that does not answer may hold up a run for its pull request's page, milliseconds; never more
 * than a quarter of it.
 */
const pageBudgetMs = 30_000;

/** What a pull request's page and records are reached with. */
export interface PageInputs extends RecordInputs {
  readonly timeoutMs: number;
}

/** The pull requests of this run's repository. */
export async function openPullRequests(ports: Ports, inputs: PageInputs): Promise<PullRequests> {
  const { PullRequests } = await import('../github/pull-request.ts');
  return new PullRequests({ http: patientHttp(ports, inputs), runner: ports.runner }, inputs.githubToken);
}

/**
 * Sets the records of a target that is gone inactive: all that GitHub shows as active, and the newest, whatever became
 * of it.
 */
export async function retireRecords(ports: Ports, inputs: PageInputs, retirement: Retirement): Promise<void> {
  const { retire } = await import('./retire-records.ts');
  await retire({ ...ports, http: patientHttp(ports, inputs) }, inputs, retirement);
}

/**
 * Ids of the targets that a service's records of this environment are about; with a key, those that prove themselves.
 * Undefined where the records cannot be read.
 */
export async function recordedTargets(
  ports: Ports,
  inputs: PageInputs,
  { environment, service }: { readonly environment: string; readonly service: string },
): Promise<ReadonlySet<string> | undefined> {
  const ledger = recordLedger({ ...ports, http: patientHttp(ports, inputs) }, inputs);
  const targets = new Set<string>();
  for await (const { intent, doubt } of ledger.records(environment, service))
    if (doubt === undefined) targets.add(intent.target);
  return ledger.availability === 'none' ? undefined : targets;
}

function patientHttp({ http, clock }: Ports, { timeoutMs }: PageInputs): Http {
  return withTimeBudget(http, clock, Math.min(pageBudgetMs, timeoutMs / 4));
}
