import { judgeWithBars } from '../judge/bars.ts';
import type { JudgeContext } from '../judge/judge.ts';
import { isMeasure, samplesNeeded } from '../measures.ts';
import { askedMeasures } from '../parse/sampling.ts';
import type { Attempt, Latency, Warning } from '../verdict.ts';
import type { AttemptTask, RunContext, Tried } from './attempt.ts';
import { tryOnce } from './attempt.ts';
import type { Samples, SeriesTask } from './sample-series.ts';
import { takeSamples } from './sample-series.ts';
import { measured, tenths } from './statistics.ts';

/** What samples are for: to judge the check, only to have them, or not wanted now. */
export type SamplingPurpose = 'judge' | 'collect' | 'none';

export interface SampledTask extends AttemptTask {
  readonly purpose: SamplingPurpose;
  /** Time for all samples together, milliseconds. */
  readonly leftMs: number;
}

/** One attempt of a check: a single probe, or as many samples as it asks for. Rejects only when aborted. */
export async function tryCheck(task: SampledTask, run: RunContext): Promise<Tried> {
  const { sampling } = task.bound.check;
  if (sampling === undefined || task.purpose === 'none') return tryOnce(task, run);
  const needed = samplesNeeded(askedMeasures(sampling));
  const whole: SeriesTask = { ...task, sampling, needed, previous: undefined };
  const { own } = await takeSamples(whole, run);
  if (own.first === undefined) return tryOnce(task, run);
  if (task.purpose === 'collect') return { ...own.first, latency: latencyOf(own) };
  const failed = own.broken ?? (own.values.length === 0 ? own.lost.at(-1) : undefined);
  if (failed !== undefined) return ofOne(failed, own, whole);
  if (own.good === undefined) return own.first;
  return judged(own.good, own, whole, run);
}

function latencyOf({ values, warmup, lost }: Samples): Latency {
  return {
    samples: values.length,
    lost: lost.length,
    ...measured(values),
    values: values.map(tenths),
    warmup: warmup.map(tenths),
  };
}

/** The sample that decides alone: it was not what the check asks, or none was answered. */
function ofOne(failed: Tried, own: Samples, { sampling }: SeriesTask): Tried {
  const taken = own.values.length + own.lost.length + (own.broken === undefined ? 0 : 1);
  const place = own.warmup.length < sampling.warmup ? 'warm-up' : `sample ${taken} of ${sampling.count}`;
  return withSummary(failed, `${failed.attempt.summary} (${place})`);
}

async function judged(good: Tried, own: Samples, task: SeriesTask, run: RunContext): Promise<Tried> {
  const latency = latencyOf(own);
  const told = withSummary({ ...good, latency }, `${good.attempt.summary}; ${describeLatency(latency)}`);
  if (latency.samples < task.needed) return undecided(told, own, task);
  const context: JudgeContext = {
    source: task.bound.document.source,
    redactor: run.redactor,
    patterns: run.patterns,
    deadlineMs: task.timeoutMs,
  };
  const read = ({ name }: { readonly name: string }) => {
    const value = isMeasure(name) ? latency[name] : undefined;
    return value === undefined ? ({ kind: 'missing' } as const) : ({ kind: 'found', value } as const);
  };
  const { failures, warnings } = await judgeWithBars(task.sampling.measures, read, context);
  const attempt: Attempt =
    failures.length === 0 ? told.attempt : { ...told.attempt, ...broken, failures: failures };
  return { ...told, attempt, warnings: [...good.warnings, ...lossWarning(latency), ...warnings] };
}

const broken = { outcome: 'fail', failureClass: 'assertion' } as const;

/** Too few good samples: no evidence for the release, and none against it. */
function undecided(told: Tried, { values, lost }: Samples, { sampling, needed }: SeriesTask): Tried {
  const failureClass = lost.at(-1)?.attempt.failureClass ?? 'timeout';
  const why = `${values.length} of ${sampling.count} samples are good, and ${needed} are needed`;
  const attempt: Attempt = { ...told.attempt, outcome: 'fail', failureClass };
  return withSummary(
    { ...told, attempt, undecided: 'too-few-samples' },
    `${told.attempt.summary}; ${why}${lost.length === 0 ? ' (the time ran out)' : ''}`,
  );
}

function lossWarning({ samples, lost }: Latency): Warning[] {
  return lost === 0 ? [] : [{ message: `${lost} of ${samples + lost} samples got no answer` }];
}

function withSummary(tried: Tried, summary: string): Tried {
  return { ...tried, attempt: { ...tried.attempt, summary } };
}

/** `50 samples: p50 12 ms, p95 31.4 ms, max 40 ms; warm-up 120 ms dropped`. */
export function describeLatency(latency: Latency): string {
  const shown = (['p50', 'p95', 'p99', 'max'] as const).flatMap((measure) =>
    latency[measure] === undefined ? [] : [`${measure} ${latency[measure]} ms`],
  );
  const dropped =
    latency.warmup.length === 0
      ? ''
      : `; warm-up ${latency.warmup.map((ms) => `${ms} ms`).join(', ')} dropped`;
  return `${latency.samples} samples${shown.length === 0 ? '' : `: ${shown.join(', ')}`}${dropped}`;
}
