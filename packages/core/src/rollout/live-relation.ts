import type { Live, Release } from '../platforms/platform.ts';
import type { RolloutContext } from './state.ts';

/** How what serves now relates to what this rollout knows. */
export type LiveRelation =
  /** Exactly what served before. */
  | 'as-before'
  /** This run's release has all the traffic or a share of it, and nobody else's has any. */
  | 'ours'
  /** Nothing serves, though something did before. */
  | 'nothing'
  /** Someone else has moved the target. */
  | 'others';

function origins(releases: readonly Release[]): number {
  return new Set(releases.map(originOf)).size;
}

export type Role = 'wanted' | 'back' | 'before';

export function liveRelation(live: Live, known: RolloutContext): LiveRelation {
  const before = servingReleases(known.before.live);
  const now = servingReleases(live);
  if (now.length === 0) return before.length === 0 ? 'as-before' : 'nothing';
  const roles = now.map((release) => roleOf(release, known));
  if (roles.includes(undefined)) return 'others';
  if (roles.some((role) => role !== 'before')) return 'ours';
  // A mix that has resolved itself was moved by whoever caused it, and that was not this run.
  return origins(now) === origins(before) ? 'as-before' : 'others';
}

/**
 * Whether the release in `role` has all the traffic: alone, or beside copies of itself that a restore made. What
 * nobody manages takes its share too.
 */
export function serves(live: Live, role: Role, known: RolloutContext): boolean {
  return !isBeside(live) && runs(live, role, known);
}

/** Whether everything that can be switched is the release in `role`, whatever answers beside it. */
export function runs(live: Live, role: Role, known: RolloutContext): boolean {
  const now = servingReleases(live);
  if (now.length === 0) return false;
  const member = role === 'before' ? soleRelease(known.before.live) : known[role];
  return member !== undefined && now.every((release) => plays(release, role, member, known));
}

/** Whether something answers beside what the platform's client manages. */
export function isBeside({ unmanaged = [] }: Live): boolean {
  return unmanaged.length > 0;
}

/**
 * The part a release plays. The same id is the same release; one that brought back an older one plays that one's
 * part. Equal artifacts prove nothing: two releases of one image differ in configuration, and in whose they are.
 */
export function roleOf(release: Release, known: RolloutContext): Role | undefined {
  const cast: (readonly [Role, Release])[] = [];
  if (known.wanted !== undefined) cast.push(['wanted', known.wanted]);
  if (known.back !== undefined) cast.push(['back', known.back]);
  for (const before of servingReleases(known.before.live)) cast.push(['before', before]);
  const sameId = cast.find(([, member]) => member.id === release.id);
  const asCopy = () => cast.find(([role, member]) => plays(release, role, member, known));
  return (sameId ?? asCopy())?.[0];
}

/**
 * Whether a release is the `member` in `role`, or plays its part as a copy. A run that makes a release live by shipping
 * it never makes a copy of it: whoever did has a say in it now. What a platform deploys by itself it may deploy again.
 */
function plays(release: Release, role: Role, member: Release, { plan, unchanged }: RolloutContext): boolean {
  const isShipped = plan.activation === 'with-obtain' && plan.obtain === 'ship';
  const isOwnOnly = role === 'wanted' && isShipped && !unchanged;
  return release.id === member.id || (!isOwnOnly && isSame(release, member));
}

/** Whether two releases are one, or copies of one: an older release that was brought back is that one again. */
export function isSame(one: Release, other: Release): boolean {
  return originOf(one) === originOf(other);
}

/** Id of the release that was shipped: that of its own, or of the one it brought back. */
export function originOf({ id, restores }: Release): string {
  return restores ?? id;
}

export function servingReleases(live: Live): readonly Release[] {
  if (live.kind === 'nothing') return [];
  return live.kind === 'one' ? [live.release] : live.shares.map((share) => share.release);
}

/** The release that has all the traffic, alone or beside copies of itself; undefined where there are several, or none. */
export function soleRelease(live: Live): Release | undefined {
  const [release, ...others] = servingReleases(live);
  return release !== undefined && others.every((other) => isSame(other, release)) ? release : undefined;
}

/** `v42 serves`, `v43 and v42 serve`, `nothing serves`: for the log. */
export function describeServing(live: Live | undefined): string {
  if (live === undefined) return 'what serves is not known';
  const { unmanaged = [] } = live;
  const count = servingReleases(live).length + unmanaged.length;
  // A clause that names what nobody manages stands last, and ends before the verb.
  const end = unmanaged.length > 0 && live.switchedOff !== true ? ',' : '';
  return `${describeLive(live)}${end} ${count > 1 && live.switchedOff !== true ? 'serve' : 'serves'}`;
}

/** `v42`, `v42 and v43`, or `nothing`: for the log. */
export function describeLive(live: Live | undefined): string {
  if (live === undefined) return 'unknown';
  const labels = servingReleases(live).map((release) => release.label);
  const beside = (live.unmanaged ?? []).map(({ id }) => `${id}, which nobody manages`);
  const all = [...labels, ...beside];
  if (all.length === 0) return 'nothing';
  if (live.switchedOff !== true) return all.join(' and ');
  return `nothing (${labels.join(' and ')} ${labels.length > 1 ? 'are' : 'is'} stopped)`;
}
