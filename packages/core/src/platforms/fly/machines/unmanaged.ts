import { defined } from '../../../text/defined.ts';
import type { Unmanaged } from '../../platform.ts';
import { allPorts, describePorts, meet, type PortRange, portsOf } from '../api/ports.ts';
import type { WireMachine } from '../api/wire.ts';
import { appMachines, configOf, digestOfMachine, groupOf, isGone, isHostLost, isManaged } from './fleet.ts';
import { isIdle, startsForRequests } from './idle.ts';

/** Machines without flyctl's metadata, by what they are to the app. Fly's proxy sends some of them a share of its requests. */
export interface UnmanagedMachines {
  /** They take requests on a port of the app, and nobody has accepted it. */
  readonly unmanaged: readonly Unmanaged[];
  /** The same, accepted. */
  readonly accepted: readonly WireMachine[];
  /** They take no requests on a port of the app. */
  readonly idle: readonly WireMachine[];
}

export interface UnmanagedQuestion {
  readonly app: string;
  /** Ids of machines that nobody manages and that somebody has accepted. */
  readonly accepted: readonly string[];
  /** Set where nobody can accept any. */
  readonly mayStay?: false | undefined;
}

/**
 * `flyctl deploy` passes over every machine without its metadata (source: flyctl lists machines by
 * `fly_platform_version`), whatever it serves.
 */
export function unmanagedMachinesOf(
  machines: readonly WireMachine[],
  { app, accepted, mayStay }: UnmanagedQuestion,
): UnmanagedMachines {
  const there = machines.filter((machine) => !isManaged(machine) && !isGone(machine) && !isHostLost(machine));
  const fleet = appMachines(machines).filter((machine) => !isHostLost(machine));
  const beside = there.filter((machine) => takesRequests(machine) && meet(portsOf(machine), appPorts(fleet)));
  return {
    unmanaged: beside
      .filter(({ id }) => !accepted.includes(id))
      .map((machine) => ({
        ...unmanaged(machine, { app, fleet }),
        ...defined({ mayStay }),
      })),
    accepted: beside.filter(({ id }) => accepted.includes(id)),
    idle: there.filter((machine) => !beside.includes(machine)),
  };
}

/** Machines without that metadata on lost hosts that were on a port of the app when they were last seen. */
export function lostUnmanagedMachines(
  machines: readonly WireMachine[],
  accepted: readonly string[],
): readonly WireMachine[] {
  const fleet = appMachines(machines).filter((machine) => !isHostLost(machine));
  return machines.filter(
    (machine) =>
      isHostLost(machine) &&
      configOf(machine) !== undefined &&
      !isManaged(machine) &&
      !isGone(machine) &&
      !accepted.includes(machine.id) &&
      meet(portsOf(machine), appPorts(fleet)),
  );
}

/** `image shop:v3, port 443`. */
export function describeUnmanaged(machine: WireMachine): string {
  return [`image ${imageOf(machine)}`, ...describePorts(portsOf(machine))].join(', ');
}

/** Of an app none of whose machines can be seen, every port may be. */
function appPorts(fleet: readonly WireMachine[]): readonly PortRange[] {
  return fleet.length === 0 ? allPorts : fleet.flatMap(portsOf);
}

function unmanaged(
  machine: WireMachine,
  { app, fleet }: { readonly app: string; readonly fleet: readonly WireMachine[] },
): Unmanaged {
  const { id, state } = machine;
  // flyctl destroys what is marked for a group that fly.toml does not have.
  const model = fleet.find((one) => meet(portsOf(one), portsOf(machine)));
  const marks = `--metadata fly_platform_version=v2 --metadata fly_process_group=${model === undefined ? 'app' : groupOf(model)}`;
  return {
    id,
    note: `${state}, ${describeUnmanaged(machine)}`,
    adopt: `fly machine update ${id} --app ${app} ${marks} --yes`,
    destroy: `fly machine destroy ${id} --app ${app} --force`,
  };
}

function takesRequests(machine: WireMachine): boolean {
  if (machine.cordoned === true) return false;
  return machine.state === 'started' || (isIdle(machine) && startsForRequests(machine));
}

function imageOf(machine: WireMachine): string {
  const { repository, tag } = machine.image_ref ?? {};
  const digest = digestOfMachine(machine);
  if (repository === undefined || repository === '') return 'unknown';
  if (tag !== undefined && tag !== '') return `${repository}:${tag}`;
  return digest === undefined ? repository : `${repository}@${digest.slice(0, 19)}`;
}
