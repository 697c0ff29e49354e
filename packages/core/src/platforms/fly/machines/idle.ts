import type { WireMachine } from '../api/wire.ts';
import { configOf, groupOf } from './fleet.ts';

/** Whether a machine is stopped or suspended: it serves nobody as it is, and nothing need be wrong with it. */
export function isIdle({ state }: Pick<WireMachine, 'state'>): boolean {
  return state === 'stopped' || state === 'suspended';
}

/** Whether Fly starts a machine when somebody asks for it: its default for a service. */
export function startsForRequests(machine: WireMachine): boolean {
  const services = configOf(machine)?.services ?? [];
  return !isStandby(machine) && services.some(({ autostart }) => autostart !== false);
}

/** Whether Fly starts a machine when the host of another is lost, and not before: flyctl makes one for a group without services. */
export function isStandby(machine: WireMachine): boolean {
  return (configOf(machine)?.standbys ?? []).length > 0;
}

/** Whether Fly itself puts a machine to rest while nobody asks it anything, and starts it when somebody does. */
export function idlesByItself(machine: WireMachine): boolean {
  const stops = (configOf(machine)?.services ?? []).some(
    ({ autostop }) => autostop !== undefined && autostop !== 'off' && autostop !== false,
  );
  return stops && startsForRequests(machine);
}

/** Whether nothing runs, and neither a request nor a schedule would start anything. */
export function isSwitchedOff(machines: readonly WireMachine[]): boolean {
  const mayStart = (machine: WireMachine) =>
    startsForRequests(machine) || configOf(machine)?.schedule !== undefined;
  return machines.length > 0 && machines.every((machine) => isIdle(machine) && !mayStart(machine));
}

/**
 * One machine of each process group that sleeps as a whole, would wake for a request, and has not run since it was
 * made what it is: flyctl changes sleeping machines without starting them, so nobody knows what they would serve.
 */
export function neverStarted(machines: readonly WireMachine[]): readonly WireMachine[] {
  const groups = Map.groupBy(machines, groupOf);
  return [...groups.values()]
    .filter((group) => group.every(isIdle) && !group.some(hasRun))
    .flatMap((group) => group.find(startsForRequests) ?? []);
}

/** Newest first: whether a start came after the last change. */
function hasRun({ events = [] }: WireMachine): boolean {
  return events.find(({ type }) => ['start', 'launch', 'update'].includes(type))?.type === 'start';
}
