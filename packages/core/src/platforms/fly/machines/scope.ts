import type { WireMachine } from '../api/wire.ts';
import { appMachines, groupOf, isManaged, metadataOf } from './fleet.ts';

/** The machines a deploy is about: those that every list which is not empty admits. */
export interface FleetScope {
  /** By id. */
  readonly machines: readonly string[];
  readonly regions: readonly string[];
  readonly processGroups: readonly string[];
}

export const wholeFleet: FleetScope = { machines: [], regions: [], processGroups: [] };

export function isPartial({ machines, regions, processGroups }: FleetScope): boolean {
  return machines.length + regions.length + processGroups.length > 0;
}

export function inScope<M extends Pick<WireMachine, 'id' | 'region' | 'config' | 'incomplete_config'>>(
  machines: readonly M[],
  scope: FleetScope,
): readonly M[] {
  const admits = (list: readonly string[], value: string | undefined) =>
    list.length === 0 || (value !== undefined && list.includes(value));
  return machines.filter(
    (machine) =>
      admits(scope.machines, machine.id) &&
      admits(scope.regions, machine.region) &&
      (hasNoGroup(machine) || admits(scope.processGroups, groupOf(machine))),
  );
}

/** What flyctl did not make, or Fly tells nothing of, may take the requests of any group. */
function hasNoGroup(machine: Pick<WireMachine, 'config' | 'incomplete_config'>): boolean {
  return !isManaged(machine) && metadataOf(machine).fly_process_group === undefined;
}

/**
 * The flags of every `flyctl deploy` within the scope. Where a filter leaves a group without machines, flyctl makes
 * new ones, and calls that success: `--update-only` keeps it from that.
 */
export function scopeArguments(scope: FleetScope): readonly string[] {
  const option = (name: string, values: readonly string[]) =>
    values.length === 0 ? [] : [name, values.join(',')];
  return [
    ...option('--only-machines', scope.machines),
    ...option('--regions', scope.regions),
    ...option('--process-groups', scope.processGroups),
    ...(isPartial(scope) ? ['--update-only'] : []),
  ];
}

/** What the scope names and the app does not have, one clause each; none for a scope that can be deployed to. */
export function scopeProblems(machines: readonly WireMachine[], scope: FleetScope): readonly string[] {
  const known = appMachines(machines);
  const missing = (what: string, wanted: readonly string[], there: readonly (string | undefined)[]) =>
    wanted.filter((one) => !there.includes(one)).map((one) => `${what} ${one}`);
  const problems = [
    ...missing(
      'no machine',
      scope.machines,
      known.map(({ id }) => id),
    ),
    ...missing(
      'no machine in region',
      scope.regions,
      known.map(({ region }) => region),
    ),
    ...missing('no machine of process group', scope.processGroups, known.map(groupOf)),
  ];
  if (problems.length > 0 || inScope(known, scope).length > 0) return problems;
  return ['no machine that all of `only-machines`, `regions` and `process-groups` admit'];
}
