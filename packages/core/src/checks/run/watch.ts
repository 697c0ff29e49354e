import { durationText } from '../../text/duration.ts';
import type { CheckFile, Watch, WatchLimits } from '../check-file.ts';
import type { AttemptResult } from './attempt-result.ts';
import type { Progress } from './progress.ts';
import type { RoundResult, RoundsContext, Unit } from './unit.ts';
import { timeLeft } from './unit.ts';
import type { Tally } from './watch-limits.ts';
import {
  addRound,
  emptyTally,
  exceeded,
  isHopeless,
  isTooFewRounds,
  roundsToVerdict,
} from './watch-limits.ts';

/** A unit under watch, and what became of it. */
export interface WatchedUnit {
  readonly unit: Unit;
  readonly rules: Watch;
  readonly limits: WatchLimits;
  tally: Tally;
  /** The newest round of each bad kind. */
  blame: { bad?: Blame; error?: Blame };
  /** What the newest round came to, and until when it lasted, milliseconds on the monotonic clock. */
  newest: { readonly took: RoundResult; readonly until: number } | undefined;
  /** Set once a limit is crossed. */
  over: 'failures' | 'errors' | undefined;
  /** Its time was over before it was up, or too few rounds could be made. */
  isCutShort: boolean;
}

/** Which check made a round bad, and how. */
export interface Blame {
  readonly track: Progress;
  readonly tried: AttemptResult;
}

export function watchedUnits(units: readonly Unit[]): WatchedUnit[] {
  return units.flatMap((unit) => {
    const { watch } = unit.rules;
    return watch === undefined || unit.gaveUp
      ? []
      : [
          {
            unit,
            ...watch,
            tally: emptyTally,
            blame: {},
            newest: undefined,
            over: undefined,
            isCutShort: false,
          },
        ];
  });
}

/** How long the longest watch takes, milliseconds; 0 without one. */
export function watchMs({ documents }: CheckFile): number {
  return Math.max(0, ...documents.map(({ watch }) => watch?.forMs ?? 0));
}

/** What a watch promises, for the log: how long it takes until a fault that stays is known. */
export function watchNotes(watched: readonly WatchedUnit[]): string[] {
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
export async function watchAll(watched: readonly WatchedUnit[], run: RoundsContext): Promise<void> {
  for (const { unit } of watched)
    for (const track of unit.tracks) track.watched = { good: 0, bad: 0, errors: 0, late: 0 };
  const groups = Map.groupBy(watched, ({ rules }) => rules);
  await Promise.all([...groups].map(([rules, group]) => watchGroup(rules, group, run)));
}

async function watchGroup(rules: Watch, group: readonly WatchedUnit[], run: RoundsContext): Promise<void> {
  try {
    const isWhole = await rounds(rules, group, run);
    for (const one of group) {
      one.isCutShort = !isWhole || isTooFewRounds(one.tally, one.limits);
      if (isWhole && !run.stop.isStopped && isHopeless(one.tally)) one.over ??= 'failures';
    }
  } catch (error) {
    if (!run.signal.aborted) throw error;
    for (const one of group) one.isCutShort = true;
  }
}

/** True when every round had its turn, or no further one is needed. */
async function rounds(
  { forMs, intervalMs }: Watch,
  group: readonly WatchedUnit[],
  run: RoundsContext,
): Promise<boolean> {
  const started = run.clock.monotonic();
  for (let due = started + intervalMs; due <= started + forMs; due += intervalMs) {
    if (due >= run.deadline) return false;
    const now = run.clock.monotonic();
    if (now > due) {
      // The round before took longer than the interval: rounds never overlap.
      for (const one of group) leaveOut(one, due);
      if (isLost(group)) return stopped(run);
      continue;
    }
    if (!(await run.stop.sleep(due - now))) return true;
    await Promise.all(group.map((one) => watchRound(one, run)));
    run.signal.throwIfAborted();
    if (run.stop.isStopped) return true;
    if (isLost(group)) return stopped(run);
    if (timeLeft(run.deadline, run) <= 0) return false;
  }
  return true;
}

function isLost(group: readonly WatchedUnit[]): boolean {
  return group.some(({ unit, over }) => unit.isGate && over !== undefined);
}

/** No further round is needed. */
function stopped({ stop }: RoundsContext): true {
  stop.stop();
  return true;
}

async function watchRound(watched: WatchedUnit, run: RoundsContext): Promise<void> {
  const { unit, limits, blame } = watched;
  const before = unit.tracks.map(({ count }) => count);
  const took = await unit.round('once', run);
  watched.newest = { took, until: run.clock.monotonic() };
  for (const [index, track] of unit.tracks.entries()) if (track.count !== before[index]) countRound(track);
  if (took === 'none') return;
  watched.tally = addRound(watched.tally, took);
  const { culprit: track } = unit;
  if (took !== 'good' && track?.last !== undefined) blame[took] = { track, tried: track.last };
  watched.over ??= exceeded(watched.tally, limits);
}

/** An attempt that was cut short says nothing, and is not the newest that does. */
function countRound({ count, last, watched }: Progress): void {
  if (watched === undefined || last?.attempt.number !== count) return;
  if (last.attempt.outcome === 'pass') watched.good++;
  else if (last.endsAs === 'error') watched.errors++;
  else watched.bad++;
}

/**
 * A round that was due while the one before was under way. Where that one was not good, this one would not have been
 * either; where it was, or another check of the group took so long, nobody knows.
 */
function leaveOut(watched: WatchedUnit, due: number): void {
  const { unit, newest, limits, blame } = watched;
  const took = newest !== undefined && newest.until > due ? newest.took : 'none';
  const isKnown = took === 'bad' || took === 'error';
  const culprit = isKnown ? blame[took]?.track : undefined;
  for (const track of unit.tracks) {
    if (track.watched === undefined) continue;
    if (track !== culprit) track.watched.late++;
    else track.watched[took === 'bad' ? 'bad' : 'errors']++;
  }
  if (!isKnown) return;
  watched.tally = addRound(watched.tally, took);
  watched.over ??= exceeded(watched.tally, limits);
}
