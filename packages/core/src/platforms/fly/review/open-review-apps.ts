import type { Ports } from '../../../action/ports.ts';
import type { FlyAccount } from '../open.ts';
import type { ReviewApps } from './review-apps.ts';

/** The review apps of a repository on Fly, loaded when they are wanted: most deploys have none. */
export async function openReviewApps(
  ports: Ports,
  account: FlyAccount,
  repository: { readonly id: string; readonly label: string },
): Promise<ReviewApps> {
  const { ReviewApps } = await import('./review-apps.ts');
  return new ReviewApps({ signal: ports.signal, clock: account.clock }, account, repository);
}
