import { unknownPart } from '../../parts.ts';
import type { Part } from '../../platform.ts';
import type { WireEvent, WireMachine } from '../api/wire.ts';
import { exitOf } from './condition.ts';
import { configOf, groupOf, isGroupUnknown, isHostLost, machineRelease, metadataOf } from './fleet.ts';
import { idlesByItself, isIdle } from './idle.ts';

/** The fleet counted: each process group in each region. */
export function partsOf(machines: readonly WireMachine[]): readonly Part[] {
  const groups = Map.groupBy(machines.filter(isNoCanary), partName);
  return [...groups].map(([name, all]) => {
    const own = oneFleetOf(all);
    const count = (state: MachineState) => own.filter((machine) => stateOf(machine) === state).length;
    return {
      name,
      running: count('running'),
      resting: count('resting'),
      ended: count('ended'),
      unknown: count('unknown'),
      wakes: own.some((machine) => idlesByItself(machine) || configOf(machine)?.schedule !== undefined),
    };
  });
}

/** One stands beside the fleet to be tried, and goes again. */
function isNoCanary(machine: WireMachine): boolean {
  return metadataOf(machine).fly_canary !== 'true';
}

/** A bluegreen deploy that was cut leaves two fleets of which each stands for the other: the larger one counts. */
function oneFleetOf(machines: readonly WireMachine[]): readonly WireMachine[] {
  const isGreen = (machine: WireMachine) => metadataOf(machine).fly_flyctl_bluegreen_launch_id !== undefined;
  if (!machines.some(isGreen)) return machines;
  const fleets = [...Map.groupBy(machines, (machine) => machineRelease(machine)).values()];
  return fleets.reduce((one, other) => (other.length > one.length ? other : one), []);
}

/** `web/iad`. */
export function partName(machine: WireMachine): string {
  if (isGroupUnknown(machine)) return unknownPart;
  return `${groupOf(machine)}/${machine.region ?? 'unknown'}`;
}

/** The process group of a part. */
export function groupOfPart(name: string): string {
  return name === unknownPart ? name : name.slice(0, name.lastIndexOf('/'));
}

type MachineState = 'running' | 'resting' | 'ended' | 'unknown';

function stateOf(machine: WireMachine): MachineState {
  if (isHostLost(machine)) return 'unknown';
  if (isDown(machine)) return 'ended';
  const isResting = isIdle(machine) || ['created', 'stopping', 'suspending'].includes(machine.state);
  return isResting ? 'resting' : 'running';
}

/** Whether a machine is down that nobody, and nothing in its configuration, has put to rest. */
export function isDown(machine: WireMachine): boolean {
  return hasEnded(machine) && !hasRested(machine);
}

/** Some end themselves in good order when nobody asks them anything, and are started when somebody does. */
function hasRested(machine: WireMachine): boolean {
  const last = machine.events?.find(({ type }) => type === 'exit');
  return idlesByItself(machine) && exitOf(last)?.exit_code === 0;
}

/**
 * Whether the process ended by itself and was not started since. An update does not start a stopped machine, so what
 * ended under the release before is still down, though its newest event is the update.
 */
export function hasEnded(machine: WireMachine): boolean {
  if (machine.state === 'failed' || machine.state === 'launch_failed') return true;
  if (!isIdle(machine) || machine.config?.schedule !== undefined) return false;
  const last = machine.events?.find(({ type }) => type === 'exit' || type === 'start');
  return last !== undefined && isUnasked(last) && exitOf(last)?.restarting !== true;
}

/** Every end of a process that nobody asked for, as far back as Fly tells: `148e… at 2026-11-21T10:00:00.000Z`. */
export function exitsOf(machines: readonly WireMachine[]): readonly string[] {
  return machines
    .filter(({ config }) => config?.schedule === undefined)
    .flatMap(({ id, events = [] }) =>
      events.filter(isUnasked).map(({ timestamp }) => `${id} at ${new Date(timestamp).toISOString()}`),
    );
}

function isUnasked(event: WireEvent): boolean {
  const exit = exitOf(event);
  return event.type === 'exit' && exit !== undefined && exit.requested_stop !== true;
}
