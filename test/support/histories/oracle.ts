import type { Serving } from '../../../packages/core/src/outcome/outcome.ts';
import type { Build, Group } from './build.ts';
import type { Chronicle, Told } from './chronicle.ts';
import { type Machine, owedIn, servingIn } from './fleet.ts';
import { servingOf } from './numbered-world.ts';
import type { Played } from './play-history.ts';

// What was really so, judged from outside: nothing here asks the code under test.

/**
 * Whether nothing has changed since the run last saw the truth: what came later cannot be told. A cancelled run has one
 * second left, and that is too short to ask again.
 */
export function hasSeenAll({ process, changes }: Played): boolean {
  return process.sights.at(-1)?.change === changes && !process.isMisled;
}

/** The release that a version is a copy of, as far as this run can know: by its own doing, or by a record. */
export function originIn({ run, process }: Played, chronicle: Chronicle, version: number): number {
  const made = process.world.get(version);
  const isRecorded = (chronicle[version - 1]?.origin ?? version) !== version;
  const isKnown = made.maker === run.name || isRecorded;
  if (made.copyOf === undefined || !isKnown) return version;
  return originIn({ run, process } as Played, chronicle, made.copyOf);
}

/** Versions, each copy as what it is a copy of. */
export function originsOf(played: Played, versions: readonly number[]): readonly number[] {
  return [...new Set(versions.map((version) => originIn(played, played.chronicle, version)))];
}

/** The versions this run has made, in their order. */
export function ownVersions({ process, run }: Played, does: 'ships' | 'brings back'): readonly number[] {
  return process.world.made
    .filter(({ maker, copyOf }) => maker === run.name && (copyOf === undefined) === (does === 'ships'))
    .map(({ version }) => version);
}

/**
 * What `serving` may say: the truth, and the truth as far as the records told it at the beginning, since nobody has to
 * ask them again of what came meanwhile.
 */
export function truths(played: Played): readonly Serving[] {
  return [truth(played), truth({ ...played, chronicle: played.known })];
}

function truth(played: Played): Serving {
  const { machines, before, verdict, run, process } = played;
  const [origin, ...others] = originsOf(played, servingOf(machines));
  if (origin === undefined) return 'nothing';
  if (others.length > 0) return 'mixed';
  const isBefore = originsOf(played, servingOf(before?.machines ?? [])).includes(origin);
  const wanted = verdict?.release === undefined ? undefined : versionOf(verdict.release.id);
  if (run.asked.kind === 'rollback') {
    if (wanted !== undefined && originsOf(played, [wanted])[0] === origin) return 'old';
    return isBefore ? 'new' : 'unknown';
  }
  const own = ownVersions(played, 'ships');
  // One that another run brought back is that run's.
  if (own.includes(origin)) return servingOf(machines).every((one) => own.includes(one)) ? 'new' : 'unknown';
  // What it found there was what it wanted, and nothing was shipped.
  if (isBefore) return wanted !== undefined && process.world.get(wanted).maker !== run.name ? 'new' : 'old';
  return originsOf(played, ownVersions(played, 'brings back')).includes(origin) ? 'old' : 'unknown';
}

export function versionOf(id: string): number {
  return Number(id.slice(1));
}

/** What of a build is not there though it has it, or ran before: `worker: 0 of 1`. */
export function missing(
  machines: readonly Machine[],
  build: Build,
  before: readonly Machine[],
): readonly string[] {
  const groups: readonly Group[] = build.hasWorker ? ['web', 'worker'] : ['web'];
  return groups.flatMap((group) => {
    const [has, owed] = [servingIn(machines, group), Math.max(1, owedIn(before, group))];
    return has >= owed ? [] : [`${group}: ${has} of ${owed}`];
  });
}

/** Groups that have machines and serve nobody. */
export function deadGroups(machines: readonly Machine[]): readonly Group[] {
  const groups = [...new Set(machines.map(({ group }) => group))];
  return groups.filter((group) => servingIn(machines, group) === 0);
}

/** The one release that served directly before this run's own took traffic. */
export function directlyBefore(played: Played): number | undefined {
  const { process } = played;
  const took = ownVersions(played, 'ships').flatMap((version) => process.world.get(version).tookFrom ?? []);
  return originsOf(played, took).length === 1 ? took[0] : undefined;
}

export function told(chronicle: Chronicle, version: number): Told {
  const one = chronicle[version - 1];
  if (one === undefined) throw new Error(`Nothing is told of v${version}.`);
  return one;
}
