import { setMaxListeners } from 'node:events';
import { readProxies } from '../../http/proxy.ts';
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
import { resultOf } from './result.ts';
import { settleAndHold, tryHarmless } from './rounds.ts';
import { Stop } from './stop.ts';
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
  const parts = bindChecks(file, { ...options, redactor, build, only: options.only });
  const proxies = readProxies(options.env) ?? {};
  const patterns = new PatternThread();
  const abort = linked(options.signal);
  try {
    const jsonPaths = file.documents.some(usesJsonPath) ? await loadJsonPaths() : undefined;
    const { clock } = options;
    const run = {
      clock,
      from: clock.monotonic(),
      proxies,
      signal: abort.signal,
      redactor,
      patterns,
      jsonPaths,
    };
    return await judged(parts, { ...run, options, file });
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

interface Session extends RunContext {
  readonly options: RunChecksOptions;
  readonly file: CheckFile;
}

async function judged(parts: readonly Part[], session: Session): Promise<ChecksReport> {
  const { clock, from, options, redactor, file } = session;
  const started = new Date(clock.now()).toISOString();
  const isOnce = options.mode === 'once';
  const { units, tracks } = lineUp(parts, { isOnce, build: wantedBuild(options) });
  const run = roundsOf(
    session,
    from + (isOnce ? Math.min(options.budgetMs, onceBudgetMs) : options.budgetMs),
  );
  if (isOnce) await tryHarmless(units, run);
  else await settleAndHold(units, run, file);
  const bench = {
    control: controlProbe(options.controlUrl, session),
    previous: options.previous,
    hasFailedFast: file.failFast && units.some((unit) => unit.isGate && unit.gaveUp),
  };
  const verdict = await decideAll(tracks, bench);
  const reportOf = (decisions: Decisions) =>
    [...decisions].map(([track, decision]) => resultOf(track, decision, redactor));
  const successes = successesOf(units.filter((unit) => unit.isGate));
  const isWatched = !isOnce && options.watch !== false && decideRun(reportOf(verdict)).outcome === 'pass';
  const watch = isWatched ? await watched(units, run, options) : undefined;
  const results = reportOf(watch === undefined ? verdict : await decideWatched(verdict, watch.units, bench));
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

function roundsOf({ options, file, ...run }: Session, deadline: number): RoundsContext {
  return {
    ...run,
    limit: limiter(file.concurrency),
    deadline,
    onProgress: options.onProgress,
    onSecret: options.onSecret,
    random: options.random ?? Math.random,
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

/** As many as the gate that has fewest. */
function successesOf(gates: readonly Unit[]): ChecksReport['successes'] {
  const wanted = Math.max(1, ...gates.map(({ terms }) => terms.wanted));
  const reached = Math.min(
    wanted,
    ...gates.map(({ streak, terms }) => (streak >= terms.wanted ? wanted : streak)),
  );
  return { reached: gates.length === 0 ? 0 : reached, wanted };
}
