import type { Deployment } from './deployment.ts';
import type { Replica } from './replica.ts';
import { step } from './steps.ts';
import type { RailwayDoors } from './switches.ts';

/**
 * Takes a deployment down: after the overlap with the one that follows it, each process gets SIGTERM, and SIGKILL once the
 * drain is over (https://docs.railway.com/deployments/deployment-teardown). Both are 0 s unless somebody set them.
 */
export async function retire(
  deployment: Deployment,
  { overlapOf, doors }: { readonly overlapOf?: Deployment; readonly doors: RailwayDoors },
): Promise<void> {
  const { clock, switches } = doors;
  const { signal } = deployment.life;
  const overlapS = overlapOf === undefined ? 0 : secondsOf(overlapOf, 'overlapSeconds');
  await clock.until(clock.now() + overlapS * 1_000, signal);
  if (signal.aborted) return;
  deployment.life.abort();
  deployment.enter('REMOVING');
  const drainMs = secondsOf(deployment, 'drainingSeconds') * 1_000;
  const { lateRegion } = switches;
  const end = async (replica: Replica) => {
    if (replica.region === lateRegion?.region) await clock.until(clock.now() + lateRegion.ms, doors.closed);
    await replica.end('REMOVED', drainMs);
  };
  const work = async () => void (await Promise.all(deployment.replicas.map(end)));
  await step(deployment, 'DRAIN_INSTANCES', { doors, work });
  await clock.until(clock.now() + switches.pace.removalMs, doors.closed);
  if (!doors.closed.aborted) deployment.enter('REMOVED');
}

/** A setting of the service, or the variable that has the same meaning. */
function secondsOf({ settings, variables }: Deployment, name: 'overlapSeconds' | 'drainingSeconds'): number {
  const variable = {
    overlapSeconds: 'RAILWAY_DEPLOYMENT_OVERLAP_SECONDS',
    drainingSeconds: 'RAILWAY_DEPLOYMENT_DRAINING_SECONDS',
  }[name];
  return Number(variables[variable] ?? settings[name] ?? 0);
}
