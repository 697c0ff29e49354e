import type { Live, LiveShare, Release } from '../platform.ts';
import { releaseId, releaseVersion, toRelease } from './release.ts';
import type { WireMachine, WireRelease } from './wire.ts';

/** Process groups flyctl invents for one-shot machines: they never serve. */
const oneShotGroups = ['fly_app_release_command', 'fly_app_test_machine_command', 'fly_app_console'];
const goneStates = ['destroyed', 'destroying', 'replaced', 'migrated'];

/** The machines that deploys made and that are there: of the apps platform, not one-shot, not gone. */
export function appMachines(machines: readonly WireMachine[]): readonly WireMachine[] {
  return machines.filter(
    (machine) =>
      metadataOf(machine).fly_platform_version === 'v2' &&
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

/** The process group of a machine. */
export function groupOf(machine: Pick<WireMachine, 'config' | 'incomplete_config'>): string {
  return metadataOf(machine).fly_process_group ?? 'app';
}

export function metadataOf(
  machine: Pick<WireMachine, 'config' | 'incomplete_config'>,
): Readonly<Record<string, string>> {
  return (machine.config ?? machine.incomplete_config)?.metadata ?? {};
}

/** The release a machine was made for, by flyctl's own mark; undefined when it has none. */
export function machineRelease(machine: WireMachine): string | undefined {
  const version = metadataOf(machine).fly_release_version;
  return version === undefined ? undefined : releaseId(Number(version));
}

/**
 * What the fleet serves. A machine counts for the release it is marked with and the image it runs: one whose image
 * was changed by hand is a release of its own here, since what it serves is not what the mark says.
 */
export function liveOf(machines: readonly WireMachine[], releases: readonly WireRelease[]): Live {
  const serving = servingMachines(machines);
  const groups = new Map<string, WireMachine[]>();
  for (const machine of serving) {
    const key = `${machineRelease(machine) ?? '?'} ${machine.image_ref?.digest ?? '?'}`;
    groups.set(key, [...(groups.get(key) ?? []), machine]);
  }
  const shares: LiveShare[] = [...groups.values()].map((group) => ({
    release: releaseOf(group, releases),
    share: group.length / serving.length,
  }));
  const [first, ...others] = shares.sort((a, b) => b.share - a.share || newerFirst(a.release, b.release));
  if (first === undefined) return { kind: 'nothing' };
  return others.length === 0
    ? { kind: 'one', release: { ...first.release, state: 'live' } }
    : { kind: 'mixed', shares };
}

/** Whether every machine runs the image of the release it is marked with. */
export function isExplained(live: Live): boolean {
  const serving = live.kind === 'mixed' ? live.shares.map(({ release }) => release) : [];
  if (live.kind === 'one') serving.push(live.release);
  return serving.every(({ id }) => releaseVersion(id) !== undefined);
}

function newerFirst(a: Release, b: Release): number {
  return b.id.localeCompare(a.id, 'en', { numeric: true });
}

function releaseOf(group: readonly WireMachine[], releases: readonly WireRelease[]): Release {
  const [machine] = group;
  const id = machine === undefined ? undefined : machineRelease(machine);
  const digest = machine?.image_ref?.digest;
  const commit = machine?.image_ref?.labels?.GH_SHA;
  const known = releases.find((wire) => releaseId(wire.version) === id);
  const release = known === undefined ? unknownRelease(id, machine?.updated_at) : toRelease(known);
  const foreign = release.artifact !== undefined && digest !== undefined && release.artifact !== digest;
  return {
    ...release,
    ...(foreign ? withImage(release, digest) : {}),
    ...(digest === undefined ? {} : { artifact: digest }),
    ...(commit === undefined ? {} : { commit }),
  };
}

/** What somebody made of a release by hand: no release holds it, so it cannot be brought back. */
function withImage(release: Release, digest: string) {
  return {
    id: `${release.id}+${digest.slice(7, 15)}`,
    label: `${release.label} with another image`,
    restorable: 'no',
    restorableWhy: 'its image was put on the machines by hand, and no release holds it',
  } as const;
}

/** Known only by its machines: older than what the platform listed, or made by a client that does not mark them. */
function unknownRelease(id: string | undefined, updated: string | undefined): Release {
  const seen = { state: 'superseded', created: updated ?? '' } as const;
  if (id !== undefined) return { ...seen, id, label: id, restorable: 'unknown' };
  const restorableWhy = 'its machines name no release';
  return { ...seen, id: 'unmarked', label: 'unmarked', restorable: 'no', restorableWhy };
}
