import { createHash } from 'node:crypto';
import type { Deployment } from './model.ts';

/** The longest that a list goes without what was written, milliseconds of the cloud's clock. */
export const latestMs = 3_000;

/**
 * How long a list goes without a record, milliseconds. It follows from the record and the seed, so that a run can be
 * repeated; and since each record has its own, a later one may be seen before an earlier one.
 */
export function lagOf(seed: number, kind: string, id: number): number {
  const digest = createHash('sha1').update(`${seed} ${kind} ${id}`).digest();
  return digest.readUInt32BE() % (latestMs + 1);
}

/** What lists and queries have of a repository's deployments at a moment: each as those statuses leave it that are seen. */
export function listed(deployments: readonly Deployment[], now: number): readonly Deployment[] {
  return deployments.filter(({ listedAt }) => listedAt <= now).map((one) => asListed(one, now));
}

/** A deployment that was found by its id, with those statuses that are seen. */
export function asListed(deployment: Deployment, now: number): Deployment {
  const statuses = deployment.statuses.filter(({ listedAt }) => listedAt <= now);
  if (statuses.length === deployment.statuses.length) return deployment;
  const newest = statuses.at(-1);
  return {
    ...deployment,
    statuses,
    environment: newest?.environment ?? deployment.originalEnvironment,
    updatedAt: newest?.createdAt ?? deployment.createdAt,
  };
}
