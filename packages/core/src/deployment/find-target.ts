import { artifactOf, originOf } from '../ledger/origin.ts';
import type { LedgerRecord } from '../ledger/record.ts';
import type { Live, Platform, Release, Target } from '../platforms/platform.ts';
import type { WantedTarget } from '../platforms/wanted-target.ts';
import { type ChosenTarget, chooseTarget } from '../rollout/choose-target.ts';
import { withClaims } from '../rollout/claimed.ts';
import type { LastVerified } from '../rollout/ports.ts';
import { defined } from '../text/defined.ts';
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
  const listed = await firstOf(platform.releases(target), releasesAtMost);
  const releases = listed.map((release) => withRecords(release, records));
  const confirmed = new Set<string>();
  for (;;) {
    const answer = chooseTarget({
      wanted,
      live,
      records,
      releases,
      allowUnverified,
      now,
      recordsRead: history.isReadable,
      ...walkLimits,
    });
    const named = namedIn(answer);
    if (named === undefined || confirmed.has(named.id)) {
      const isWalk = wanted.kind === 'last-verified' || wanted.kind === 'previous';
      return withClaims(answer, { claims: history.claims, releases, live, isWalk });
    }
    const release = withRecords(await platform.inspect(target, named), records);
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
  const wanted = { kind: 'last-verified' } as const;
  const verified = await findTarget({ ...request, wanted, allowUnverified: false });
  // A service whose releases are never checked has none that is verified: what settled is the best there is.
  const isUnchecked = !(await request.history.records()).some(hasPassed);
  const answer =
    verified.kind === 'no-target' && isUnchecked
      ? await findTarget({ ...request, wanted: { ...wanted, orSettled: true }, allowUnverified: false })
      : verified;
  switch (answer.kind) {
    case 'target':
      return { kind: 'found', release: answer.release };
    case 'already-live':
      return { kind: 'none', why: 'The last verified release is the one that serves.' };
    case 'no-target':
      return { kind: 'none', why: answer.why };
  }
}

/** What the platform does not keep: the digest of what it names by a tag, and what a release is a copy of. */
function withRecords(release: Release, records: readonly LedgerRecord[]): Release {
  const origin = originOf(records, release.id);
  const artifact = release.artifact ?? artifactOf(records, release.id);
  return {
    ...release,
    ...defined({ artifact }),
    ...(origin === release.id ? {} : { restores: origin }),
  };
}

async function firstOf(releases: AsyncIterable<Release>, count: number): Promise<Release[]> {
  const taken: Release[] = [];
  for await (const release of releases) {
    taken.push(release);
    if (taken.length === count) break;
  }
  return taken;
}

function hasPassed({ facts }: LedgerRecord): boolean {
  return facts.some(({ fact }) => fact.kind === 'verdict' && fact.verdict === 'pass');
}
