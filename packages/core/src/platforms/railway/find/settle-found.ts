import type { SettleOptions, SettleResult } from '../../platform.ts';
import { newestFirst } from '../api/newest-first.ts';
import { shortId } from '../api/release.ts';
import { mayServe } from '../deploy/decided.ts';
import type { OwnDeployments } from '../deploy/own-deployments.ts';
import { type SettleSubject, settleDeployment } from '../deploy/settling.ts';

/**
 * Settles a deployment. Where Railway makes one of its own once more, of the same commit, what is removed for it has not
 * failed: the newer one is settled in its place.
 */
export async function settleFound(
  subject: SettleSubject & { readonly own: OwnDeployments },
): Promise<SettleResult> {
  const { api, ids, own, release, options } = subject;
  const { clock } = api;
  const end = clock.monotonic() + options.budgetMs;
  for (let id = release.id; ; ) {
    const within: SettleOptions = { ...options, budgetMs: Math.max(1, end - clock.monotonic()) };
    const result = await settleDeployment({ ...subject, release: { id }, options: within });
    const isRemoved = result.kind === 'failed' && result.failure.reason === 'deployment-removed';
    if (!isRemoved || own.followed !== release.id || clock.monotonic() >= end) return result;
    const { nodes } = await api.deploymentPage(ids, { first: 20 });
    own.see(nodes);
    const again = newestFirst(nodes).find((one) => own.restores(one.id) === release.id && mayServe(one));
    if (again === undefined || again.id === id) return result;
    options.onProgress(
      `${shortId(id)} was removed for ${shortId(again.id)}, of the same commit: that is waited for.`,
    );
    id = again.id;
  }
}
