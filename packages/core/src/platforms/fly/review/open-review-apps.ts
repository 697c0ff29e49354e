import type { Ports } from '../../../action/ports.ts';
import type { RecordInputs } from '../../../deployment/record-ledger.ts';
import type { Retirement } from '../../../deployment/retire-records.ts';
import type { PullRequests } from '../../../github/pull-request.ts';
import type { Http } from '../../../io/http.ts';
import { withTimeBudget } from '../../../ledger/http-time-budget.ts';
import type { FlyAccount } from '../open.ts';
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
const pageBudgetMs = 30_000;

/** What a pull request's page and records are reached with. */
export interface PageInputs extends RecordInputs {
  readonly timeoutMs: number;
}

/** The pull requests of this run's repository. */
export async function openPullRequests(ports: Ports, inputs: PageInputs): Promise<PullRequests> {
  const { PullRequests } = await import('../../../github/pull-request.ts');
  return new PullRequests({ http: patientHttp(ports, inputs), runner: ports.runner }, inputs.githubToken);
}

/**
 * Sets the records of a target that is gone inactive: all that GitHub shows as active, and the newest, whatever became
 * of it.
 */
export async function retireRecords(ports: Ports, inputs: PageInputs, retirement: Retirement): Promise<void> {
  const { retire } = await import('../../../deployment/retire-records.ts');
  await retire({ ...ports, http: patientHttp(ports, inputs) }, inputs, retirement);
}

function patientHttp({ http, clock }: Ports, { timeoutMs }: PageInputs): Http {
  return withTimeBudget(http, clock, Math.min(pageBudgetMs, timeoutMs / 4));
}
