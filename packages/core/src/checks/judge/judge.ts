import type { Redactor } from '../../redactor.ts';
import type { Assertion, CheckSource } from '../check-file.ts';
import type { AssertionFailure } from '../verdict.ts';
import type { Held } from './evaluate.ts';
import { evaluate } from './evaluate.ts';
import type { Read } from './extract.ts';
import { extract } from './extract.ts';
import type { Filtering } from './judging.ts';
import { ResourceLimit } from './resource-limit.ts';
import type { Reading } from './values.ts';
import { expectedText, readText, valueText } from './wording.ts';

/** What became of an answer: the assertions that did not hold, and whether one could not even be asked. */
export interface Judgement {
  readonly failures: readonly AssertionFailure[];
  readonly invalid: boolean;
  /** Judging took more than it may. */
  readonly overran?: true;
}

export interface JudgeContext extends Filtering {
  readonly source: CheckSource;
  readonly redactor: Redactor;
}

const good: Judgement = { failures: [], invalid: false };
const excerptLength = 200;

/** Asks every assertion of one answer. Positions are computed only for those that fail. */
export async function judge(
  assertions: readonly Assertion[],
  read: Read,
  context: JudgeContext,
): Promise<Judgement> {
  const failures: AssertionFailure[] = [];
  let invalid = false;
  let overran = false;
  for (const assertion of assertions) {
    const { reading, held, ...limit } = await asked(assertion, read, context);
    overran ||= limit.overran === true;
    if (held.kind === 'holds') continue;
    invalid ||= held.kind === 'invalid';
    const actual =
      held.kind === 'invalid' ? held.why : (held.actual ?? foundText(reading, assertion, context.redactor));
    failures.push(failureOf(assertion, actual, context));
  }
  return failures.length === 0 ? good : { failures, invalid, ...(overran ? { overran } : {}) };
}

/** A document may be nested deeper than any recursion goes: that is the answer's doing, and ends no run. */
async function asked(assertion: Assertion, read: Read, context: JudgeContext): Promise<Asked> {
  let reading: Reading = { kind: 'missing' };
  try {
    reading = await extract(assertion, read, context);
    return { reading, held: await evaluate(assertion.predicate, reading, context) };
  } catch (error) {
    if (error instanceof ResourceLimit)
      return { reading, held: { kind: 'broken', actual: error.message }, overran: true };
    if (!(error instanceof RangeError)) throw error;
    return { reading, held: { kind: 'broken', actual: 'a value nested too deep to be judged' } };
  }
}

interface Asked {
  readonly reading: Reading;
  readonly held: Held;
  readonly overran?: true;
}

function failureOf(assertion: Assertion, actual: string, context: JudgeContext): AssertionFailure {
  const { source, filters, predicate, origin } = assertion;
  const { redactor } = context;
  return {
    read: redactor.redact(readText({ source, filters })),
    expected: redactor.excerpt(expectedText(predicate, source, redactor), excerptLength),
    actual: redactor.excerpt(actual, excerptLength),
    where: context.source.place(origin),
  };
}

/** Headers whose value is a credential by nature, whether or not it is one of ours. */
const credentialHeaders: readonly string[] = [
  'authorization',
  'cookie',
  'set-cookie',
  'proxy-authorization',
  'x-api-key',
];

function foundText(reading: Reading, { source }: Assertion, redactor: Redactor): string {
  if (reading.kind === 'missing') return reading.note ?? 'not found';
  if (reading.kind !== 'found') return 'not found';
  if (isCredential(source)) return '[a credential, not shown]';
  return valueText(reading.value, source, redactor);
}

/** A cookie's attributes are not secret, its value is. */
function isCredential({ name, argument = '' }: Assertion['source']): boolean {
  if (name === 'header') return credentialHeaders.includes(argument.toLowerCase());
  return name === 'cookie' && !argument.endsWith(']');
}
