import type { Environment } from './deployment.ts';
import type { Deploys } from './deploys.ts';
import type { RailwayWorld } from './world.ts';

/** An environment goes with everything that runs in it. */
export async function removeEnvironment(
  { world, deploys }: { readonly world: RailwayWorld; readonly deploys: Deploys },
  environment: Environment,
): Promise<void> {
  environment.deletedAt = world.doors.clock.now();
  const deployments = [...environment.instances.values()].flatMap((instance) => instance.deployments);
  const up = deployments.filter((one) => one.isOnTheWay || one.isActive || one.status === 'REMOVING');
  await Promise.all(up.map((one) => deploys.takeDown(one)));
}
