import type { SettleOptions, SettleResult } from '../../platform.ts';
import { newestFirst } from '../api/newest-first.ts';
import { shortId } from '../api/release.ts';
import { mayServe } from './decided.ts';
import { madeAgain } from './made-again.ts';
import type { OwnDeployments } from './own-deployments.ts';
import { type SettleSubject, settleDeployment } from './settling.ts';

/**
 * Settles a deployment. Where Railway makes it again by itself, what is removed for it has not failed: the newer one is
 * settled in its place.
 */
export async function settleThroughCopies(
  subject: SettleSubject & { readonly own: OwnDeployments },
): Promise<SettleResult> {
  const { api, ids, own, release, options } = subject;
  const { clock } = api;
  const end = clock.monotonic() + options.budgetMs;
  for (let id = release.id; ; ) {
    const within: SettleOptions = { ...options, budgetMs: Math.max(1, end - clock.monotonic()) };
    const result = await settleDeployment({ ...subject, release: { id }, options: within });
    const isRemoved = result.kind === 'failed' && result.failure.reason === 'deployment-removed';
    if (!isRemoved || clock.monotonic() >= end) return result;
    const { nodes } = await api.deploymentPage(ids, { first: 20 });
    own.see(nodes);
    const copies = madeAgain(nodes, own);
    const isIt = (one: string) => own.restores(one) === release.id || copies.get(one) === release.id;
    const again = newestFirst(nodes).find((one) => isIt(one.id) && mayServe(one));
    if (again === undefined || again.id === id) return result;
    options.onProgress(`Railway has made ${shortId(id)} again as ${shortId(again.id)}: that is waited for.`);
    id = again.id;
  }
}
