import type { ChecksFacts } from '../checks/cage/messages.ts';
import type { CheckResult, ChecksReport, Latency } from '../checks/check-result.ts';
import type { KnownLatency } from '../checks/run/baseline.ts';
import type { Baselines } from '../checks/run/samples.ts';
import type { Measured } from '../checks/run/statistics.ts';
import { measured } from '../checks/run/statistics.ts';
import type { VerifiedLatency } from '../ledger/latency.ts';
import { ledgerName } from '../ledger/latency.ts';
import type { Measure } from '../ledger/measures.ts';
import { leastSamples } from '../ledger/measures.ts';
import type { LatencyMeasurement } from '../ledger/record.ts';

/** The measure that each compared check is compared by. */
export function baselineMetrics({ checks }: ChecksFacts): ReadonlyMap<string, Measure> {
  return new Map(
    checks.flatMap(({ name, baseline }) => (baseline === undefined ? [] : [[name, baseline] as const])),
  );
}

/** What a run measured of the samples that were answered, for the ledger: of each check the measure it is compared by, else its p95. Compared ones first. */
export function latencyMeasurements(
  { results }: ChecksReport,
  metrics: ReadonlyMap<string, Measure>,
): LatencyMeasurement[] {
  const measurements = results.flatMap(({ name, latency }) => {
    const metric = metrics.get(name) ?? 'p95';
    const ms = latency && ofAnswered(latency)[metric];
    if (latency === undefined || ms === undefined) return [];
    return [{ name, mark: { check: ledgerName(name), metric, ms, samples: latency.samples } }];
  });
  const isCompared = ({ name }: { readonly name: string }) => metrics.has(name);
  return [...measurements.filter(isCompared), ...measurements.filter((one) => !isCompared(one))].map(
    ({ mark }) => mark,
  );
}

/** What was live before, as this run itself measured it. */
export function measuredBefore(before: ChecksReport, label: string): Baselines {
  return (check) => {
    const result = before.results.find(({ name }) => name === check);
    return result && knownOf(result, `${label}, which served before`);
  };
}

function knownOf({ latency }: CheckResult, from: string): KnownLatency | undefined {
  if (latency === undefined) return undefined;
  return { from, samples: latency.samples, measured: ofAnswered(latency) };
}

/** What got no answer says how slow a release was, and not how fast the next may be. */
function ofAnswered({ lost, values, ...all }: Latency): Measured {
  return lost === 0 ? all : measured(values);
}

/** What the ledger has of the last verified releases. Another run measured it, on a runner of its own. */
export function recordedBaselines(latencies: ReadonlyMap<string, VerifiedLatency>): Baselines {
  return (check) => {
    const known = latencies.get(ledgerName(check));
    if (known === undefined) return undefined;
    const { label, at, samples, measured } = known;
    return { from: `${label}, verified on ${at.slice(0, 10)}`, samples, measured };
  };
}

/** The first source that has the check's metric with the samples it needs; else the first that has anything. */
export function firstOf(sources: readonly Baselines[], metrics: ReadonlyMap<string, Measure>): Baselines {
  return (check) => {
    const metric = metrics.get(check) ?? 'p95';
    const known = sources.map((source) => source(check)).filter((one) => one !== undefined);
    return (
      known.find(({ samples, measured }) => samples >= leastSamples[metric] && metric in measured) ?? known[0]
    );
  };
}
