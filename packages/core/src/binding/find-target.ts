import type { Live, Platform, Release, Target } from '../platforms/platform.ts';
import { type ChosenTarget, chooseTarget, type WantedTarget } from '../rollout/choose-target.ts';
import type { LastVerified } from '../rollout/ports.ts';
import type { History } from './history.ts';

const dayMs = 24 * 60 * 60 * 1000;

/** How far back a rollback walks by itself. */
export const walkLimits = { maxSteps: 5, maxAgeMs: 30 * dayMs } as const;

/** Releases asked of the platform: what is older than these was pruned long ago. */
const releasesAtMost = 200;

export interface TargetRequest {
  readonly platform: Platform;
  readonly target: Target;
  readonly history: History;
  readonly live: Live;
  readonly wanted: WantedTarget;
  readonly allowUnverified: boolean;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/**
 * Chooses the release to go back to, and lets the platform confirm that it still has it: one whose artifact is
 * gone is passed over, and the walk goes on from there.
 */
export async function findTarget(request: TargetRequest): Promise<ChosenTarget> {
  const { platform, target, history, live, wanted, allowUnverified, now } = request;
  const records = await history.records();
  const releases = await firstOf(platform.releases(target), releasesAtMost);
  const confirmed = new Set<string>();
  for (;;) {
    const answer = chooseTarget({
      ...{ wanted, live, records, releases, allowUnverified, now },
      ...walkLimits,
    });
    const named = namedIn(answer);
    if (named === undefined || confirmed.has(named.id)) return answer;
    const release = await platform.inspect(target, named.id);
    confirmed.add(release.id);
    const at = releases.findIndex(({ id }) => id === release.id);
    if (at >= 0) releases[at] = release;
  }
}

/** What is taken, or what is said to be there instead: both have to be. */
function namedIn(answer: ChosenTarget): Release | undefined {
  if (answer.kind === 'target') return answer.release;
  return answer.kind === 'no-target' ? answer.otherCandidate : undefined;
}

/** The release an automatic restore goes back to when what was live before cannot be trusted. */
export async function lastVerifiedRelease(
  request: Omit<TargetRequest, 'wanted' | 'allowUnverified'>,
): Promise<LastVerified> {
  const answer = await findTarget({ ...request, wanted: { kind: 'last-verified' }, allowUnverified: false });
  switch (answer.kind) {
    case 'target':
      return { kind: 'found', release: answer.release };
    case 'already-live':
      return { kind: 'none', why: 'The last verified release is the one that serves.' };
    case 'no-target':
      return { kind: 'none', why: answer.why };
  }
}

async function firstOf(releases: AsyncIterable<Release>, count: number): Promise<Release[]> {
  const taken: Release[] = [];
  for await (const release of releases) {
    taken.push(release);
    if (taken.length === count) break;
  }
  return taken;
}
