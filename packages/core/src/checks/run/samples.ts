import { isMeasure, samplesNeeded } from '../../ledger/measures.ts';
import type { Assertion } from '../assertion.ts';
import type { AssertionFailure, Attempt, Latency, Warning } from '../check-result.ts';
import { failureText } from '../failure-text.ts';
import type { JudgeContext } from '../judge/judge.ts';
import { judgeWithThresholds } from '../judge/judge-thresholds.ts';
import type { Reading } from '../judge/values.ts';
import { askedMeasures } from '../parse/sampling.ts';
import type { AttemptTask, RunContext } from './attempt.ts';
import { tryOnce } from './attempt.ts';
import type { AttemptResult } from './attempt-result.ts';
import type { KnownLatency } from './baseline.ts';
import { compare } from './baseline.ts';
import { ceilingsOf } from './ceilings.ts';
import type { Taken } from './latency.ts';
import { describeLatency, latencyOf, leastOf, lostMs } from './latency.ts';
import type { SamplingPurpose } from './prober.ts';
import type { Samples, Series, SeriesTask } from './sample-series.ts';
import { isSilent, takeSamples } from './sample-series.ts';
import type { Measured } from './statistics.ts';
import { measured, tenths } from './statistics.ts';

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
export async function tryCheck(task: SampledTask, run: RunContext): Promise<AttemptResult> {
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
  const judging = new Judging(whole, task.baselines, run);
  const isBeyond = (taken: Samples) => judging.isBeyond(taken);
  const series = await takeSamples(whole, run, isForLater ? undefined : isBeyond);
  const { own } = series;
  if (own.first === undefined) return tryOnce(task, run);
  const { timeoutMs } = task.bound.check;
  if (isForLater) return { ...own.first, latency: latencyOf(own, timeoutMs) };
  const failed = own.broken ?? (isSilent(own) ? own.lostWarmup.at(-1) : undefined);
  if (failed !== undefined) return ofOne(failed, own, whole);
  const newest = own.lost.at(-1);
  if (newest !== undefined && own.lost.length > sampling.lost) return tooManyLost(newest, own, whole);
  if (newest !== undefined && own.good === undefined) return ofOne(newest, own, whole);
  return own.good === undefined ? own.first : judging.judge(own.good, series);
}

/** The sample that decides alone: it was not what the check asks, or none was answered. */
function ofOne(failed: AttemptResult, own: Samples, { sampling, bound }: SeriesTask): AttemptResult {
  const warmed = own.warmup.length + own.lostWarmup.length;
  const isWarmup = own.known === 0 && (isSilent(own) || warmed < sampling.warmup);
  const place = isWarmup
    ? 'warm-up'
    : `sample ${own.known + (own.broken === undefined ? 0 : 1)} of ${sampling.count}`;
  const warnings = [...failed.warnings, ...lossWarnings(own, bound.check.timeoutMs)];
  return { ...failed, attempt: noted(failed.attempt, ` (${place})`), warnings };
}

/** Each that went unanswered may be a blip; so many are the release. */
function tooManyLost(newest: AttemptResult, own: Samples, { sampling, bound }: SeriesTask): AttemptResult {
  const { check, document } = bound;
  const failure: AssertionFailure = {
    read: 'samples',
    expected: `at most ${sampling.lost} of ${sampling.count} without an answer`,
    actual: `${own.lost.length} of ${own.known}`,
    where: document.source.place(check.origin),
  };
  const attempt = noted(newest.attempt, `; ${failureText(failure)}`);
  return {
    ...newest,
    attempt: { ...attempt, failures: [...attempt.failures, failure] },
    latency: latencyOf(own, check.timeoutMs),
    warnings: [...newest.warnings, ...lossWarnings(own, check.timeoutMs)],
  };
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

  /** Whether those that were answered are too slow already. How many may be lost is another matter. */
  async isBeyond({ values, warmup }: Samples): Promise<boolean> {
    return (await this.#atLeast({ values, warmup, lost: [] })).failures.length > 0;
  }

  /** What is over with the least that each measure can come to, whatever those bring that are still to be taken. */
  async #atLeast(taken: Taken): Promise<AtLeast> {
    const { sampling, bound, previous } = this.#task;
    const known = taken.values.length + taken.lost.length;
    const open = sampling.count - known;
    if (open <= 0 || known === 0) return { failures: [], warnings: [] };
    const least = leastOf(taken, sampling.count, bound.check.timeoutMs);
    const judged = await this.#byMeasures(ceilingsOf(sampling.measures), least);
    const before = previous === undefined ? this.#baselines?.(bound.check.name) : undefined;
    const { source } = bound.document;
    const compared = sampling.baseline && compare(sampling.baseline, least, { known: before, source });
    const slower = compared?.kind === 'slower' ? compared : undefined;
    const failures = [...judged.failures, ...(slower === undefined ? [] : [slower.failure])];
    const others = open === 1 ? 'sample brings' : `${open} samples bring`;
    return {
      warnings: judged.warnings,
      failures: failures.map((one) => ({
        ...one,
        actual: `${one.actual} at least, whatever the other ${others}`,
      })),
      ...(slower && { comparison: slower.comparison }),
    };
  }

  async judge(good: AttemptResult, { own, other }: Series): Promise<AttemptResult> {
    const { sampling, needed, bound } = this.#task;
    const { timeoutMs } = bound.check;
    const latency = latencyOf(own, timeoutMs);
    const lost = lossWarnings(own, timeoutMs);
    const told = {
      ...good,
      latency,
      warnings: [...good.warnings, ...lost],
      attempt: noted(good.attempt, `; ${describeLatency(latency)}`),
    };
    const { failures: beyond, warnings: degraded, ...comparison } = await this.#atLeast(own);
    if (beyond.length > 0) {
      const attempt: Attempt = { ...told.attempt, ...broken, failures: beyond };
      return { ...told, attempt, warnings: [...told.warnings, ...degraded], ...comparison };
    }
    if (own.known < needed || own.values.length === 0) {
      const why = `${own.values.length} of ${sampling.count} samples are good, and ${needed} are needed (the time ran out)`;
      return undecided(told, own, why);
    }
    const { failures, warnings } = await this.#byMeasures(sampling.measures, latency);
    const all = [...told.warnings, ...warnings];
    const attempt: Attempt = failures.length === 0 ? told.attempt : { ...told.attempt, ...broken, failures };
    return this.#beside(other, { ...told, attempt, warnings: all, latency });
  }

  #byMeasures(measures: readonly Assertion[], values: Measured) {
    const { bound, timeoutMs } = this.#task;
    const { redactor, patterns, clock } = this.#run;
    const { source } = bound.document;
    const now = () => clock.now();
    const context: JudgeContext = {
      source,
      patterns,
      deadlineMs: timeoutMs,
      now,
      showing: { redactor, redactQuery: [], unshown: undefined },
    };
    return judgeWithThresholds(measures, ({ name }) => reading(name, values), context);
  }

  /** What the comparison with an older release adds to the judgement. */
  #beside(other: Samples, judged: AttemptResult & { readonly latency: Latency }): AttemptResult {
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

interface AtLeast extends Pick<AttemptResult, 'comparison' | 'warnings'> {
  readonly failures: readonly AssertionFailure[];
}

const broken = { outcome: 'fail', failureClass: 'assertion' } as const;

function reading(name: string, values: Measured): Reading {
  const value = isMeasure(name) ? values[name] : undefined;
  return value === undefined ? { kind: 'missing' } : { kind: 'found', value };
}

/** Nothing that differs between two runs, runners or hours is in this comparison. */
function alongside(other: Samples): KnownLatency {
  const { values } = other;
  return {
    from: 'the previous release, asked alternately',
    samples: values.length,
    measured: measured(values),
  };
}

/** Too few good samples: no evidence for the release, and none against it. */
function undecided(judged: AttemptResult, { lost }: Samples, why: string): AttemptResult {
  const failureClass = lost.at(-1)?.attempt.failureClass ?? 'timeout';
  const attempt: Attempt = { ...judged.attempt, outcome: 'fail', failureClass };
  return { ...judged, attempt: noted(attempt, `; ${why}`), undecided: 'too-few-samples' };
}

function lossWarnings(own: Samples, timeoutMs: number): Warning[] {
  const { lost, lostWarmup, known } = own;
  const each = `a lost one counts as ${tenths(lostMs(own, timeoutMs))} ms`;
  return [
    ...(lost.length === 0 ? [] : [{ message: `${lost.length} of ${known} samples got no answer; ${each}` }]),
    ...(lostWarmup.length === 0 ? [] : [{ message: `${lostWarmup.length} of the warm-up got no answer` }]),
  ];
}
