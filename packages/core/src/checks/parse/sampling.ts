import { isMeasure, leastSamples, type Measure, measures } from '../../ledger/measures.ts';
import { defined } from '../../text/defined.ts';
import type { Assertion } from '../assertion.ts';
import type { Sampling } from '../check-file.ts';
import type { FileBaseline } from './baseline.ts';
import { readBaseline } from './baseline.ts';
import type { Cursor } from './cursor.ts';
import { isMapping } from './cursor.ts';
import type { Fields } from './fields.ts';
import { fields } from './fields.ts';
import { integer } from './scalars.ts';
import { type SourceGrammars, wholeDuration } from './source-grammar.ts';

/** The sources of a check that takes samples, whatever its type. */
export const measureSources: SourceGrammars = Object.fromEntries(
  measures.map((measure) => [measure, wholeDuration]),
);

/** What `expect` says, apart: of each sample, and of all of them together. */
export interface Sampled {
  readonly expect: readonly Assertion[];
  readonly sampling: Sampling | undefined;
}

export interface Written {
  readonly type: string;
  readonly expect: readonly Assertion[];
  /** Of the file. */
  readonly baseline: FileBaseline | undefined;
}

/** Reads `samples`, `warmup` and the check's `baseline`, and refuses measures that so many samples cannot carry. */
export function readSampling(given: Fields, written: Written): Sampled {
  const ofAll = written.expect.filter(({ source }) => isMeasure(source.name));
  const expect = ofAll.length === 0 ? written.expect : written.expect.filter((one) => !ofAll.includes(one));
  const baseline = baselineOf(given, written.baseline);
  // Whoever asks many times without having said so may only ask what is cheap to answer.
  const implied = written.type === 'http' ? baseline?.samples : undefined;
  const assumed = implied === undefined ? undefined : usual(implied);
  const wanted = given.has('samples') ? given.read('samples', readSamples) : assumed;
  const count = wanted?.count;
  const warmup = given.read('warmup', integer(0)) ?? 1;
  if (wanted === undefined || count === undefined) {
    if (!given.has('samples')) refuseUnsampled(given, ofAll);
    return { expect, sampling: undefined };
  }
  for (const { source, origin } of ofAll) refuseTooFew(given, source.name, { count, origin });
  if (baseline !== undefined && given.has('samples'))
    refuseTooFew(given, baseline.metric, { count, origin: baseline.origin, of: 'a baseline of ' });
  const sampling = { ...wanted, warmup, isImplied: !given.has('samples'), measures: ofAll, baseline };
  return { expect, sampling };
}

type Wanted = Pick<Sampling, 'count' | 'lost'>;

/** Of every 50, one may stay without an answer; of fewer, none. */
function usual(count: number): Wanted {
  return { count, lost: Math.floor(count / 50) };
}

/** `50`, or `{ count: 50, lost: 0 }`. */
function readSamples(at: Cursor): Wanted | undefined {
  if (!isMapping(at.value)) {
    const count = integer(2)(at);
    return count === undefined ? undefined : usual(count);
  }
  const given = fields(at, { what: '`samples`', keys: ['count', 'lost'] });
  if (given === undefined) return undefined;
  if (!given.has('count')) return at.fail('`samples` needs `count`, such as `{ count: 50, lost: 0 }`.');
  const count = given.read('count', integer(2));
  const lost = given.read('lost', integer(0));
  if (count === undefined || (lost === undefined && given.has('lost'))) return undefined;
  if (lost !== undefined && lost >= count)
    return given
      .get('lost')
      ?.fail(`Of ${count} samples at most ${count - 1} may be lost: one must be answered.`);
  return { ...usual(count), ...defined({ lost }) };
}

/** The measures a sampled check is asked for, its baseline's metric among them. */
export function askedMeasures({ measures: asserted, baseline }: Sampling): Measure[] {
  const names = asserted.map(({ source }) => source.name).filter(isMeasure);
  return baseline === undefined ? names : [...names, baseline.metric];
}

function baselineOf(given: Fields, ofFile: FileBaseline | undefined): FileBaseline | undefined {
  const at = given.get('baseline');
  if (at === undefined) return ofFile;
  return at.value === 'none' ? undefined : readBaseline(at, ofFile);
}

function refuseUnsampled(given: Fields, ofAll: readonly Assertion[]): void {
  given.get('warmup')?.fail('`warmup` drops the first of many samples: it needs `samples` beside it.', 'key');
  const own = given.get('baseline');
  if (own !== undefined && own.value !== 'none')
    own.fail('`baseline` compares what samples measure: it needs `samples` beside it.', 'key');
  for (const { source, origin } of ofAll) {
    const message = `\`${source.name}\` needs \`samples\`, such as \`samples: 50\`.`;
    given.cursor.problems.push({ message, origin, on: 'key' });
  }
}

interface TooFew {
  readonly count: number;
  readonly origin: Assertion['origin'];
  readonly of?: string;
}

function refuseTooFew(given: Fields, measure: string, { count, origin, of = '' }: TooFew): void {
  if (!isMeasure(measure) || count >= leastSamples[measure]) return;
  const subject = `${of === '' ? '' : 'A baseline of '}\`${measure}\``;
  const check = of === '' ? 'the check' : `the check ${JSON.stringify(nameOf(given))}`;
  const message = `${subject} needs at least ${leastSamples[measure]} samples, and ${check} takes ${count}.`;
  given.cursor.problems.push({ message, origin, on: 'key' });
}

function nameOf({ cursor }: Fields): string {
  return String(Object(cursor.value).name ?? '');
}
