import { durationText } from '../../inputs/duration.ts';
import type { CheckFile, Watch, WatchLimits } from '../check-file.ts';
import type { Track } from './track.ts';
import type { Tried } from './tried.ts';
import type { RoundsContext, Unit } from './unit.ts';
import { timeLeft } from './unit.ts';
import type { Tally } from './watch-limits.ts';
import { crossed, isUntold, roundsToVerdict, tallied, untold } from './watch-limits.ts';

/** A unit under watch, and what became of it. */
export interface Watched {
  readonly unit: Unit;
  readonly rules: Watch;
  readonly limits: WatchLimits;
  tally: Tally;
  /** The newest round of each bad kind. */
  blame: { bad?: Blame; error?: Blame };
  /** Set once a limit is crossed. */
  over: 'failures' | 'errors' | undefined;
  /** Its time was over before it was up, or too few rounds could be made. */
  isCutShort: boolean;
}

/** Which check made a round bad, and how. */
export interface Blame {
  readonly track: Track;
  readonly tried: Tried;
}

export function watchedUnits(units: readonly Unit[]): Watched[] {
  return units.flatMap((unit) => {
    const { watch } = unit.terms;
    return watch === undefined || unit.gaveUp
      ? []
      : [{ unit, ...watch, tally: untold, blame: {}, over: undefined, isCutShort: false }];
  });
}

/** How long the longest watch takes, milliseconds; 0 without one. */
export function watchMs({ documents }: CheckFile): number {
  return Math.max(0, ...documents.map(({ watch }) => watch?.forMs ?? 0));
}

/** What a watch promises, for the log: how long it takes until a fault that stays is known. */
export function watchNotes(watched: readonly Watched[]): string[] {
  return [...Map.groupBy(watched, ({ rules }) => rules)].map(([{ forMs, intervalMs }, group]) => {
    const gates = group.filter(({ unit }) => unit.isGate);
    const slowest = Math.max(0, ...gates.map(({ limits }) => roundsToVerdict(limits)));
    const known = Number.isFinite(slowest)
      ? `a fault that stays is known after ${durationText(intervalMs * slowest)}`
      : 'no limit can be crossed';
    return `Watching for ${durationText(forMs)}, a round every ${durationText(intervalMs)}: ${known}.`;
  });
}

/**
 * Makes the rounds of every watch. Ends early once a gate is over its limit; when the run is aborted or its time is
 * up, what was watched is cut short. Never rejects for being aborted: what was seen until then counts.
 */
export async function watchAll(watched: readonly Watched[], run: RoundsContext): Promise<void> {
  for (const { unit } of watched)
    for (const track of unit.tracks) track.watched = { good: 0, bad: 0, errors: 0, late: 0 };
  const groups = Map.groupBy(watched, ({ rules }) => rules);
  await Promise.all([...groups].map(([rules, group]) => watchGroup(rules, group, run)));
}

async function watchGroup(rules: Watch, group: readonly Watched[], run: RoundsContext): Promise<void> {
  try {
    const isWhole = await rounds(rules, group, run);
    for (const one of group) one.isCutShort = !isWhole || isUntold(one.tally, one.limits);
  } catch (error) {
    if (!run.signal.aborted) throw error;
    for (const one of group) one.isCutShort = true;
  }
}

/** True when every round had its turn, or no further one is needed. */
async function rounds(
  { forMs, intervalMs }: Watch,
  group: readonly Watched[],
  run: RoundsContext,
): Promise<boolean> {
  const started = run.clock.monotonic();
  for (let due = started + intervalMs; due <= started + forMs; due += intervalMs) {
    if (due >= run.deadline) return false;
    const now = run.clock.monotonic();
    if (now > due) {
      // The round before took longer than the interval: rounds never overlap.
      for (const { unit } of group) countLate(unit);
      continue;
    }
    if (!(await run.stop.sleep(due - now))) return true;
    await Promise.all(group.map((one) => watchRound(one, run)));
    run.signal.throwIfAborted();
    if (run.stop.isStopped) return true;
    if (group.some(({ unit, over }) => unit.isGate && over !== undefined)) {
      run.stop.stop();
      return true;
    }
    if (timeLeft(run.deadline, run) <= 0) return false;
  }
  return true;
}

async function watchRound(watched: Watched, run: RoundsContext): Promise<void> {
  const { unit, limits, blame } = watched;
  const before = unit.tracks.map(({ count }) => count);
  const took = await unit.round('once', run);
  for (const [index, track] of unit.tracks.entries()) if (track.count !== before[index]) countRound(track);
  if (took === 'none') return;
  watched.tally = tallied(watched.tally, took);
  const { culprit: track } = unit;
  if (took !== 'good' && track?.last !== undefined) blame[took] = { track, tried: track.last };
  watched.over ??= crossed(watched.tally, limits);
}

/** An attempt that was cut short says nothing, and is not the newest that does. */
function countRound({ count, last, watched }: Track): void {
  if (watched === undefined || last?.attempt.number !== count) return;
  if (last.attempt.outcome === 'pass') watched.good++;
  else if (last.endsAs === 'error') watched.errors++;
  else watched.bad++;
}

function countLate({ tracks }: Unit): void {
  for (const { watched } of tracks) if (watched !== undefined) watched.late++;
}
