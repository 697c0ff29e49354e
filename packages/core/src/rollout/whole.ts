import type { Live, Release } from '../platforms/platform.ts';
import { servingReleases } from './live-relation.ts';

/** Whether something has ended by itself and was not started again: nothing may be called live, or unchanged, then. */
export function hasEnded({ parts = [] }: Live): boolean {
  return parts.some(({ ended }) => ended > 0);
}

/** Whether one release has all the traffic, under one number, and nothing of it is down that nobody stopped. */
export function isWhole(live: Live): boolean {
  return servingReleases(live).length === 1 && !hasEnded(live);
}

/** How many instances there are at all. */
export function instancesOf({ parts }: Live): number | undefined {
  return parts?.reduce(
    (sum, { running, resting, ended, unknown }) => sum + running + resting + ended + unknown,
    0,
  );
}

/** A look that shows less than the one before it: a stale answer tells such things, so it is asked again. */
export function isSurprising(before: Live | undefined, now: Live): boolean {
  if (before === undefined) return false;
  if (now.kind === 'nothing') return before.kind !== 'nothing';
  const [had, has] = [instancesOf(before), instancesOf(now)];
  return had !== undefined && has !== undefined && has < had;
}

/** Whether two looks show the same releases, and as many instances. */
export function isAlike(one: Live, other: Live): boolean {
  const ids = (live: Live) =>
    servingReleases(live)
      .map(({ id }) => id)
      .sort()
      .join();
  return ids(one) === ids(other) && instancesOf(one) === instancesOf(other);
}

/** A look that shows only what was made before a release that has served since: as stale as one that shows less. */
export function isOlder(now: Live, than: Release | undefined): boolean {
  const newest = newestOf(now);
  return newest !== undefined && than !== undefined && madeAt(newest) < madeAt(than);
}

export function newestOf(live: Live): Release | undefined {
  return servingReleases(live).reduce<Release | undefined>(
    (newest, release) => (newest !== undefined && madeAt(newest) >= madeAt(release) ? newest : release),
    undefined,
  );
}

/** Not a number where the platform does not tell: then nothing is older. */
function madeAt({ created }: Release): number {
  return Date.parse(created);
}
