import type { Live, Release } from '../platforms/platform.ts';
import type { Known } from './state.ts';

/** How what serves now relates to what this rollout knows. */
export type Standing =
  /** Exactly what served before. */
  | 'as-before'
  /** This run's release has all the traffic or a share of it, and nobody else's has any. */
  | 'ours'
  /** Nothing serves, though something did before. */
  | 'nothing'
  /** Someone else has moved the target. */
  | 'others';

export type Role = 'wanted' | 'back' | 'before';

export function standing(live: Live, known: Known): Standing {
  const before = servingReleases(known.before.live);
  const now = servingReleases(live);
  if (now.length === 0) return before.length === 0 ? 'as-before' : 'nothing';
  const roles = now.map((release) => roleOf(release, known));
  if (roles.includes(undefined)) return 'others';
  if (roles.some((role) => role !== 'before')) return 'ours';
  // A mix that has resolved itself was moved by whoever caused it, and that was not this run.
  return now.length === before.length ? 'as-before' : 'others';
}

/** Whether the release in `role` has all the traffic. */
export function serves(live: Live, role: Role, known: Known): boolean {
  return live.kind === 'one' && roleOf(live.release, known) === role;
}

/**
 * The part a release plays. An id decides before an artifact does: a redeploy of the same image is another
 * release, but a release that a platform made anew from a known artifact is that one again.
 */
export function roleOf(release: Release, known: Known): Role | undefined {
  const cast: (readonly [Role, Release])[] = [];
  if (known.wanted !== undefined) cast.push(['wanted', known.wanted]);
  if (known.back !== undefined) cast.push(['back', known.back]);
  for (const before of servingReleases(known.before.live)) cast.push(['before', before]);
  const sameId = cast.find(([, member]) => member.id === release.id);
  const sameArtifact = () =>
    cast.find(([, member]) => member.artifact !== undefined && member.artifact === release.artifact);
  return (sameId ?? sameArtifact())?.[0];
}

export function servingReleases(live: Live): readonly Release[] {
  if (live.kind === 'nothing') return [];
  return live.kind === 'one' ? [live.release] : live.shares.map((share) => share.release);
}

/** `v42`, `v42 and v43`, or `nothing`: for the log. */
export function describeLive(live: Live | undefined): string {
  if (live === undefined) return 'unknown';
  const labels = servingReleases(live).map((release) => release.label);
  if (live.kind === 'nothing') return 'nothing';
  return live.switchedOff === true ? `nothing (${labels.join(' and ')} is stopped)` : labels.join(' and ');
}
