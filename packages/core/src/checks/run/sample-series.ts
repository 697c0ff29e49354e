import type { Sampling } from '../check-file.ts';
import { leastMs } from '../exchange/attempt-watch.ts';
import type { AttemptTask, RunContext } from './attempt.ts';
import { tryOnce } from './attempt.ts';
import type { AttemptResult } from './attempt-result.ts';
import type { BoundCheck } from './bound.ts';

/** Samples of one address. */
export class Samples {
  /** Milliseconds of the good ones, in their order; warm-up apart. */
  readonly values: number[] = [];
  readonly warmup: number[] = [];
  /** No answer came; warm-up apart. */
  readonly lost: AttemptResult[] = [];
  readonly lostWarmup: AttemptResult[] = [];
  first: AttemptResult | undefined;
  /** The newest good one. */
  good: AttemptResult | undefined;
  /** One that was answered, and not as the check asks. */
  broken: AttemptResult | undefined;

  add(tried: AttemptResult, isWarmup: boolean): void {
    this.first ??= tried;
    if (tried.attempt.outcome === 'pass') {
      this.good = tried;
      (isWarmup ? this.warmup : this.values).push(tried.durationMs);
    } else if (tried.isAnswered || tried.endsAs === 'error') this.broken = tried;
    else if (!tried.cutShort) (isWarmup ? this.lostWarmup : this.lost).push(tried);
  }

  /** Those that count, answered or not. */
  get known(): number {
    return this.values.length + this.lost.length;
  }
}

export interface Series {
  readonly own: Samples;
  /** Of what it is compared with, sample by sample; empty when that has no address of its own. */
  readonly other: Samples;
}

export interface SeriesTask extends AttemptTask {
  readonly sampling: Sampling;
  /** Samples without which nothing can be judged. */
  readonly needed: number;
  /** Time for all of them, milliseconds. */
  readonly leftMs: number;
  /** The same check of the previous release. */
  readonly previous: BoundCheck | undefined;
}

/**
 * Takes samples one after the other. With a previous release the two alternate, and take turns in going first, so
 * that what drifts on this runner and its network falls on both alike. Stops as soon as more samples cannot help:
 * `isBeyond` says whether those that are good are too slow already.
 */
export async function takeSamples(
  task: SeriesTask,
  run: RunContext,
  isBeyond?: (own: Samples) => Promise<boolean>,
): Promise<Series> {
  const { sampling, leftMs, previous } = task;
  const series: Series = { own: new Samples(), other: new Samples() };
  const ends = run.clock.monotonic() + leftMs;
  const takeOne = async (bound: BoundCheck | undefined, samples: Samples, isWarmup: boolean) => {
    const timeoutMs = Math.min(task.timeoutMs, ends - run.clock.monotonic());
    if (bound === undefined || timeoutMs < Math.min(leastMs, task.timeoutMs)) return;
    const { number, mayLack } = task;
    samples.add(await tryOnce({ bound, number, timeoutMs, mayLack }, run), isWarmup);
  };
  for (let taken = 0; taken < sampling.warmup + sampling.count; taken++) {
    if (run.clock.monotonic() >= ends || isHopeless(series.own, task)) break;
    if (isBeyond !== undefined && (await isBeyond(series.own))) break;
    const isWarmup = taken < sampling.warmup;
    if (taken % 2 === 1) await takeOne(previous, series.other, isWarmup);
    await takeOne(task.bound, series.own, isWarmup);
    if (taken % 2 === 0) await takeOne(previous, series.other, isWarmup);
  }
  return series;
}

/** A target that never answered would hold the run for a timeout a sample. */
function isHopeless(own: Samples, { sampling }: SeriesTask): boolean {
  return own.broken !== undefined || isSilent(own) || own.lost.length > sampling.lost;
}

/** Even the warm-up got no answer. */
export function isSilent({ good, lostWarmup }: Samples): boolean {
  return good === undefined && lostWarmup.length > 0;
}
