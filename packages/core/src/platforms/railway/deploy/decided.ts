import { classOf, isUnderWay } from '../api/deployment-status.ts';
import { newestFirst } from '../api/newest-first.ts';
import type { WireDeployment } from '../api/wire.ts';

/** What there was at the look that is acted on. */
export interface Decided {
  readonly known: ReadonlySet<string>;
  /** Of the deployments that serve: image's digest, commit. Railway may deploy the same again by itself. */
  readonly serving: readonly WireDeployment[];
}

/** Deployments that others have made since: served, serve or are on their way. Newest first. */
export function madeSince(
  deployments: readonly WireDeployment[],
  { known, serving }: Decided,
  isOwn: (id: string) => boolean,
): readonly WireDeployment[] {
  return newestFirst(deployments).filter((one) => {
    if (known.has(one.id) || isOwn(one.id)) return false;
    const of = classOf(one);
    if (of === 'failed' || of === 'skipped' || of === 'needs-approval') return false;
    return !serving.some((other) => isCopy(one, other));
  });
}

/** What Railway itself has made again of what served at the look before, with the deployment that it is a copy of. */
export function copiesSince(
  deployments: readonly WireDeployment[],
  { known, serving }: Decided,
): readonly { readonly id: string; readonly of: string }[] {
  return deployments.flatMap((one) => {
    const of = known.has(one.id) ? undefined : serving.find((other) => isCopy(one, other));
    return of === undefined ? [] : [{ id: one.id, of: of.id }];
  });
}

/** Whether it still may take, or has, the traffic. */
export function mayServe(deployment: WireDeployment): boolean {
  const of = classOf(deployment);
  return isUnderWay(of) || of === 'live' || of === 'asleep' || of === 'stopped';
}

/**
 * Whether one is the same as another, made again: Railway does so itself when it moves hosts, updates an image or patches
 * one. Source: docs.railway.com, “Deployments”.
 */
function isCopy({ meta: one }: WireDeployment, { meta: other }: WireDeployment): boolean {
  if (one.imageDigest !== undefined) return one.imageDigest === other.imageDigest;
  return one.commitHash !== undefined && one.commitHash === other.commitHash;
}
