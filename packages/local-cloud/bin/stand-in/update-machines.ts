import type { Deployment, Machine } from './deployment.ts';
import { CommandError, messageOf } from './errors.ts';
import { Leases, warnOfLease } from './leases.ts';
import { appMachineConfig, hasChecks } from './machine-config.ts';
import { out } from './terminal.ts';
import { awaitHealth, awaitSmoke, awaitState } from './watch-machine.ts';

/** Replaces the machines in place: `rolling` one after the other, watched; `immediate` all at once, unwatched. */
export async function updateMachines(deployment: Deployment): Promise<void> {
  const { app, machines, strategy, signal } = deployment;
  const leases = new Leases(deployment);
  try {
    await leases.acquire().catch((error) => {
      warnOfLease(error);
      throw error;
    });
  } catch (error) {
    clearLeasesOnInterrupt(leases, signal);
    throw error;
  }
  out(`Updating existing machines in '${app}' with ${strategy} strategy`);
  try {
    const updates = machines.map((machine, index) => () => updateOne({ deployment, leases, machine, index }));
    if (strategy === 'immediate') await Promise.all(updates.map((update) => update()));
    else for (const update of updates) await update();
  } finally {
    await leases.release();
  }
}

function clearLeasesOnInterrupt(leases: Leases, signal: AbortSignal): void {
  if (signal.aborted) void leases.release();
}

interface Update {
  readonly deployment: Deployment;
  readonly leases: Leases;
  readonly machine: Machine;
  readonly index: number;
}

async function updateOne(update: Update): Promise<void> {
  const { deployment, machine, index } = update;
  const step = `[${index + 1}/${deployment.machines.length}]`;
  try {
    out(`> ${step} Updating ${machine.id} [app]`);
    await replace(update, `> ${step}`);
    out(`✔ ${step} Machine ${machine.id} [app] update succeeded`);
  } catch (error) {
    const end = deployment.signal.aborted
      ? 'update canceled while it was in progress'
      : `update failed: ${messageOf(error)}`;
    out(`✖ ${step} Machine ${machine.id} [app] ${end}`);
    throw error;
  }
}

async function replace({ deployment, leases, machine, index }: Update, step: string): Promise<void> {
  const { api, app, config, release, strategy, signal } = deployment;
  out(`${step} Updating ${machine.id} [app]`);
  const wanted = appMachineConfig(config, release, machine.config?.guest);
  const stopped = machine.state === 'stopped' || machine.state === 'suspended';
  const body = {
    config: wanted,
    region: machine.region,
    skip_secrets: false,
    ...(stopped ? { skip_launch: true } : {}),
  };
  const path = `${app}/machines/${machine.id}`;
  await api.flaps('POST', path, { body, nonce: leases.nonce(machine.id), signal }).catch((error) => {
    const why = `failed to update machine ${machine.id}: ${messageOf(error)}`;
    throw new CommandError(why, { cause: error });
  });
  if (strategy === 'immediate' || stopped) return;
  const watched = { deployment, id: machine.id, region: machine.region };
  await awaitState(watched, step);
  out(`${step} Checking that ${machine.id} [app] is up and running`);
  await awaitSmoke(watched);
  try {
    if (hasChecks(wanted)) await awaitHealth(watched, step);
  } finally {
    // Whether it listens where it should is asked once per group, and only advises.
    if (index === 0 && !signal.aborted) await api.flaps('GET', `${path}/ps`).catch(() => undefined);
  }
}
