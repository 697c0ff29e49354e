import { type Deployment, groupOf, type Machine } from './deployment.ts';
import { destroyMachine } from './destroy-machine.ts';
import { messageOf } from './errors.ts';
import { launchMachine, type NewMachine } from './launch-machine.ts';
import { ofGroup, servesAnything } from './process-groups.ts';
import { err, out, StatusLine } from './terminal.ts';

/** What fly.toml and the fleet differ in: groups without machines, and machines without their group. */
export interface GroupChanges {
  readonly missing: readonly string[];
  readonly removed: readonly Machine[];
}

export function groupChanges({ groups, machines }: Deployment): GroupChanges {
  const manned = new Set(machines.map(groupOf));
  return {
    missing: groups.filter((group) => !manned.has(group)),
    removed: machines.filter((machine) => !groups.includes(groupOf(machine))),
  };
}

export function announceGroups(deployment: Deployment, changes: GroupChanges, isFirst: boolean): void {
  const { missing, removed } = changes;
  if (missing.length === 0 && removed.length === 0) return;
  out(isFirst ? 'This deployment will:' : 'Process groups have changed. This will:');
  for (const group of new Set(removed.map(groupOf))) {
    const count = removed.filter((machine) => groupOf(machine) === group).length;
    out(` * destroy ${count} "${group}" machine${count === 1 ? '' : 's'}`);
  }
  for (const group of missing) out(` * create ${describeNew(deployment, group)}`);
  out('');
}

function describeNew({ config, options }: Deployment, group: string): string {
  if (!options.highAvailability || hasMounts(config, group)) return `1 "${group}" machine`;
  if (servesAnything(config, group)) return `2 "${group}" machines`;
  return `1 "${group}" machine and 1 standby machine for it`;
}

function hasMounts(config: Deployment['config'], group: string): boolean {
  return (ofGroup(config, group).mounts ?? []).length > 0;
}

export async function destroyRemoved(deployment: Deployment, { removed }: GroupChanges): Promise<void> {
  for (const machine of removed) await destroyMachine(deployment, machine);
}

/** For a group that serves two machines, for a worker one and one that stands by. */
export async function launchMissing(deployment: Deployment, { missing }: GroupChanges): Promise<void> {
  for (const [index, group] of missing.entries()) {
    const line = new StatusLine(index, missing.length);
    line.say('Launching new machine');
    out(`No machines in group ${group}, launching a new machine`);
    await launchGroup(deployment, { group, line }).catch((error) => {
      line.fail(`Failed: ${messageOf(error)}`);
      throw error;
    });
  }
  if (missing.length > 0) err('Finished launching new machines');
  noteAutostop(deployment, missing);
}

async function launchGroup(deployment: Deployment, { group, line }: NewMachine): Promise<void> {
  const { config, options } = deployment;
  const first = await launchMachine(deployment, { group, line });
  if (!options.highAvailability || hasMounts(config, group)) return;
  if (servesAnything(config, group)) {
    out('Creating a second machine for high availability and zero downtime deployments.');
    out('To disable this, set "min_machines_running = 0" in your fly.toml.');
    await launchMachine(deployment, { group, line });
  } else {
    out(`Creating a standby machine for ${first.id}`);
    const changes = { env: { FLY_STANDBY_FOR: first.id }, standbys: [first.id] };
    await launchMachine(deployment, { group, line, changes });
  }
}

function noteAutostop({ config }: Deployment, groups: readonly string[]): void {
  for (const [setting, end] of [
    ['stop', 'stopped'],
    ['suspend', 'suspended'],
  ] as const) {
    const named = groups.filter(
      (group) => ofGroup(config, group).http_service?.auto_stop_machines === setting,
    );
    if (named.length === 0) continue;
    const have = `have services with 'auto_stop_machines = "${setting}"' that will be ${end} when idling`;
    out(`\n\nNOTE: The machines for [${named.join(',')}] ${have}\n\n`);
  }
}
