import type { Deployment } from './deployment.ts';
import type { Plan } from './model.ts';

const hourMs = 3_600_000;

/** How long an image is kept after its deployment was removed: https://docs.railway.com/pricing/plans. */
const keptMs: Readonly<Record<Plan, number>> = { free: 24 * hourMs, hobby: 72 * hourMs, pro: 120 * hourMs };

/**
 * Whether there still is an image to go back to. Of Railway's own rule it is known that it held for deployments that had
 * served, the one that serves included, and no longer once the image was past its time.
 */
export function canRollback(deployment: Deployment, now: number): boolean {
  const { wasLive, isKept, removedAt, instance } = deployment;
  if (!wasLive || !isKept) return false;
  return removedAt === undefined || now - removedAt < keptMs[instance.environment.project.workspace.plan];
}

/** Its source is there for good; what was skipped or never began had none. */
export function canRedeploy({ isOnTheWay, status }: Deployment): boolean {
  return !isOnTheWay && status !== 'SKIPPED';
}
