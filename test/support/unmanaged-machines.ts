import { demo } from '#local-cloud';
import type { Fly, UnmanagedSeed } from '../../packages/local-cloud/src/fly/index.ts';
import type { Machine } from '../../packages/local-cloud/src/fly/machine.ts';
import { seedUnmanaged } from '../../packages/local-cloud/src/fly/seed.ts';

/** A machine that flyctl did not make, up beside those of the demo's app, or of another. */
export async function addUnmanagedMachine(
  fly: Fly,
  seed: UnmanagedSeed,
  app: string = demo.fly.app,
): Promise<Machine> {
  const machine = seedUnmanaged(fly.world, app, seed);
  await fly.settled();
  return machine;
}

/** What the command in the advice does to it: from now on flyctl manages it. */
export async function adopt(fly: Fly, machine: Machine): Promise<void> {
  const metadata = { fly_platform_version: 'v2', fly_process_group: 'app' };
  fly.world.fleet.update(machine, { config: { ...machine.config, metadata }, skipLaunch: false });
  await fly.settled();
}
