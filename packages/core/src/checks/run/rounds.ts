import type { RunContext } from './attempt.ts';
import type { AttemptProgress } from './options.ts';
import type { Failed } from './retry-policy.ts';
import { nextAfter } from './retry-policy.ts';
import type { Baselines, SamplingPurpose } from './samples.ts';
import { tryCheck } from './samples.ts';
import type { Track } from './track.ts';

export interface RoundsContext extends RunContext {
  readonly limit: <T>(work: () => Promise<T>) => Promise<T>;
  /** End of the whole run, on the monotonic clock. */
  readonly deadline: number;
  readonly onProgress: ((progress: AttemptProgress) => void) | undefined;
  /** From 0 to 1. */
  readonly random: () => number;
  readonly sampling: SamplingPurpose;
  readonly baselines: Baselines | undefined;
}

/** Attempts every check once. */
export async function once(tracks: readonly Track[], run: RoundsContext): Promise<void> {
  await Promise.all(tracks.map((track) => attempt(track, run)));
}

/**
 * Settles and holds: every check retries on its own until it passes; then rounds of all checks must stay good until
 * each has its consecutive successes. A bad round sends the check that failed back to settling.
 */
export async function settleAndHold(tracks: readonly Track[], run: RoundsContext): Promise<void> {
  await Promise.all(tracks.map((track) => delayed(track, run)));
  while (true) {
    await Promise.all(tracks.filter(isUnsettled).map((track) => settle(track, run)));
    if (tracks.some((track) => track.isGate && track.gaveUp)) return;
    if (await hold(tracks, run)) return;
  }
}

function isUnsettled(track: Track): boolean {
  return track.streak === 0 && !track.gaveUp;
}

async function delayed(track: Track, run: RoundsContext): Promise<void> {
  const { delayMs } = track.bound.check;
  if (delayMs > 0) await run.clock.sleep(Math.min(delayMs, timeLeft(run.deadline, run)), run.signal);
}

/** Tries until the first success, or until the retry rules say stop. A check that failed in a round waits first. */
async function settle(track: Track, run: RoundsContext): Promise<void> {
  for (let failures = track.count > 0 ? 1 : 0; ; failures++) {
    if (failures > 0) {
      const next = nextAfter(failureOf(track, failures, run), track.bound.check.retry);
      if (next.kind === 'stop') {
        track.gaveUp = true;
        return;
      }
      await run.clock.sleep(next.ms, run.signal);
    }
    await attempt(track, run);
    if (track.streak > 0) return;
  }
}

function failureOf(track: Track, failures: number, run: RoundsContext): Failed {
  const { check, probe } = track.bound;
  const left = timeLeft(Math.min(track.deadline, run.deadline), run);
  return {
    failureClass: track.last?.attempt.failureClass ?? 'timeout',
    attempts: track.count,
    failures,
    leftMs: Number.isFinite(left) ? left : undefined,
    repeatable: probe.repeatable,
    retryAfterMs: track.last?.retryAfterMs,
    timeoutMs: check.timeoutMs,
    random: run.random(),
  };
}

/** Holds rounds until every gate has its consecutive successes: true when there is nothing left to do. */
async function hold(tracks: readonly Track[], run: RoundsContext): Promise<boolean> {
  const gates = tracks.filter((track) => track.isGate);
  const repeated = tracks.filter((track) => !track.gaveUp && mayRepeat(track));
  const intervalMs = Math.max(0, ...gates.map((track) => track.bound.check.window.intervalMs));
  const deadline = Math.min(run.deadline, Math.max(...gates.map((track) => track.deadline)));
  while (gates.some((track) => track.streak < track.wanted)) {
    if (intervalMs >= timeLeft(deadline, run)) return true;
    await run.clock.sleep(intervalMs, run.signal);
    await once(repeated, run);
    const bad = gates.filter((track) => track.streak === 0);
    for (const track of bad) track.gaveUp = track.bound.check.window.hold === 'strict';
    if (bad.length > 0) return bad.some((track) => track.gaveUp);
  }
  return true;
}

/** Whether another attempt of a check that has passed is harmless. */
export function mayRepeat({ bound }: Pick<Track, 'bound'>): boolean {
  return bound.probe.repeatable || bound.check.retry.unsafe;
}

/** One attempt under the limit. The first has its whole timeout; later ones what is left of the retry time. */
async function attempt(track: Track, run: RoundsContext): Promise<void> {
  await run.limit(async () => {
    const { bound } = track;
    const left = timeLeft(track.count === 0 ? run.deadline : Math.min(track.deadline, run.deadline), run);
    if (left <= 0) return;
    const timeoutMs = Math.min(bound.check.timeoutMs, left);
    const started = run.clock.monotonic();
    // What has been measured once is asked once in the rounds that follow.
    const purpose = track.streak > 0 ? 'none' : run.sampling;
    const tried = await tryCheck(
      { bound, number: track.count + 1, timeoutMs, leftMs: left, purpose, baselines: run.baselines },
      run,
    );
    track.add(tried, started, run.clock.monotonic());
    const { number, outcome, summary } = tried.attempt;
    run.onProgress?.({ check: bound.check.name, attempt: number, outcome, summary });
  });
}

function timeLeft(deadline: number, { clock }: RoundsContext): number {
  return deadline - clock.monotonic();
}
