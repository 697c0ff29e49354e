import { defined } from '../../../text/defined.ts';
import type { Live, LiveShare, Release, Running } from '../../platform.ts';
import { digestOfMachine, isHostLost, machineRelease, servingMachines } from '../machines/fleet.ts';
import { isSwitchedOff } from '../machines/idle.ts';
import { exitsOf, partsOf } from '../machines/parts.ts';
import { lostUnmanagedMachines, type UnmanagedQuestion, unmanagedMachinesOf } from '../machines/unmanaged.ts';
import { releaseId, releaseVersion, toRelease } from './release.ts';
import type { WireMachine, WireRelease } from './wire.ts';

/** What is asked of a fleet beside its machines. */
export interface FleetQuestion extends UnmanagedQuestion {
  readonly releases: readonly WireRelease[];
}

/**
 * What the fleet serves. A machine counts for the release it is marked with and the image it runs: one whose image
 * was changed by hand is a release of its own here, since what it serves is not what the mark says.
 */
export function liveOf(machines: readonly WireMachine[], { releases, ...question }: FleetQuestion): Live {
  const serving = servingMachines(machines);
  const inSight = serving.filter((machine) => !isHostLost(machine));
  // With every host lost, the marks are all there is to go by.
  const known = inSight.length > 0 ? inSight : serving;
  const shares = sharesOf(known, releases);
  const running = runningOf(serving, machines, question);
  const [first, ...others] = shares;
  if (first === undefined) return { kind: 'nothing', ...running };
  // What was running when it was last seen may still be.
  const off = inSight.length > 0 && isSwitchedOff(serving) ? { switchedOff: true as const } : {};
  return others.length === 0
    ? { kind: 'one', release: { ...first.release, state: 'live' }, ...off, ...running }
    : { kind: 'mixed', shares, ...off, ...running };
}

function sharesOf(serving: readonly WireMachine[], releases: readonly WireRelease[]): readonly LiveShare[] {
  const groups = Map.groupBy(
    serving,
    (machine) => `${machineRelease(machine) ?? '?'} ${digestOfMachine(machine) ?? '?'}`,
  );
  const shares = [...groups.values()].map(
    (group): LiveShare => ({
      release: releaseOf(group, releases),
      share: group.length / serving.length,
    }),
  );
  return apart(shares.sort((a, b) => b.share - a.share || newerFirst(a.release, b.release)));
}

/** One release cannot be two images: where a tag moved in the middle of it, the smaller share is told apart. */
function apart(shares: readonly LiveShare[]): readonly LiveShare[] {
  return shares.map((share, at) => {
    const isSecond = shares.slice(0, at).some(({ release }) => release.id === share.release.id);
    const { artifact } = share.release;
    if (!isSecond || artifact === undefined) return share;
    return { ...share, release: { ...share.release, ...withImage(share.release, artifact) } };
  });
}

/** What runs of it, and what runs beside it. */
export function runningOf(
  serving: readonly WireMachine[],
  machines: readonly WireMachine[],
  question: Omit<FleetQuestion, 'releases'>,
): Running {
  const { unmanaged } = unmanagedMachinesOf(machines, question);
  const lost = [...serving.filter(isHostLost), ...lostUnmanagedMachines(machines, question.accepted)];
  return {
    parts: partsOf(serving),
    // What was last seen of a lost machine is no news, and its schedule may not be told.
    exits: exitsOf(serving.filter((machine) => !isHostLost(machine))),
    ...(unmanaged.length === 0 ? {} : { unmanaged }),
    ...(lost.length === 0 ? {} : { outOfSight: lost.map(({ id }) => `machine ${id}`) }),
  };
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
  const digest = machine && digestOfMachine(machine);
  const commit = machine?.image_ref?.labels?.GH_SHA;
  const known = releases.find((wire) => releaseId(wire.version) === id);
  const release = known === undefined ? unknownRelease(id, machine?.updated_at) : toRelease(known);
  const foreign = release.artifact !== undefined && digest !== undefined && release.artifact !== digest;
  return {
    ...release,
    ...(foreign ? withImage(release, digest) : {}),
    ...defined({ artifact: digest, commit }),
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
