import type { Redactor } from '../../io/redactor.ts';
import type { CheckOutcome } from '../../outcome/outcome.ts';
import type { ChecksReport, WatchReport, WholeAnswerText } from '../check-result.ts';
import type { WantedBuild } from '../types/check-type.ts';
import { decideRun } from './decide.ts';
import type { Decisions } from './decisions.ts';
import { decideAll, decideWatched } from './decisions.ts';
import { limiter } from './limit.ts';
import type { RoundsOptions } from './options.ts';
import { cleanUpMs, PendingCleanUps } from './pending-clean-ups.ts';
import type { Prober, SamplingPurpose } from './prober.ts';
import type { Progress } from './progress.ts';
import { resultOf } from './result.ts';
import { settleAndHold, tryHarmless } from './rounds.ts';
import { planRun } from './run-plan.ts';
import { askedAgainText } from './second-look.ts';
import { Stop } from './stop.ts';
import type { RoundsContext, Unit } from './unit.ts';
import { watchAll, watchedUnits, watchNotes } from './watch.ts';

const onceBudgetMs = 30_000;

/** What the rounds are made with. */
export interface Rounds extends RoundsOptions {
  /** Of the secrets of the checks, captured ones included. */
  readonly redactor: Redactor;
  /** When they must be over, on the monotonic clock: `deadlineOf` where nothing came before them. */
  readonly deadline: number;
  /** Nothing more is asked; called before the report is put together, which wants memory of its own. */
  readonly onLastAnswer?: (() => void) | undefined;
  /** For who must know when a run that is cancelled is over. */
  readonly closing?: PendingCleanUps;
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
  const { units, tracks } = planRun(prober, {
    isOnce,
    looksTwice: options.looksTwice === true && !isOnce,
    build: wantedBuild(options),
    from,
  });
  const run = roundsOf(prober, options);
  try {
    if (isOnce) await tryHarmless(units, run);
    else await settleAndHold(units, run, prober);
  } finally {
    await run.closing.over(cleanUpMs);
  }
  options.signal.throwIfAborted();
  tellAskedAgain(tracks, options);
  const bench = {
    control: once(() => prober.controlIsReached()),
    previous: options.previous,
    previousDown: ({ at, check }: Progress) => previousIsDown(at, check.timeoutMs),
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
  const answers = await answersOf(decisions, prober, redactor);
  options.onLastAnswer?.();
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
    ...(answers.length === 0 ? {} : { answers }),
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

/** Answers that have a file of their own in the report: nobody reads the hundredth. */
const mostAnswers = 20;

async function answersOf(decisions: Decisions, prober: Prober, redactor: Redactor) {
  const bad = [...decisions]
    .filter(([{ last }, { outcome }]) => outcome !== 'pass' && last?.answer !== undefined)
    .map(([track]) => track)
    .toSorted((one, other) => Number(other.isGate) - Number(one.isGate))
    .slice(0, mostAnswers);
  const texts = bad.length === 0 ? [] : await prober.answers(bad.map(({ at }) => at));
  return bad.flatMap(({ check }, index): WholeAnswerText[] => {
    const text = texts[index];
    return text === undefined ? [] : [{ check: redactor.redact(check.name), text }];
  });
}

function tellAskedAgain(tracks: readonly Progress[], { onNote, redactor }: Rounds): void {
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
    clock,
    signal,
    prober,
    limit: limiter(prober.concurrency),
    deadline,
    onProgress: options.onProgress,
    random: options.random ?? Math.random,
    sampling: samplingOf(options),
    baselines: options.baselines,
    mayLack: options.mayLack,
    stop: new Stop(options),
    closing: options.closing ?? new PendingCleanUps(),
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
  await run.closing.over(cleanUpMs);
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
  const wanted = Math.max(1, ...gates.map(({ rules: terms }) => terms.wanted));
  const reached = Math.min(
    wanted,
    ...gates.map(({ streak, rules: terms }) => (streak >= terms.wanted ? wanted : streak)),
  );
  return { reached: gates.length === 0 ? 0 : reached, wanted };
}
