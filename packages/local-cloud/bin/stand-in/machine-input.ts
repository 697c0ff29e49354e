import { type Deployment, groupOf, type Machine, shownName } from './deployment.ts';
import { CommandError } from './errors.ts';
import { secretsOf } from './launch-machine.ts';
import { type MachineConfig, machineConfig, restartConfig } from './machine-config.ts';

/** A machine and what it is to become. */
export interface Update {
  readonly machine: Machine;
  readonly config: MachineConfig;
  readonly skipLaunch: boolean;
  /** Its host is lost: it is destroyed and another made. */
  readonly replaced: boolean;
}

export function updateOf(deployment: Deployment, machine: Machine): Update {
  const { config, release, restartOnly } = deployment;
  const before = machine.config ?? machine.incomplete_config ?? {};
  const wanted = restartOnly
    ? restartConfig(before, release)
    : machineConfig(config, groupOf(machine), { release, before });
  const replaced = (machine.host_status ?? 'ok') !== 'ok';
  if (replaced) assertMovable(machine, wanted);
  return {
    machine,
    config: wanted,
    skipLaunch: !['started', 'starting', 'failed'].includes(machine.state),
    replaced,
  };
}

/** Its volume is where the machine was. */
function assertMovable(machine: Machine, { mounts = [] }: MachineConfig): void {
  const [mount] = mounts;
  if (mount === undefined) return;
  const why = `its volume '${mount.volume}' is on an unreachable host`;
  throw new CommandError(
    `failed to update machine configuration for ${shownName(machine)}: machine '${machine.id}' requires manual intervention, it can't be automatically replaced because ${why}`,
  );
}

export function bodyOf(deployment: Deployment, { machine, config, skipLaunch }: Update) {
  return {
    config,
    region: machine.region,
    ...(skipLaunch ? { skip_launch: true } : {}),
    ...secretsOf(deployment),
  };
}
