import type { WireGuest, WireMachine } from '../api/wire.ts';
import { isHostLost, servingMachines } from './fleet.ts';
import { type FleetScope, inScope } from './scope.ts';

/** A machine's size: a preset, its parts, or a preset with some of its parts changed. */
export interface FlySize {
  readonly preset?: string;
  readonly memoryMb?: number;
  readonly cpus?: number;
  readonly cpuKind?: string;
}

/** Megabytes that each CPU of a preset comes with. */
const memoryOfCpu = { shared: 256, performance: 2048 } as const;

/** What Fly sells, without the GPUs it no longer does. */
export const sizePresets: readonly string[] = [
  ...[1, 2, 4, 6, 8].map((cpus) => `shared-cpu-${cpus}x`),
  ...[1, 2, 4, 6, 8, 10, 12, 14, 16].map((cpus) => `performance-${cpus}x`),
];

/**
 * What to say when serving machines do not have the size that was asked for: flyctl gives it to machines it makes, and
 * leaves those there as they are. Undefined when all have it.
 */
export function unheededSize(
  machines: readonly WireMachine[],
  scope: FleetScope,
  size: FlySize,
): string | undefined {
  const known = inScope(servingMachines(machines), scope).filter((machine) => !isHostLost(machine));
  const others = known.filter(({ config }) => !fits(config?.guest, size));
  const [first] = others;
  if (first === undefined) return undefined;
  const count = others.length === 1 ? '1 machine does' : `${others.length} machines do`;
  return (
    `${count} not have the size asked for (${first.id} has ${textOf(first.config?.guest)}): flyctl gives it only to ` +
    'machines it makes. Write it to `[[vm]]` in fly.toml, which holds for all.'
  );
}

function fits(guest: WireGuest | undefined, size: FlySize): boolean {
  const { cpuKind, cpus, memoryMb } = { ...presetParts(size.preset), ...size };
  return (
    (cpuKind === undefined || guest?.cpu_kind === cpuKind) &&
    (cpus === undefined || guest?.cpus === cpus) &&
    (memoryMb === undefined || guest?.memory_mb === memoryMb)
  );
}

function presetParts(preset = ''): Omit<FlySize, 'preset'> {
  const [, kind, count] = /^(shared|performance)(?:-cpu)?-(\d+)x$/.exec(preset) ?? [];
  if (kind !== 'shared' && kind !== 'performance') return {};
  const cpus = Number(count);
  return { cpuKind: kind, cpus, memoryMb: cpus * memoryOfCpu[kind] };
}

function textOf(guest: WireGuest | undefined): string {
  if (guest === undefined) return 'a size that Fly does not tell';
  const kind = guest.cpu_kind === 'shared' ? 'shared-cpu' : (guest.cpu_kind ?? 'unknown');
  return `${kind}-${guest.cpus ?? '?'}x, ${guest.memory_mb ?? '?'} MB`;
}
