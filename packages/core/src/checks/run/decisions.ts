import type { CheckResult, ChecksReport } from '../check-result.ts';
import type { AttemptResult } from './attempt-result.ts';
import type { Decision } from './decide.ts';
import { decideCheck } from './decide.ts';
import type { Progress } from './progress.ts';
import type { WatchedUnit } from './watch.ts';

/** What every verdict of a run may depend on beside its check. */
export interface DecisionContext {
  /** Whether this runner reaches anything; asked only when it matters. */
  readonly control: () => Promise<boolean>;
  /** The preflight's report. */
  readonly previous: ChecksReport | undefined;
  /** Whether the previous release is down as well; asked only when it matters. */
  readonly previousDown: (track: Progress) => Promise<boolean>;
  /** `fail-fast` ended the run before all had their turn. */
  readonly hasFailedFast: boolean;
}

export type Decisions = ReadonlyMap<Progress, Decision>;

/** The verdict on each check, once its rounds are over. */
export async function decideAll(tracks: readonly Progress[], bench: DecisionContext): Promise<Decisions> {
  return withProof(
    new Map(await Promise.all(tracks.map(async (track) => [track, await decide(track, bench)] as const))),
  );
}

/** What a cache has from before the change proves nothing by itself: only beside the build that answers now it is good. */
function withProof(decisions: Decisions): Decisions {
  const isProof = ([{ check, isGate }, { outcome }]: readonly [Progress, Decision]) =>
    check.type === 'release' && isGate && outcome === 'pass';
  if ([...decisions].some(isProof)) return decisions;
  const unproved: Decision = { outcome: 'inconclusive', reason: 'cached' };
  return new Map(
    [...decisions].map(([track, decision]) => {
      const isOld = decision.outcome === 'pass' && track.last?.isKept === true;
      return [track, isOld ? unproved : decision];
    }),
  );
}

async function decide(track: Progress, bench: DecisionContext): Promise<Decision> {
  if (track.skipped !== undefined) return track.skipped;
  if (track.last === undefined && bench.hasFailedFast) return { outcome: 'skipped', reason: 'fail-fast' };
  return decided(track, track.last, { ...bench, streak: track.streak });
}

function decided(
  track: Progress,
  last: AttemptResult | undefined,
  {
    control,
    previous,
    previousDown,
    streak,
  }: Omit<DecisionContext, 'hasFailedFast'> & { readonly streak: number },
): Promise<Decision> {
  const { check, target } = track;
  // The run is lost by another gate; what held as often as it was asked has not failed to hold.
  const wanted = track.isCalledOff ? 1 : track.wanted;
  const before: CheckResult | undefined = previous?.results.find((result) => result.name === check.name);
  const endsAs = last?.endsAs ?? 'fail';
  return decideCheck(
    {
      last: last?.attempt,
      endsAs,
      errorReason: last?.reason,
      undecided: last?.undecided,
      streak,
      wanted,
      host: target?.host,
      before,
    },
    control,
    () => previousDown(track),
  );
}

/**
 * The verdicts after the watch. What is over its limit is judged by its bad rounds; what was cut short is not judged;
 * everything else has kept what it had.
 */
export async function decideWatched(
  decisions: Decisions,
  watched: readonly WatchedUnit[],
  bench: DecisionContext,
): Promise<Decisions> {
  const after = new Map(decisions);
  for (const { unit, over, blame, isCutShort } of watched) {
    const blamed = blame[over === 'errors' ? 'error' : 'bad'];
    if (over !== undefined && blamed !== undefined) {
      for (const track of unit.tracks) if (track.skipped !== undefined) after.set(track, track.skipped);
      after.set(blamed.track, await decided(blamed.track, blamed.tried, { ...bench, streak: 0 }));
    } else if (isCutShort) {
      for (const track of unit.tracks)
        if (after.get(track)?.outcome === 'pass')
          after.set(track, { outcome: 'inconclusive', reason: 'watch-incomplete' });
    }
  }
  return withProof(after);
}
