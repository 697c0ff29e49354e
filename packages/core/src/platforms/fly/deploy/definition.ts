import type { WireMachine } from '../api/wire.ts';
import { configOf } from '../machines/fleet.ts';

/**
 * A stored configuration with the volumes that the machines have now. flyctl refuses a configuration without mounts
 * for machines with volumes, also with `--yes`; the old release never knew the volume and does not mind it.
 */
export function withMounts(definition: unknown, machines: readonly WireMachine[]): unknown {
  if (typeof definition !== 'object' || definition === null) return definition;
  if ('mounts' in definition && definition.mounts != null) return definition;
  const mounts = new Map<string, { readonly source: string; readonly destination: string }>();
  for (const { name, path } of machines.flatMap((machine) => configOf(machine)?.mounts ?? [])) {
    if (name !== undefined && path !== undefined) mounts.set(name, { source: name, destination: path });
  }
  return mounts.size === 0 ? definition : { ...definition, mounts: [...mounts.values()] };
}

/** The process groups a stored configuration has; undefined where none is stored. Without any it is `app`. */
export function groupsOf(definition: unknown): readonly string[] | undefined {
  if (typeof definition !== 'object' || definition === null) return undefined;
  const processes = 'processes' in definition ? definition.processes : undefined;
  if (typeof processes !== 'object' || processes === null) return ['app'];
  const names = Object.keys(processes);
  return names.length === 0 ? ['app'] : names;
}
