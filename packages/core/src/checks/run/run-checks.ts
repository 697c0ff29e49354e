import { setMaxListeners } from 'node:events';
import { readProxies } from '../../http/proxy.ts';
import { Redactor } from '../../redactor.ts';
import type { CheckFile } from '../check-file.ts';
import { loadJsonPaths } from '../judge/jsonpath.ts';
import { PatternThread } from '../judge/patterns.ts';
import type { WantedBuild } from '../types/check-type.ts';
import type { ChecksReport } from '../verdict.ts';
import type { RunContext } from './attempt.ts';
import type { BoundCheck } from './bind.ts';
import { bindChecks } from './bind.ts';
import { controlProbe } from './control-probe.ts';
import { decideRun } from './decide.ts';
import { limiter } from './limit.ts';
import type { RunChecksOptions } from './options.ts';
import { resultOf } from './result.ts';
import { mayRepeat, once, settleAndHold } from './rounds.ts';
import { Track } from './track.ts';

const onceBudgetMs = 30_000;

/**
 * Runs checks until they pass or fail for good. Expected outcomes are values: `pass fail inconclusive error` with a
 * reason of `reasons.ts`. Throws ActionFailure `checks-invalid` before anything is sent when a name has no value or a
 * value cannot be used, and the signal's reason when aborted. Nothing that leaves it holds a secret.
 */
export async function runChecks(file: CheckFile, options: RunChecksOptions): Promise<ChecksReport> {
  const secrets = file.documents.flatMap((document) =>
    document.secrets.map((name) => options.secrets[name] ?? ''),
  );
  const redactor = new Redactor(secrets);
  const bound = bindChecks(file, {
    ...options,
    redactor,
    build: wantedBuild(options),
    only: options.only,
  });
  const proxies = readProxies(options.env) ?? {};
  const patterns = new PatternThread();
  const abort = linked(options.signal);
  try {
    const jsonPaths = bound.some(usesJsonPath) ? await loadJsonPaths() : undefined;
    const { clock } = options;
    const run = { clock, proxies, signal: abort.signal, redactor, patterns, jsonPaths };
    const { env, tools, platformHealth } = options;
    const doors = { env, tools, platformHealth };
    return await judged(bound, { ...run, ...doors, options, concurrency: file.concurrency });
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

function usesJsonPath({ check }: BoundCheck): boolean {
  return check.blueprint.queries.length > 0 || check.expect.some(({ source }) => source.name === 'jsonpath');
}

interface Session extends RunContext {
  readonly options: RunChecksOptions;
  readonly concurrency: number;
}

async function judged(bound: readonly BoundCheck[], session: Session): Promise<ChecksReport> {
  const { clock, options } = session;
  const started = new Date(clock.now()).toISOString();
  const from = clock.monotonic();
  const isOnce = options.mode === 'once';
  const tracks = bound.map((one) => trackOf(one, options, from));
  // Before anything has changed, nothing may be done that counts twice.
  const active = isOnce ? tracks.filter((track) => track.bound.probe.repeatable) : tracks;
  await (isOnce ? once : settleAndHold)(active, {
    ...session,
    limit: limiter(session.concurrency),
    deadline: from + (isOnce ? Math.min(options.budgetMs, onceBudgetMs) : options.budgetMs),
    onProgress: options.onProgress,
    random: options.random ?? Math.random,
  });
  const control = controlProbe(options.controlUrl, session);
  const results = await Promise.all(
    tracks.map((track) =>
      resultOf(track, { active: active.includes(track), control, options, redactor: session.redactor }),
    ),
  );
  const release = tracks.find((track) => track.release !== undefined)?.release;
  return {
    ...decideRun(results),
    results,
    started,
    durationMs: Math.round(clock.monotonic() - from),
    successes: successesOf(active.filter((track) => track.isGate)),
    ...(release === undefined ? {} : { release: session.redactor.redact(release) }),
  };
}

function trackOf(bound: BoundCheck, options: RunChecksOptions, from: number): Track {
  const { check } = bound;
  const { untilMs } = check.retry;
  const severity =
    check.type === 'release' && wantedBuild(options)?.kind === 'unknown' ? 'advisory' : check.severity;
  const wanted = options.mode === 'once' || !mayRepeat({ bound }) ? 1 : check.window.successes;
  const deadline =
    untilMs === undefined || untilMs === 0 ? Number.POSITIVE_INFINITY : from + check.delayMs + untilMs;
  return new Track(bound, { severity, wanted, deadline });
}

function wantedBuild({ release }: RunChecksOptions): WantedBuild | undefined {
  if (release === undefined) return undefined;
  return release.commit === undefined ? { kind: 'unknown' } : { kind: 'commit', commit: release.commit };
}

/** As many as the gate that has fewest. */
function successesOf(gates: readonly Track[]): ChecksReport['successes'] {
  const wanted = Math.max(1, ...gates.map((track) => track.wanted));
  const reached = Math.min(
    wanted,
    ...gates.map((track) => (track.streak >= track.wanted ? wanted : track.streak)),
  );
  return { reached: gates.length === 0 ? 0 : reached, wanted };
}
