import type { CheckOutcome } from '../../outcome.ts';
import type { Redactor } from '../../redactor.ts';
import type { WantedBuild } from '../types/check-type.ts';
import type { ChecksReport, WatchReport } from '../verdict.ts';
import { decideRun } from './decide.ts';
import type { Decisions } from './decisions.ts';
import { decideAll, decideWatched } from './decisions.ts';
import { limiter } from './limit.ts';
import type { RoundsOptions } from './options.ts';
import type { Prober } from './prober.ts';
import { resultOf } from './result.ts';
import { settleAndHold, tryHarmless } from './rounds.ts';
import type { SamplingPurpose } from './samples.ts';
import { askedAgainText } from './second-look.ts';
import { Stop } from './stop.ts';
import type { Track } from './track.ts';
import type { RoundsContext, Unit } from './unit.ts';
import { lineUp } from './units.ts';
import { watchAll, watchedUnits, watchNotes } from './watch.ts';

const onceBudgetMs = 30_000;

/** What the rounds are made with. */
export interface Rounds extends RoundsOptions {
  /** Of the secrets of the checks, captured ones included. */
  readonly redactor: Redactor;
  /** When they must be over, on the monotonic clock: `deadlineOf` where nothing came before them. */
  readonly deadline: number;
}

/**
 * Makes the rounds of a run and decides: `pass fail inconclusive error` with a reason of `reasons.ts`. Sees no answer
 * of the service, only what `prober` makes of it. Rejects with the signal's reason when aborted before there is a
 * verdict; one that is being watched over is cut short instead.
 */
export async function runRounds(prober: Prober, options: Rounds): Promise<ChecksReport> {
  const { clock, mode, redactor, deadline } = options;
  const from = clock.monotonic();
  const started = new Date(clock.now()).toISOString();
  const isOnce = mode === 'once';
  const { units, tracks } = lineUp(prober, {
    ...{ isOnce, looksTwice: options.looksTwice === true && !isOnce },
    ...{ build: wantedBuild(options), from },
  });
  const run = roundsOf(prober, options);
  if (isOnce) await tryHarmless(units, run);
  else await settleAndHold(units, run, prober);
  options.signal.throwIfAborted();
  tellAskedAgain(tracks, options);
  const bench = {
    control: once(() => prober.controlIsReached()),
    previous: options.previous,
    previousDown: ({ at, check }: Track) => previousIsDown(at, check.timeoutMs),
    hasFailedFast: prober.failFast && units.some((unit) => unit.isGate && unit.gaveUp),
  };
  const previousIsDown = async (at: number, timeoutMs: number) => {
    const leftMs = deadline - clock.monotonic();
    return leftMs > 0 && prober.previousIsDown(at, Math.min(timeoutMs, leftMs));
  };
  const verdict = await decideAll(tracks, bench);
  const successes = successesOf(units.filter((unit) => unit.isGate));
  const isWatched = wantsWatch(options) && outcomeOf(verdict) === 'pass';
  const watch = isWatched ? await watched(units, run, options) : undefined;
  // What the runner reached before the watch says nothing of the hour after it.
  const later = { ...bench, control: once(() => prober.controlIsReached()) };
  const decisions = watch === undefined ? verdict : await decideWatched(verdict, watch.units, later);
  const places = await placesOf(decisions, prober);
  const results = [...decisions].map(([track, decision]) =>
    resultOf(track, decision, redactor, places.get(track.at)),
  );
  const release = tracks.find((track) => track.release !== undefined)?.release;
  return {
    ...decideRun(results),
    results,
    started,
    durationMs: Math.round(clock.monotonic() - from),
    successes,
    ...(release === undefined ? {} : { release: redactor.redact(release) }),
    ...(watch === undefined ? {} : { watch: watch.report }),
  };
}

/** When a run that begins now must be over, on the monotonic clock. */
export function deadlineOf({
  clock,
  mode,
  budgetMs,
}: Pick<RoundsOptions, 'clock' | 'mode' | 'budgetMs'>): number {
  return clock.monotonic() + (mode === 'once' ? Math.min(budgetMs, onceBudgetMs) : budgetMs);
}

/** Whether a good verdict is watched over, where the checks say so. */
export function wantsWatch({ mode, watch }: Pick<RoundsOptions, 'mode' | 'watch'>): boolean {
  return mode === 'full' && watch !== false;
}

/** Asked at most once, and only when it matters. */
function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | undefined;
  return () => {
    asked ??= ask();
    return asked;
  };
}

/** A good check needs no place, and finding one means reading the file again. */
async function placesOf(decisions: Decisions, prober: Prober) {
  const bad = [...decisions].filter(([, { outcome }]) => outcome !== 'pass').map(([{ at }]) => at);
  const places = bad.length === 0 ? [] : await prober.places(bad);
  return new Map(bad.map((at, index) => [at, places[index]]));
}

function tellAskedAgain(tracks: readonly Track[], { onNote, redactor }: Rounds): void {
  for (const { check, askedAgain } of tracks) {
    const text = askedAgain && askedAgainText(askedAgain);
    if (text !== undefined) onNote?.(redactor.redact(`${check.name}: ${text}.`));
  }
}

function outcomeOf(decisions: Decisions): CheckOutcome {
  return decideRun([...decisions].map(([{ severity }, decision]) => ({ severity, ...decision }))).outcome;
}

function roundsOf(prober: Prober, options: Rounds): RoundsContext {
  const { clock, signal, deadline } = options;
  return {
    ...{ clock, signal, prober },
    limit: limiter(prober.concurrency),
    deadline,
    onProgress: options.onProgress,
    random: options.random ?? Math.random,
    sampling: samplingOf(options),
    baselines: options.baselines,
    stop: new Stop(options),
  };
}

/** Undefined when the checks say nothing of a watch. */
async function watched(units: readonly Unit[], verdictRun: RoundsContext, options: Rounds) {
  const group = watchedUnits(units);
  if (group.length === 0) return undefined;
  for (const note of watchNotes(group)) options.onNote?.(note);
  const run = { ...verdictRun, stop: new Stop(verdictRun) };
  const from = run.clock.monotonic();
  await watchAll(group, run);
  const isOver = group.some(({ unit, over }) => unit.isGate && over !== undefined);
  const isCutShort = group.some((one) => one.isCutShort);
  const report: WatchReport = {
    forMs: Math.max(...group.map(({ rules }) => rules.forMs)),
    lastedMs: Math.round(run.clock.monotonic() - from),
    ended: isOver ? 'over-limit' : isCutShort ? 'cut-short' : 'in-time',
  };
  return { units: group, report };
}

/** The build that the caller wants; undefined when the file alone says it. */
export function wantedBuild({ release }: Pick<RoundsOptions, 'release'>): WantedBuild | undefined {
  if (release === undefined) return undefined;
  return release.commit === undefined ? { kind: 'unknown' } : { kind: 'commit', commit: release.commit };
}

function samplingOf({ mode, measures }: Rounds): SamplingPurpose {
  if (mode === 'once') return 'collect';
  return measures === false ? 'none' : 'judge';
}

/** As many as the gate that has fewest. */
function successesOf(gates: readonly Unit[]): ChecksReport['successes'] {
  const wanted = Math.max(1, ...gates.map(({ terms }) => terms.wanted));
  const reached = Math.min(
    wanted,
    ...gates.map(({ streak, terms }) => (streak >= terms.wanted ? wanted : streak)),
  );
  return { reached: gates.length === 0 ? 0 : reached, wanted };
}
