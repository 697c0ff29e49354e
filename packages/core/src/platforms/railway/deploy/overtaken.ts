import type { Shipped } from '../../platform.ts';
import type { RailwayApi, ServiceIds } from '../api/api.ts';
import { shortId } from '../api/release.ts';
import { type Decided, madeSince, mayServe } from './decided.ts';
import type { OwnDeployments } from './own-deployments.ts';

export interface OvertakenParts {
  readonly api: RailwayApi;
  readonly ids: ServiceIds;
  readonly own: OwnDeployments;
  /** What there was before this run shipped. */
  readonly before: Decided | undefined;
}

/**
 * A deployment that was removed on its way, told by whom where somebody else’s has come since: `superseded`, whether that
 * one serves already or is still being built, since what was there before is about to go. Where nobody else’s is seen it
 * stays as it is told.
 */
export async function overtaken(
  shipped: Shipped,
  { api, ids, own, before }: OvertakenParts,
): Promise<Shipped> {
  const { failure } = shipped;
  if (failure?.reason !== 'deployment-removed' || before === undefined) return shipped;
  const page = await api.deploymentPage(ids, { first: 50 }).catch(() => undefined);
  const by = madeSince(page?.nodes ?? [], before, (id) => own.has(id)).find(mayServe);
  if (by === undefined) return shipped;
  const told = {
    reason: 'superseded',
    why: `somebody else deployed ${shortId(by.id)} meanwhile (${by.status}), and Railway gave this one up for it`,
    next: `Look at ${shortId(by.id)} in Railway’s dashboard; run the job again where this commit is still wanted.`,
  } as const;
  return { ...shipped, failure: { ...failure, ...told } };
}
