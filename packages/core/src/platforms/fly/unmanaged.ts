import type { Unmanaged } from '../platform.ts';
import { appMachines, isGone, isOutOfSight, metadataOf } from './fleet.ts';
import { isAtRest, wakesForRequests } from './rest.ts';
import type { WireMachine } from './wire.ts';

/**
 * Machines without flyctl's mark that have a service on a port of the app: Fly's proxy sends them their share of the
 * requests, and `flyctl deploy` passes them over (source: flyctl lists machines by `fly_platform_version`).
 */
export function unmanagedOf(
  machines: readonly WireMachine[],
  { app, accepted }: { readonly app: string; readonly accepted: readonly string[] },
): readonly Unmanaged[] {
  const ports = new Set(appMachines(machines).flatMap(portsOf));
  return strangersOf(machines)
    .filter((machine) => takesRequests(machine) && !accepted.includes(machine.id))
    .filter((machine) => portsOf(machine).some((port) => ports.size === 0 || ports.has(port)))
    .map((machine) => ({
      id: machine.id,
      note: `${machine.state}, port ${portsOf(machine).join(' and ')}, image ${imageOf(machine)}`,
      adopt: `fly machine update ${machine.id} --app ${app} --metadata fly_platform_version=v2 --metadata fly_process_group=app`,
      destroy: `fly machine destroy ${machine.id} --app ${app} --force`,
    }));
}

/** Every machine that `flyctl deploy` passes over. */
export function strangersOf(machines: readonly WireMachine[]): readonly WireMachine[] {
  return machines.filter(
    (machine) =>
      metadataOf(machine).fly_platform_version !== 'v2' && !isGone(machine) && !isOutOfSight(machine),
  );
}

function takesRequests(machine: WireMachine): boolean {
  if (machine.cordoned === true) return false;
  return machine.state === 'started' || (isAtRest(machine) && wakesForRequests(machine));
}

function portsOf({ config }: WireMachine): readonly number[] {
  return [
    ...new Set((config?.services ?? []).flatMap(({ ports = [] }) => ports.flatMap(({ port }) => port ?? []))),
  ];
}

function imageOf({ image_ref: image }: WireMachine): string {
  return `${image?.repository ?? 'unknown'}:${image?.tag ?? image?.digest?.slice(0, 19) ?? 'unknown'}`;
}
