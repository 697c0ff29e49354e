import type { Live, LiveShare, Release } from '../platform.ts';
import { releaseId, releaseVersion, toRelease } from './release.ts';
import type { WireMachine, WireRelease } from './wire.ts';

/** Process groups flyctl invents for one-shot machines: they never serve. */
const oneShotGroups = ['fly_app_release_command', 'fly_app_test_machine_command', 'fly_app_console'];
const goneStates = ['destroyed', 'destroying', 'replaced', 'migrated'];

/** The machines that serve the app: of the apps platform, not one-shot, not gone. */
export function servingMachines(machines: readonly WireMachine[]): readonly WireMachine[] {
  return machines.filter((machine) => {
    const metadata = metadataOf(machine);
    return (
      metadata.fly_platform_version === 'v2' &&
      !oneShotGroups.includes(metadata.fly_process_group ?? '') &&
      !goneStates.includes(machine.state)
    );
  });
}

export function metadataOf(machine: WireMachine): Readonly<Record<string, string>> {
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
