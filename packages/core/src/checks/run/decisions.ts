import type { ChecksReport } from '../check-result.ts';
import type { AttemptResult } from './attempt-result.ts';
import type { CheckEvidence, Decision } from './decide.ts';
import { decideCheck, decidedAlone } from './decide.ts';
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

/** The verdict on each check, once its rounds are over. Of thousands nearly all are known without asking anybody. */
export async function decideAll(tracks: readonly Progress[], bench: DecisionContext): Promise<Decisions> {
  const decisions = new Map(tracks.map((track) => [track, decidedAtOnce(track, bench)]));
  const open = tracks.filter((track) => decisions.get(track) === undefined);
  await Promise.all(
    open.map(async (track) =>
      decisions.set(track, await decided(track, track.last, { ...bench, streak: track.streak })),
    ),
  );
  return withProof(decisions as Decisions);
}

/** What a cache has from before the change proves nothing by itself: only beside the build that answers now it is good. */
function withProof(decisions: Decisions): Decisions {
  const all = [...decisions];
  const old = all.filter(([{ last }, { outcome }]) => outcome === 'pass' && last?.isKept === true);
  const isProved = all.some(
    ([{ check, isGate }, { outcome }]) => check.type === 'release' && isGate && outcome === 'pass',
  );
  if (old.length === 0 || isProved) return decisions;
  const unproved: Decision = { outcome: 'inconclusive', reason: 'cached' };
  const after = new Map(decisions);
  for (const [track] of old) after.set(track, unproved);
  return after;
}

function decidedAtOnce(track: Progress, bench: DecisionContext): Decision | undefined {
  if (track.skipped !== undefined) return track.skipped;
  if (track.last === undefined && bench.hasFailedFast) return { outcome: 'skipped', reason: 'fail-fast' };
  return decidedAlone(evidenceOf(track, track.last, { ...bench, streak: track.streak }));
}

type Asking = Omit<DecisionContext, 'hasFailedFast'> & { readonly streak: number };

function decided(track: Progress, last: AttemptResult | undefined, asking: Asking): Promise<Decision> {
  return decideCheck(evidenceOf(track, last, asking), asking.control, () => asking.previousDown(track));
}

function evidenceOf(
  { check, target, isCalledOff, wanted }: Progress,
  last: AttemptResult | undefined,
  { previous, streak }: Pick<Asking, 'previous' | 'streak'>,
): CheckEvidence {
  return {
    last: last?.attempt,
    endsAs: last?.endsAs ?? 'fail',
    errorReason: last?.reason,
    undecided: last?.undecided,
    streak,
    // The run is lost by another gate; what held as often as it was asked has not failed to hold.
    wanted: isCalledOff ? 1 : wanted,
    host: target?.host,
    before: previous?.results.find((result) => result.name === check.name),
  };
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
