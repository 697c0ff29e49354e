import { releaseId } from '../api/release.ts';
import type { WireMachine, WireRelease } from '../api/wire.ts';
import { groupOf, machineRelease, metadataOf } from './fleet.ts';
import { isIdle, startsForRequests } from './idle.ts';
import {
  interruptedMachines,
  isOlder,
  isRetired,
  isUnfinished,
  kindOfNew,
  onLiveHosts,
  present,
  type StaleMachine,
  standsFor,
} from './stale-machines.ts';

/**
 * What deploys that are over left beside the fleet, by flyctl's own metadata: it meant to destroy each of them, and no later
 * deploy does. The next one updates them like the fleet's own, and two machines are four from then on. Those of a deploy
 * that lives look the same, but for its leases.
 */
export function abandonedMachines(
  machines: readonly WireMachine[],
  releases: readonly WireRelease[],
): readonly StaleMachine[] {
  const interrupted = interruptedMachines(machines, releases);
  const taken = new Set(interrupted.map(({ machine }) => machine.id));
  const others = [
    ...canaries(machines, releases),
    ...retiredMachines(machines),
    ...endedCommands(machines, releases),
  ];
  return [...interrupted, ...others.filter(({ machine }) => !taken.has(machine.id))];
}

/** flyctl destroys a canary when it is well, and leaves it where it is not, or where it was stopped itself. */
function canaries(
  machines: readonly WireMachine[],
  releases: readonly WireRelease[],
): readonly StaleMachine[] {
  const there = onLiveHosts(machines);
  const isCanary = (machine: WireMachine) => metadataOf(machine).fly_canary === 'true';
  return there
    .filter((machine) => kindOfNew(machine, releases) === 'canary' && isUnfinished(machine, releases))
    .filter((canary) => there.some((one) => !isCanary(one) && groupOf(one) === groupOf(canary)))
    .map((machine) => ({ machine, kind: 'canary' }));
}

/** Blue machines without traffic whose green ones are the fleet now, in their number and place. */
function retiredMachines(machines: readonly WireMachine[]): readonly StaleMachine[] {
  const there = onLiveHosts(machines);
  const retired = there.filter((machine) => isRetired(machine) && machine.cordoned === true);
  const serves = (machine: WireMachine) =>
    machine.state === 'started' || (isIdle(machine) && startsForRequests(machine));
  const fleet = there.filter((one) => !isRetired(one) && one.cordoned !== true && serves(one));
  return retired
    .filter((blue) => {
      const newer = fleet.filter((one) => isOlder(machineRelease(blue) ?? '', machineRelease(one) ?? ''));
      return newer.length > 0 && standsFor(newer, retired, blue);
    })
    .map((machine) => ({ machine, kind: 'blue' }));
}

/** Machines of release commands whose release has come to its end. While it runs, the command may as well. */
function endedCommands(
  machines: readonly WireMachine[],
  releases: readonly WireRelease[],
): readonly StaleMachine[] {
  const ended = ['complete', 'failed', 'interrupted'];
  const hasEnded = (machine: WireMachine) =>
    releases.some(
      ({ version, status }) => releaseId(version) === machineRelease(machine) && ended.includes(status),
    );
  return present(machines)
    .filter((machine) => kindOfNew(machine, releases) === 'release-command' && hasEnded(machine))
    .map((machine) => ({ machine, kind: 'release-command' }));
}
