import type { Assertion, BaselineRules, Sampling } from '../check-file.ts';
import { isMeasure, leastSamples, type Measure, measures } from '../measures.ts';
import type { Fields } from './fields.ts';
import { integer } from './scalars.ts';
import { durationSource, type SourceGrammars } from './source-grammar.ts';

/** The sources of a check that takes samples, whatever its type. */
export const measureSources: SourceGrammars = Object.fromEntries(
  measures.map((measure) => [measure, durationSource]),
);

/** What `expect` says, apart: of each sample, and of all of them together. */
export interface Sampled {
  readonly expect: readonly Assertion[];
  readonly sampling: Sampling | undefined;
}

/** Reads `samples` and `warmup`, and refuses measures that so many samples cannot carry. */
export function readSampling(
  given: Fields,
  written: readonly Assertion[],
  baseline: BaselineRules | undefined,
): Sampled {
  const ofAll = written.filter(({ source }) => isMeasure(source.name));
  const expect = ofAll.length === 0 ? written : written.filter((one) => !ofAll.includes(one));
  const count = given.read('samples', integer(2));
  const warmup = given.read('warmup', integer(0)) ?? 1;
  if (!given.has('samples')) {
    given
      .get('warmup')
      ?.fail('`warmup` drops the first of many samples: it needs `samples` beside it.', 'key');
    for (const assertion of ofAll) refuse(given, assertion, 'needs `samples`, such as `samples: 50`');
    return { expect, sampling: undefined };
  }
  if (count === undefined) return { expect, sampling: undefined };
  for (const assertion of ofAll) refuseTooFew(given, assertion, count);
  return { expect, sampling: { count, warmup, measures: ofAll, baseline } };
}

/** The measures a sampled check is asked for, its baseline's metric among them. */
export function askedMeasures({ measures: asserted, baseline }: Sampling): Measure[] {
  const names = asserted.map(({ source }) => source.name).filter(isMeasure);
  return baseline === undefined ? names : [...names, baseline.metric];
}

function refuseTooFew(given: Fields, assertion: Assertion, count: number): void {
  const { name } = assertion.source;
  if (!isMeasure(name) || count >= leastSamples[name]) return;
  refuse(given, assertion, `needs at least ${leastSamples[name]} samples, and the check takes ${count}`);
}

function refuse({ cursor }: Fields, { source, origin }: Assertion, why: string): void {
  cursor.problems.push({ message: `\`${source.name}\` ${why}.`, origin, on: 'key' });
}
