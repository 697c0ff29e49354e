import { releaseId, releaseVersion } from '../api/release.ts';
import type { WireMachine } from '../api/wire.ts';

/** Process groups flyctl invents for one-shot machines: they never serve. */
const oneShotGroups = ['fly_app_release_command', 'fly_app_test_machine_command', 'fly_app_console'];
const goneStates = ['destroyed', 'destroying', 'replaced', 'migrated'];

/**
 * The machines that deploys made and that are there: of the apps platform, not one-shot, not gone. One on a lost host of
 * which Fly tells nothing may be one of them, so it is.
 */
export function appMachines(machines: readonly WireMachine[]): readonly WireMachine[] {
  return machines.filter(
    (machine) =>
      (isManaged(machine) || isGroupUnknown(machine)) &&
      !oneShotGroups.includes(groupOf(machine)) &&
      !isGone(machine),
  );
}

/** Whether a machine has ended for ever, or is about to. */
export function isGone({ state }: Pick<WireMachine, 'state'>): boolean {
  return goneStates.includes(state);
}

/** Those of them that serve the app. What is cordoned has no traffic, and a canary none until it is well. */
export function servingMachines(machines: readonly WireMachine[]): readonly WireMachine[] {
  return appMachines(machines).filter((machine) => machine.cordoned !== true && !isIdleCanary(machine));
}

/** A canary stands beside the fleet: while its checks do not pass, Fly sends it nothing and nothing is missing. */
function isIdleCanary(machine: WireMachine): boolean {
  if (metadataOf(machine).fly_canary !== 'true') return false;
  const isWell = (machine.checks ?? []).every(({ status }) => status === 'passing');
  return machine.state !== 'started' || !isWell;
}

type Configured = Pick<WireMachine, 'config' | 'incomplete_config'>;

/** The process group of a machine. */
export function groupOf(machine: Configured): string {
  return metadataOf(machine).fly_process_group ?? 'app';
}

/** Whether flyctl takes a machine for its own. */
export function isManaged(machine: Configured): boolean {
  return metadataOf(machine).fly_platform_version === 'v2';
}

export function metadataOf(machine: Configured): Readonly<Record<string, string>> {
  return configOf(machine)?.metadata ?? {};
}

/** What is known of a machine's configuration: on a host that does not answer a part of it, or nothing. */
export function configOf({ config, incomplete_config: incomplete }: Configured): WireMachine['config'] {
  return config ?? incomplete;
}

/** The release a machine was made for, by flyctl's own metadata; undefined when it has none. */
export function machineRelease(machine: WireMachine): string | undefined {
  const version = metadataOf(machine).fly_release_version;
  return version === undefined ? undefined : releaseId(Number(version));
}

/** The newest version that serving machines are marked with; zero where there is none. */
export function newestOn(machines: readonly WireMachine[]): number {
  return Math.max(
    0,
    ...servingMachines(machines).map((one) => releaseVersion(machineRelease(one) ?? '') ?? 0),
  );
}

/** On a host that does not answer: what it runs, and whether it does, nobody knows. */
export function isHostLost({ host_status: host = 'ok' }: Pick<WireMachine, 'host_status'>): boolean {
  return host !== 'ok';
}

/**
 * Ids of the fleet's machines on lost hosts, where there are others beside them. flyctl takes a lease of every machine it
 * is to change, and gives up after a minute where a host does not answer (source: `machineSet.AcquireLeases`; seen on a
 * running binary).
 */
export function lostBeside(machines: readonly WireMachine[]): readonly string[] {
  const fleet = appMachines(machines);
  const lost = fleet.filter(isHostLost);
  return lost.length === fleet.length ? [] : lost.map(({ id }) => id);
}

/** Lost, and Fly does not even tell which process group it is of. */
export function isGroupUnknown(machine: Configured & Pick<WireMachine, 'host_status'>): boolean {
  return isHostLost(machine) && configOf(machine) === undefined;
}

/** What a machine runs, by what cannot be moved. Of a lost one Fly tells an empty digest. */
export function digestOfMachine({ image_ref: image }: Pick<WireMachine, 'image_ref'>): string | undefined {
  return image?.digest === '' ? undefined : image?.digest;
}
