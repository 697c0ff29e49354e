import type { Ports } from '../ports.ts';
import type { PullRequests } from '../pull-requests/pull-request.ts';
import type { FlyAccount } from './fly.ts';
import type { Retirement } from './retire-records.ts';
import type { ReviewApps } from './review-apps.ts';

/** Everything of review apps but their names is loaded here, and only when it is wanted: most deploys have none. */

/** The review apps of a repository on Fly. */
export async function openReviewApps(
  ports: Ports,
  account: FlyAccount,
  repository: { readonly id: string; readonly label: string },
): Promise<ReviewApps> {
  const { ReviewApps } = await import('./review-apps.ts');
  return new ReviewApps(ports, account, repository);
}

/** The pull requests of this run's repository. */
export async function openPullRequests(ports: Ports, githubToken: string | undefined): Promise<PullRequests> {
  const { PullRequests } = await import('../pull-requests/pull-request.ts');
  return new PullRequests(ports, githubToken);
}

/** Sets the records of a target that is gone inactive: the one that served, and the newest, whatever became of it. */
export async function retireRecords(
  ports: Ports,
  githubToken: string | undefined,
  retirement: Retirement,
): Promise<void> {
  const { retire } = await import('./retire-records.ts');
  await retire(ports, githubToken, retirement);
}
