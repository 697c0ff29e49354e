import type { Http } from '../http.ts';
import { limitedPatience } from '../ledger/patience.ts';
import type { Ports } from '../ports.ts';
import type { PullRequests } from '../pull-requests/pull-request.ts';
import type { FlyAccount } from './fly.ts';
import type { RecordInputs, Retirement } from './retire-records.ts';
import type { ReviewApps } from './review-apps.ts';

/** Everything of review apps but their names is loaded here, and only when it is wanted: most deploys have none. */

/** The review apps of a repository on Fly. */
export async function openReviewApps(
  ports: Ports,
  account: FlyAccount,
  repository: { readonly id: string; readonly label: string },
): Promise<ReviewApps> {
  const { ReviewApps } = await import('./review-apps.ts');
  return new ReviewApps({ signal: ports.signal, clock: account.clock }, account, repository);
}

/**
 * The longest a GitHub that does not answer may hold up a run for its pull request's page, milliseconds; never more
 * than a quarter of it.
 */
const pagePatienceMs = 30_000;

/** What a pull request's page and records are reached with. */
export interface PageInputs extends RecordInputs {
  readonly timeoutMs: number;
}

/** The pull requests of this run's repository. */
export async function openPullRequests(ports: Ports, inputs: PageInputs): Promise<PullRequests> {
  const { PullRequests } = await import('../pull-requests/pull-request.ts');
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

function patientHttp({ http, clock }: Ports, { timeoutMs }: PageInputs): Http {
  return limitedPatience(http, clock, Math.min(pagePatienceMs, timeoutMs / 4));
}
