import { configOf, groupOf } from './fleet.ts';
import type { WireMachine } from './wire.ts';

/** Whether a machine is stopped or suspended: it serves nobody as it is, and nothing need be wrong with it. */
export function isAtRest({ state }: Pick<WireMachine, 'state'>): boolean {
  return state === 'stopped' || state === 'suspended';
}

/** Whether Fly starts a machine when somebody asks for it: its default for a service. */
export function wakesForRequests(machine: WireMachine): boolean {
  const config = configOf(machine);
  const isStandby = (config?.standbys ?? []).length > 0;
  return !isStandby && (config?.services ?? []).some(({ autostart }) => autostart !== false);
}

/** Whether nothing runs, and neither a request nor a schedule would start anything. */
export function isSwitchedOff(machines: readonly WireMachine[]): boolean {
  const mayStart = (machine: WireMachine) =>
    wakesForRequests(machine) || configOf(machine)?.schedule !== undefined;
  return machines.length > 0 && machines.every((machine) => isAtRest(machine) && !mayStart(machine));
}

/**
 * One machine of each process group that sleeps as a whole, would wake for a request, and has not run since it was
 * made what it is: flyctl changes sleeping machines without starting them, so nobody knows what they would serve.
 */
export function unproved(machines: readonly WireMachine[]): readonly WireMachine[] {
  const groups = Map.groupBy(machines, groupOf);
  return [...groups.values()]
    .filter((group) => group.every(isAtRest) && !group.some(hasRun))
    .flatMap((group) => group.find(wakesForRequests) ?? []);
}

/** Newest first: whether a start came after the last change. */
function hasRun({ events = [] }: WireMachine): boolean {
  return events.find(({ type }) => ['start', 'launch', 'update'].includes(type))?.type === 'start';
}
