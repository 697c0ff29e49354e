import type { Release } from '../../platform.ts';
import type { WireMachine, WireRelease } from '../api/wire.ts';
import { appMachines, digestOfMachine, isHostLost, machineRelease } from '../machines/fleet.ts';
import { type FleetScope, inScope } from '../machines/scope.ts';
import { isRetired, type StaleMachine, staleMachinesBeside, standsFor } from '../machines/stale-machines.ts';

/** How a release comes back. */
export type RestorePlan =
  /** Its own machines are all there: they take over again, and what stands beside them goes. */
  | {
      readonly kind: 'reinstate';
      readonly retired: readonly WireMachine[];
      readonly remove: readonly StaleMachine[];
    }
  /** The machines run something else: flyctl deploys it to them, without those that can go before or after. */
  | {
      readonly kind: 'redeploy';
      readonly removeBefore: readonly StaleMachine[];
      /** Blue machines whose green ones are the fleet now: by id, since the deploy makes them look like the others. */
      readonly removeAfter: readonly WireMachine[];
    };

export interface Fleet {
  readonly machines: readonly WireMachine[];
  /** Newest first. */
  readonly releases: readonly WireRelease[];
  readonly scope: FleetScope;
  /** Whether a release, by id, is one this run made. */
  isOurs(release: string): boolean;
}

/** Decides from the machines that are there how `release` is brought back. */
export function restorePlanFor(release: Release, fleet: Fleet): RestorePlan {
  const { machines, scope, isOurs } = fleet;
  const stale = staleMachinesBeside(machines, release, fleet).filter(
    ({ machine }) => inScope([machine], scope).length > 0 || isOurs(machineRelease(machine) ?? ''),
  );
  const gone = new Set(stale.map(({ machine }) => machine.id));
  // What is out of sight takes no orders, and what it runs is not known: it decides nothing.
  const rest = inScope(appMachines(machines), scope).filter(
    (machine) => !gone.has(machine.id) && !isHostLost(machine),
  );
  const retired = rest.filter(isRetired);
  const greens = stale.filter(({ kind }) => kind === 'green').map(({ machine }) => machine);
  const isWhole = rest.length > 0 && rest.every((machine) => runs(machine, release)) && covers(rest, greens);
  if (isWhole && stale.length + retired.length > 0) return { kind: 'reinstate', retired, remove: stale };
  const serves = ({ kind, machine }: StaleMachine) => kind === 'green' && machine.cordoned !== true;
  const serving = stale.filter(serves).map(({ machine }) => machine);
  return {
    kind: 'redeploy',
    removeBefore: stale.filter((leftover) => !serves(leftover)),
    removeAfter: retired.filter((blue) => standsFor(serving, retired, blue)),
  };
}

function runs(machine: WireMachine, { id, artifact }: Release): boolean {
  const digest = digestOfMachine(machine);
  return machineRelease(machine) === id && (artifact === undefined || digest === artifact);
}

/** Each green machine stands for a blue one beside it: where blue ones are missing already, their green ones are needed. */
function covers(rest: readonly WireMachine[], greens: readonly WireMachine[]): boolean {
  return greens.every((green) => standsFor(rest, greens, green));
}
