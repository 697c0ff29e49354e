import type { Sampling } from '../check-file.ts';
import type { AttemptTask, RunContext } from './attempt.ts';
import { tryOnce } from './attempt.ts';
import type { BoundCheck } from './bind.ts';
import type { Tried } from './tried.ts';

/** Samples of one address. */
export class Samples {
  /** Milliseconds of the good ones, in their order; warm-up apart. */
  readonly values: number[] = [];
  readonly warmup: number[] = [];
  /** No answer came. */
  readonly lost: Tried[] = [];
  first: Tried | undefined;
  /** The newest good one. */
  good: Tried | undefined;
  /** One that was answered, and not as the check asks. */
  broken: Tried | undefined;

  add(tried: Tried, isWarmup: boolean): void {
    this.first ??= tried;
    if (tried.attempt.outcome === 'pass') {
      this.good = tried;
      (isWarmup ? this.warmup : this.values).push(tried.durationMs);
    } else if (tried.isAnswered || tried.endsAs === 'error') this.broken = tried;
    else if (!tried.cutShort) this.lost.push(tried);
  }
}

export interface Series {
  readonly own: Samples;
  /** Of what it is compared with, sample by sample; empty when that has no address of its own. */
  readonly other: Samples;
}

export interface SeriesTask extends AttemptTask {
  readonly sampling: Sampling;
  /** Good samples without which nothing can be judged. */
  readonly needed: number;
  /** Time for all of them, milliseconds. */
  readonly leftMs: number;
  /** The same check of the previous release. */
  readonly previous: BoundCheck | undefined;
}

/**
 * Takes samples one after the other. With a previous release the two alternate, and take turns in going first, so
 * that what drifts on this runner and its network falls on both alike. Stops as soon as more samples cannot help.
 */
export async function takeSamples(task: SeriesTask, run: RunContext): Promise<Series> {
  const { sampling, leftMs, previous } = task;
  const series: Series = { own: new Samples(), other: new Samples() };
  const ends = run.clock.monotonic() + leftMs;
  const takeOne = async (bound: BoundCheck | undefined, samples: Samples, isWarmup: boolean) => {
    const timeoutMs = Math.min(task.timeoutMs, ends - run.clock.monotonic());
    if (bound === undefined || timeoutMs <= 0) return;
    samples.add(await tryOnce({ bound, number: task.number, timeoutMs }, run), isWarmup);
  };
  for (let taken = 0; taken < sampling.warmup + sampling.count; taken++) {
    if (run.clock.monotonic() >= ends || isHopeless(series.own, task)) break;
    const isWarmup = taken < sampling.warmup;
    if (taken % 2 === 1) await takeOne(previous, series.other, isWarmup);
    await takeOne(task.bound, series.own, isWarmup);
    if (taken % 2 === 0) await takeOne(previous, series.other, isWarmup);
  }
  return series;
}

/** A target that never answered would hold the run for a timeout a sample. */
function isHopeless(own: Samples, { sampling, needed }: SeriesTask): boolean {
  if (own.broken !== undefined) return true;
  if (own.good === undefined) return own.lost.length > 0;
  if (own.values.length === 0) return own.lost.length >= inARow;
  return own.lost.length > sampling.count - needed;
}

/** So many without an answer after a good warm-up are taken for all of them. */
const inARow = 3;
