import { type Deployment, type Machine, shownName } from './deployment.ts';
import { CommandError, MachinesApiError, messageOf } from './errors.ts';
import { adviseOnSockets } from './listen-advice.ts';
import { defaultGuest, type MachineConfig, machineConfig } from './machine-config.ts';
import { type StatusLine, warn } from './terminal.ts';
import { takeMount } from './volume-pool.ts';
import { awaitHealth, awaitSmoke, awaitState } from './watch-machine.ts';

export interface NewMachine {
  readonly group: string;
  readonly line: StatusLine;
  /** On top of what fly.toml says. */
  readonly changes?: Partial<MachineConfig>;
}

/** Makes a machine for a group and waits for it. It is leased for as long as that may take, and then set free. */
export async function launchMachine(deployment: Deployment, wanted: NewMachine): Promise<Machine> {
  const { api, app, config, signal } = deployment;
  const wantedConfig = newConfig(deployment, wanted);
  const standsBy = (wantedConfig.standbys ?? []).length > 0;
  const body = {
    config: wantedConfig,
    region: config.primary_region ?? 'iad',
    ...(standsBy ? { skip_launch: true } : {}),
    ...secretsOf(deployment),
    lease_ttl: Math.round(deployment.options.waitSeconds),
  };
  const machine: Machine = await api.flaps('POST', `${app}/machines`, { body, signal }).catch((error) => {
    throw notMade(error);
  });
  wanted.line.say(`Machine ${shownName(machine)} was created`);
  try {
    if (!standsBy && deployment.strategy !== 'immediate') await awaitNew(deployment, machine, wanted);
  } finally {
    await releaseLease(deployment, machine);
  }
  return machine;
}

function notMade(error: unknown): CommandError {
  const advice =
    error instanceof MachinesApiError && error.code === 'insufficient_capacity'
      ? 'Try choosing a different region for machine creation\n'
      : '';
  const why = `error creating a new machine: failed to launch VM: ${messageOf(error)}`;
  return new CommandError(why, { cause: error, advice });
}

/** Secrets are never left out, and where this config directory knows of newer ones, waited for. */
export function secretsOf({ minSecretsVersion: version }: Deployment) {
  return { skip_secrets: false, ...(version === undefined ? {} : { min_secrets_version: version }) };
}

function newConfig(deployment: Deployment, { group, changes = {} }: NewMachine): MachineConfig {
  const { config, options, release } = deployment;
  const before = { guest: { ...defaultGuest, ...options.guest } };
  const mounts = takeMount(deployment, group);
  const made = machineConfig(config, group, {
    release,
    before: { ...before, ...(mounts === undefined ? {} : { mounts }) },
  });
  return {
    ...made,
    ...changes,
    env: { ...Object(made.env), ...Object(changes.env) },
    metadata: { ...made.metadata, ...changes.metadata },
  };
}

async function awaitNew(deployment: Deployment, machine: Machine, { group, line }: NewMachine) {
  const watched = { deployment, machine };
  await awaitSmoke(watched);
  if (!deployment.options.detached) {
    await awaitState(watched);
    await awaitHealth(watched, machine.config ?? {}).catch(async (error) => {
      await adviseOnSockets(watched, group);
      throw error;
    });
    line.succeed(`Machine ${shownName(machine)} update finished: success`);
  }
  await adviseOnSockets(watched, group);
}

async function releaseLease({ api, app, signal }: Deployment, machine: Machine): Promise<void> {
  const { nonce, id } = machine;
  if (nonce === undefined || signal.aborted) return;
  await api.flaps('DELETE', `${app}/machines/${id}/lease`, { nonce }).catch((error) => {
    warn(`failed to release lease for machine ${shownName(machine)}: ${messageOf(error)}`);
  });
}
