import { setMaxListeners } from 'node:events';
import { readProxies } from '../../http/proxy.ts';
import type { CheckOutcome } from '../../outcome.ts';
import { Redactor } from '../../redactor.ts';
import type { CheckFile } from '../check-file.ts';
import { loadJsonPaths } from '../judge/jsonpath.ts';
import { PatternThread } from '../judge/patterns.ts';
import { usesJsonPath } from '../load-checks.ts';
import type { WantedBuild } from '../types/check-type.ts';
import type { ChecksReport, WatchReport } from '../verdict.ts';
import type { RunContext } from './attempt.ts';
import type { Part } from './bind.ts';
import { bindChecks } from './bind.ts';
import { controlProbe } from './control-probe.ts';
import { decideRun } from './decide.ts';
import type { Decisions } from './decisions.ts';
import { decideAll, decideWatched } from './decisions.ts';
import { limiter } from './limit.ts';
import type { RunChecksOptions } from './options.ts';
import { previousIsDown } from './previous-probe.ts';
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

/**
 * Runs checks until they pass or fail for good. Expected outcomes are values: `pass fail inconclusive error` with a
 * reason of `reasons.ts`. Throws ActionFailure `checks-invalid` before anything is sent when a name has no value or a
 * value cannot be used, and the signal's reason when aborted before there is a verdict; one that is being watched over
 * is cut short instead. Nothing that leaves it holds a secret.
 */
export async function runChecks(file: CheckFile, options: RunChecksOptions): Promise<ChecksReport> {
  const secrets = file.documents.flatMap((document) =>
    document.secrets.map((name) => options.secrets[name] ?? ''),
  );
  const redactor = new Redactor([...secrets, options.protectionBypass ?? '']);
  const build = wantedBuild(options);
  const watch = options.mode === 'full' && options.watch !== false;
  const parts = bindChecks(file, { ...options, redactor, build, only: options.only, watch });
  const proxies = readProxies(options.env) ?? {};
  const patterns = new PatternThread();
  const abort = linked(options.signal);
  try {
    const jsonPaths = file.documents.some(usesJsonPath) ? await loadJsonPaths() : undefined;
    const { clock } = options;
    const from = clock.monotonic();
    const run = { clock, from, proxies, signal: abort.signal, redactor, patterns, jsonPaths };
    const { env, tools, platformHealth } = options;
    const doors = { env, tools, platformHealth };
    return await judged(parts, { ...run, ...doors, options: { ...options, watch }, file });
  } finally {
    abort.unlink();
    patterns.close();
  }
}

/** A signal that follows the caller's: any number of listeners here, one there. */
function linked(signal: AbortSignal) {
  signal.throwIfAborted();
  const own = new AbortController();
  setMaxListeners(0, own.signal);
  const follow = () => own.abort(signal.reason);
  signal.addEventListener('abort', follow, { once: true });
  return { signal: own.signal, unlink: () => signal.removeEventListener('abort', follow) };
}

interface Execution extends RunContext {
  readonly options: RunChecksOptions;
  readonly file: CheckFile;
}

async function judged(parts: readonly Part[], execution: Execution): Promise<ChecksReport> {
  const { clock, from, options, redactor, file } = execution;
  const started = new Date(clock.now()).toISOString();
  const isOnce = options.mode === 'once';
  const deadline = from + (isOnce ? Math.min(options.budgetMs, onceBudgetMs) : options.budgetMs);
  const { units, tracks } = lineUp(parts, {
    ...{ isOnce, looksTwice: options.looksTwice === true && !isOnce },
    ...{ build: wantedBuild(options), from },
  });
  const run = roundsOf(execution, deadline);
  if (isOnce) await tryHarmless(units, run);
  else await settleAndHold(units, run, file);
  execution.signal.throwIfAborted();
  tellAskedAgain(tracks, execution);
  const bench = {
    control: controlProbe(options.controlUrl, execution),
    previous: options.previous,
    previousDown: (track: Track) => previousIsDown(track, execution, deadline - clock.monotonic()),
    hasFailedFast: file.failFast && units.some((unit) => unit.isGate && unit.gaveUp),
  };
  const verdict = await decideAll(tracks, bench);
  const successes = successesOf(units.filter((unit) => unit.isGate));
  const isWatched = options.watch === true && outcomeOf(verdict) === 'pass';
  const watch = isWatched ? await watched(units, run, options) : undefined;
  // What the runner reached before the watch says nothing of the hour after it.
  const later = { ...bench, control: controlProbe(options.controlUrl, execution) };
  const decisions = watch === undefined ? verdict : await decideWatched(verdict, watch.units, later);
  const results = [...decisions].map(([track, decision]) => resultOf(track, decision, redactor));
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

function tellAskedAgain(tracks: readonly Track[], { options, redactor }: Execution): void {
  for (const { check, askedAgain } of tracks) {
    const text = askedAgain && askedAgainText(askedAgain);
    if (text !== undefined) options.onNote?.(redactor.redact(`${check.name}: ${text}.`));
  }
}

function outcomeOf(decisions: Decisions): CheckOutcome {
  return decideRun([...decisions].map(([{ severity }, decision]) => ({ severity, ...decision }))).outcome;
}

function roundsOf({ options, file, ...run }: Execution, deadline: number): RoundsContext {
  return {
    ...run,
    limit: limiter(file.concurrency),
    deadline,
    onProgress: options.onProgress,
    onSecret: options.onSecret,
    random: options.random ?? Math.random,
    sampling: samplingOf(options),
    baselines: options.baselines,
    stop: new Stop(run),
  };
}

/** Undefined when the checks say nothing of a watch. */
async function watched(units: readonly Unit[], verdictRun: RoundsContext, options: RunChecksOptions) {
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

function wantedBuild({ release }: RunChecksOptions): WantedBuild | undefined {
  if (release === undefined) return undefined;
  return release.commit === undefined ? { kind: 'unknown' } : { kind: 'commit', commit: release.commit };
}

function samplingOf({ mode, measures }: RunChecksOptions): SamplingPurpose {
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
