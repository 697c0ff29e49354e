import type { Release } from '../../platform.ts';
import { releaseId, releaseVersion } from '../api/release.ts';
import type { WireMachine, WireRelease } from '../api/wire.ts';
import { appMachines, groupOf, isGone, isHostLost, machineRelease, metadataOf } from './fleet.ts';
import { partName } from './parts.ts';

/**
 * What a `flyctl deploy` that failed or was killed left beside the fleet: a canary, a green machine of a bluegreen
 * deploy that did not end, a blue one it had no time to destroy, or the machine of a release command.
 */
export interface StaleMachine {
  readonly machine: WireMachine;
  readonly kind: 'canary' | 'green' | 'blue' | 'release-command';
}

/** flyctl's own metadata. It writes them when it makes a machine, and an update of the machine keeps them. */
const metadataKeys = {
  canary: 'fly_canary',
  launch: 'fly_flyctl_bluegreen_launch_id',
  tag: 'fly_bluegreen_deployment_tag',
} as const;

/** The name of the mark that blue machines get at the switch, and that must go when they are to stay. */
export const blueTag = metadataKeys.tag;

/** Whether bluegreen has switched away from this machine and meant to destroy it. */
export function isRetired(machine: WireMachine): boolean {
  return metadataOf(machine)[metadataKeys.tag] === 'safe_to_destroy';
}

/** The machines of releases this run made that take no traffic: they can go without anyone missing them. */
export function idleStaleMachines(
  machines: readonly WireMachine[],
  { releases, isOurs }: { readonly releases: readonly WireRelease[]; isOurs(release: string): boolean },
): readonly StaleMachine[] {
  return present(machines).flatMap((machine) => {
    const kind = kindOfNew(machine, releases);
    const release = machineRelease(machine);
    if (kind === undefined || release === undefined || !isOurs(release)) return [];
    return kind === 'green' && machine.cordoned !== true ? [] : [{ machine, kind }];
  });
}

/**
 * The machines this run made that take traffic beside somebody else's: where those stand for them, in number and place,
 * they can go. Asked only where another release has come between.
 */
export function overtakenMachines(
  machines: readonly WireMachine[],
  { releases, isOurs }: { readonly releases: readonly WireRelease[]; isOurs(release: string): boolean },
): readonly StaleMachine[] {
  const serving = onLiveHosts(machines).filter(({ cordoned }) => cordoned !== true);
  const isOwn = (machine: WireMachine) => isOurs(machineRelease(machine) ?? '');
  const greens = serving.filter((machine) => isOwn(machine) && kindOfNew(machine, releases) === 'green');
  const others = serving.filter(
    (machine) => !isOwn(machine) && !isRetired(machine) && machine.state === 'started',
  );
  return greens
    .filter((green) => standsFor(others, greens, green))
    .map((machine) => ({ machine, kind: 'green' as const }));
}

/**
 * What a bluegreen deploy that was killed left of two fleets: flyctl refuses the next one while both are there. The blue
 * machines go where it had begun to retire them and the green ones serve in their number; else the green ones, where
 * none of them serves or the blue ones do in their number.
 */
export function interruptedMachines(
  machines: readonly WireMachine[],
  releases: readonly WireRelease[],
): readonly StaleMachine[] {
  const there = onLiveHosts(machines);
  const isOpen = (machine: WireMachine) =>
    releases.some(
      ({ version, status }) => releaseId(version) === machineRelease(machine) && status !== 'complete',
    );
  const greens = there.filter((machine) => kindOfNew(machine, releases) === 'green' && isOpen(machine));
  const blues = there.filter((machine) => !greens.includes(machine));
  if (greens.length === 0 || blues.length === 0) return [];
  const serves = ({ cordoned, state }: WireMachine) => cordoned !== true && state === 'started';
  const stands = (these: readonly WireMachine[], those: readonly WireMachine[]) =>
    these.every(serves) && those.every((one) => standsFor(these, those, one));
  // Nothing goes that the others do not stand for.
  if (stands(greens, blues) && blues.some(isRetired))
    return blues.map((machine) => ({ machine, kind: 'blue' }));
  const areIdle = !greens.some(serves);
  return areIdle || stands(blues, greens) ? greens.map((machine) => ({ machine, kind: 'green' })) : [];
}

/** Whether there are as many of `these` as of `those` where `one` of those is: in its process group and its region. */
export function standsFor(
  these: readonly WireMachine[],
  those: readonly WireMachine[],
  one: WireMachine,
): boolean {
  const count = (machines: readonly WireMachine[]) =>
    machines.filter((machine) => partName(machine) === partName(one)).length;
  return count(these) >= count(those);
}

/** What a restore of `keep` takes away; a release command of somebody else's deploy is none of its business. */
export function staleMachinesBeside(
  machines: readonly WireMachine[],
  keep: Release,
  { releases, isOurs }: { readonly releases: readonly WireRelease[]; isOurs(release: string): boolean },
): readonly StaleMachine[] {
  const there = present(machines);
  const hasSwitched = there.some((machine) => isRetired(machine) && machineRelease(machine) === keep.id);
  return there.flatMap((machine): StaleMachine[] => {
    const release = machineRelease(machine);
    if (release === undefined || release === keep.id) return [];
    if (isRetired(machine) && isOlder(release, keep.id)) return [{ machine, kind: 'blue' }];
    const kind = kindOfNew(machine, releases);
    if (kind === undefined || (kind === 'release-command' && !isOurs(release))) return [];
    // One that serves may be the fleet itself, since a bluegreen deploy that went well: its mark stays.
    const mayServe = kind === 'green' && machine.cordoned !== true && !hasSwitched && !isOurs(release);
    return mayServe ? [] : [{ machine, kind }];
  });
}

/** `canary 148e272b9e0d89 of v43`. */
export function describeStaleMachine({ machine, kind }: StaleMachine): string {
  const names = {
    canary: 'canary',
    green: 'green machine',
    blue: 'blue machine',
    'release-command': 'release command machine',
  };
  return `${names[kind]} ${machine.id} of ${machineRelease(machine) ?? 'no release'}`;
}

/** What is on a lost host stands for nothing, and keeps nothing from being cleared away. */
export function onLiveHosts(machines: readonly WireMachine[]): readonly WireMachine[] {
  return appMachines(machines).filter((machine) => !isHostLost(machine));
}

export function present(machines: readonly WireMachine[]): readonly WireMachine[] {
  return machines.filter((machine) => !isGone(machine) && metadataOf(machine).fly_platform_version === 'v2');
}

/** Whether a machine was made by a deploy, beside the fleet, that has not come to a good end. */
export function isUnfinished(machine: WireMachine, releases: readonly WireRelease[]): boolean {
  const kind = kindOfNew(machine, releases);
  const release = releases.find(({ version }) => releaseId(version) === machineRelease(machine));
  return (kind === 'canary' || kind === 'green') && release?.status !== 'complete';
}

/** What a machine was made as. One that was there before its release is of the fleet, whatever marks it has kept. */
export function kindOfNew(
  machine: WireMachine,
  releases: readonly WireRelease[],
): StaleMachine['kind'] | undefined {
  const metadata = metadataOf(machine);
  if (groupOf(machine) === 'fly_app_release_command') return 'release-command';
  if (appMachines([machine]).length === 0 || !wasMadeFor(machine, releases)) return undefined;
  if (metadata[metadataKeys.canary] === 'true') return 'canary';
  return metadata[metadataKeys.launch] === undefined ? undefined : 'green';
}

function wasMadeFor(machine: WireMachine, releases: readonly WireRelease[]): boolean {
  const release = releases.find(({ version }) => releaseId(version) === machineRelease(machine));
  if (release === undefined || machine.created_at === undefined) return false;
  return Date.parse(machine.created_at) >= Math.floor(Date.parse(release.createdAt) / 1000) * 1000;
}

export function isOlder(release: string, than: string): boolean {
  return (releaseVersion(release) ?? Number.POSITIVE_INFINITY) < (releaseVersion(than) ?? 0);
}
