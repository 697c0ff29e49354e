import type { Release } from '../platform.ts';
import { appMachines, digestOfMachine, isOutOfSight, machineRelease } from './fleet.ts';
import { isRetired, type Leftover, leftoversBeside, standsFor } from './leftovers.ts';
import { type FleetScope, inScope } from './scope.ts';
import type { WireMachine, WireRelease } from './wire.ts';

/** How a release comes back. */
export type WayBack =
  /** Its own machines are all there: they take over again, and what stands beside them goes. */
  | {
      readonly kind: 'reinstate';
      readonly retired: readonly WireMachine[];
      readonly remove: readonly Leftover[];
    }
  /** The machines run something else: flyctl deploys it to them, without those that can go before or after. */
  | {
      readonly kind: 'redeploy';
      readonly removeBefore: readonly Leftover[];
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
export function wayBackTo(release: Release, fleet: Fleet): WayBack {
  const { machines, scope, isOurs } = fleet;
  const leftovers = leftoversBeside(machines, release, fleet).filter(
    ({ machine }) => inScope([machine], scope).length > 0 || isOurs(machineRelease(machine) ?? ''),
  );
  const gone = new Set(leftovers.map(({ machine }) => machine.id));
  // What is out of sight takes no orders, and what it runs is not known: it decides nothing.
  const rest = inScope(appMachines(machines), scope).filter(
    (machine) => !gone.has(machine.id) && !isOutOfSight(machine),
  );
  const retired = rest.filter(isRetired);
  const greens = leftovers.filter(({ kind }) => kind === 'green').map(({ machine }) => machine);
  const isWhole = rest.length > 0 && rest.every((machine) => runs(machine, release)) && covers(rest, greens);
  if (isWhole && leftovers.length + retired.length > 0)
    return { kind: 'reinstate', retired, remove: leftovers };
  const serves = ({ kind, machine }: Leftover) => kind === 'green' && machine.cordoned !== true;
  const serving = leftovers.filter(serves).map(({ machine }) => machine);
  return {
    kind: 'redeploy',
    removeBefore: leftovers.filter((leftover) => !serves(leftover)),
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
