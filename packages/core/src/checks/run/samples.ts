import { failureText } from '../../report/checks-text.ts';
import { judgeWithBars } from '../judge/bars.ts';
import type { JudgeContext } from '../judge/judge.ts';
import type { Reading } from '../judge/values.ts';
import { isMeasure, samplesNeeded } from '../measures.ts';
import { askedMeasures } from '../parse/sampling.ts';
import type { Attempt, Latency, Warning } from '../verdict.ts';
import type { AttemptTask, RunContext } from './attempt.ts';
import { tryOnce } from './attempt.ts';
import type { KnownLatency } from './baseline.ts';
import { compare } from './baseline.ts';
import { describeLatency, latencyOf } from './latency.ts';
import type { Samples, Series, SeriesTask } from './sample-series.ts';
import { takeSamples } from './sample-series.ts';
import type { Tried } from './tried.ts';

/** What samples are for: to judge the check, only to have them for later, or not wanted now. */
export type SamplingPurpose = 'judge' | 'collect' | 'none';

/** What the check of a name measured before. */
export type Baselines = (check: string) => KnownLatency | undefined;

export interface SampledTask extends AttemptTask {
  readonly purpose: SamplingPurpose;
  /** Time for all samples together, milliseconds. */
  readonly leftMs: number;
  readonly baselines: Baselines | undefined;
}

/** Before a change the users of the old release wait for nothing, but those of the new one do: milliseconds a check. */
const collectMs = 10_000;

/** One attempt of a check: a single probe, or as many samples as it asks for. Rejects only when aborted. */
export async function tryCheck(task: SampledTask, run: RunContext): Promise<Tried> {
  const { sampling } = task.bound.check;
  const isForLater = task.purpose === 'collect' && sampling?.baseline !== undefined;
  if (sampling === undefined || (task.purpose !== 'judge' && !isForLater)) return tryOnce(task, run);
  const whole: SeriesTask = {
    ...task,
    sampling,
    needed: samplesNeeded(askedMeasures(sampling)),
    leftMs: isForLater ? Math.min(task.leftMs, collectMs) : task.leftMs,
    previous: !isForLater && sampling.baseline?.from === 'previous-url' ? task.bound.previous?.() : undefined,
  };
  const series = await takeSamples(whole, run);
  const { own } = series;
  if (own.first === undefined) return tryOnce(task, run);
  if (isForLater) return { ...own.first, latency: latencyOf(own) };
  const failed = own.broken ?? (own.values.length === 0 ? own.lost.at(-1) : undefined);
  if (failed !== undefined) return ofOne(failed, own, whole);
  return own.good === undefined ? own.first : new Judging(whole, task.baselines, run).judge(own.good, series);
}

/** The sample that decides alone: it was not what the check asks, or none was answered. */
function ofOne(failed: Tried, own: Samples, { sampling }: SeriesTask): Tried {
  const taken = own.values.length + own.lost.length + (own.broken === undefined ? 0 : 1);
  const place = own.warmup.length < sampling.warmup ? 'warm-up' : `sample ${taken} of ${sampling.count}`;
  return { ...failed, attempt: noted(failed.attempt, ` (${place})`) };
}

function noted(attempt: Attempt, note: string): Attempt {
  return { ...attempt, summary: `${attempt.summary}${note}` };
}

/** Judges samples that were good one by one by what they measure together. */
class Judging {
  readonly #task: SeriesTask;
  readonly #baselines: Baselines | undefined;
  readonly #run: RunContext;

  constructor(task: SeriesTask, baselines: Baselines | undefined, run: RunContext) {
    this.#task = task;
    this.#baselines = baselines;
    this.#run = run;
  }

  async judge(good: Tried, { own, other }: Series): Promise<Tried> {
    const { sampling, needed } = this.#task;
    const latency = latencyOf(own);
    const told = { ...good, latency, attempt: noted(good.attempt, `; ${describeLatency(latency)}`) };
    if (latency.samples < needed) {
      const late = latency.lost === 0 ? ' (the time ran out)' : '';
      const why = `${latency.samples} of ${sampling.count} samples are good, and ${needed} are needed${late}`;
      return undecided(told, own, why);
    }
    const { failures, warnings } = await this.#byMeasures(latency);
    const all = [...good.warnings, ...lossWarning(latency), ...warnings];
    const attempt: Attempt = failures.length === 0 ? told.attempt : { ...told.attempt, ...broken, failures };
    return this.#beside(other, { ...told, attempt, warnings: all, latency });
  }

  #byMeasures(latency: Latency) {
    const { bound, timeoutMs, sampling } = this.#task;
    const { redactor, patterns, clock } = this.#run;
    const { source } = bound.document;
    const now = () => clock.now();
    const context: JudgeContext = { source, redactor, patterns, deadlineMs: timeoutMs, now };
    return judgeWithBars(sampling.measures, ({ name }) => reading(name, latency), context);
  }

  /** What the comparison with an older release adds to the judgement. */
  #beside(other: Samples, judged: Tried & { readonly latency: Latency }): Tried {
    const { sampling, bound, previous } = this.#task;
    if (sampling.baseline === undefined) return judged;
    const known = previous === undefined ? this.#baselines?.(bound.check.name) : alongside(other);
    const compared = compare(sampling.baseline, judged.latency, { known, source: bound.document.source });
    switch (compared.kind) {
      case 'alone':
        return { ...judged, warnings: [...judged.warnings, compared.warning] };
      case 'too-few':
        // A measure that is too slow by itself needs no comparison.
        return judged.attempt.outcome === 'fail' ? judged : undecided(judged, other, compared.why);
      case 'as-fast':
        return { ...judged, comparison: compared.comparison };
      case 'slower': {
        const { comparison, failure } = compared;
        const failures = [...judged.attempt.failures, failure];
        const attempt = noted({ ...judged.attempt, ...broken, failures }, `; ${failureText(failure)}`);
        return { ...judged, attempt, comparison };
      }
    }
  }
}

const broken = { outcome: 'fail', failureClass: 'assertion' } as const;

function reading(name: string, latency: Latency): Reading {
  const value = isMeasure(name) ? latency[name] : undefined;
  return value === undefined ? { kind: 'missing' } : { kind: 'found', value };
}

/** Nothing that differs between two runs, runners or hours is in this comparison. */
function alongside(other: Samples): KnownLatency {
  const { samples, ...measured } = latencyOf(other);
  return { from: 'the previous release, asked alternately', samples, measured };
}

/** Too few good samples: no evidence for the release, and none against it. */
function undecided(judged: Tried, { lost }: Samples, why: string): Tried {
  const failureClass = lost.at(-1)?.attempt.failureClass ?? 'timeout';
  const attempt: Attempt = { ...judged.attempt, outcome: 'fail', failureClass };
  return { ...judged, attempt: noted(attempt, `; ${why}`), undecided: 'too-few-samples' };
}

function lossWarning({ samples, lost }: Latency): Warning[] {
  return lost === 0 ? [] : [{ message: `${lost} of ${samples + lost} samples got no answer` }];
}
