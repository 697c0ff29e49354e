import type { Assertion, Predicate } from '../assertion.ts';
import type { CheckSource } from '../check-file.ts';
import type { AssertionFailure } from '../check-result.ts';
import type { Showing } from './actual-text.ts';
import { actualText } from './actual-text.ts';
import type { AssertionResult } from './evaluate.ts';
import { evaluate } from './evaluate.ts';
import type { Read } from './extract.ts';
import { extract } from './extract.ts';
import type { Filtering } from './judging.ts';
import { ResourceLimit } from './resource-limit.ts';
import type { Reading } from './values.ts';
import { expectedText, readText } from './wording.ts';

/** What became of an answer: the assertions that did not hold, and whether one could not even be asked. */
export interface Judgement {
  readonly failures: readonly AssertionFailure[];
  readonly invalid: boolean;
  /** Judging took more than it may. */
  readonly overran?: true;
}

export interface JudgeContext extends Filtering {
  readonly source: CheckSource;
  readonly showing: Showing;
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
    const { reading, held, ...limit } = await asked(assertion, read, {
      ...context,
      beside: besideOf(assertion, assertions),
    });
    overran ||= limit.overran === true;
    if (held.kind === 'holds') continue;
    invalid ||= held.kind === 'invalid' && assertion.isOfCapture !== true;
    const actual =
      held.kind === 'invalid' ? held.why : actualText(held, reading, assertion.source, context.showing);
    failures.push(failureOf(assertion, actual, context));
  }
  return failures.length === 0 ? good : { failures, invalid, ...(overran ? { overran } : {}) };
}

/** Those of the same mapping, itself included. */
function besideOf({ origin, source }: Assertion, assertions: readonly Assertion[]): readonly Predicate[] {
  return assertions
    .filter((one) => one.origin === origin && one.source.name === source.name)
    .map(({ predicate }) => predicate);
}

interface AskedContext extends JudgeContext {
  readonly beside: readonly Predicate[];
}

/** A document may be nested deeper than any recursion goes: that is the answer's doing, and ends no run. */
async function asked(assertion: Assertion, read: Read, context: AskedContext): Promise<Asked> {
  let reading: Reading = { kind: 'missing' };
  try {
    reading = await extract(assertion, read, context);
    return { reading, held: await evaluate(assertion.predicate, reading, context, context.beside) };
  } catch (error) {
    if (error instanceof ResourceLimit)
      return { reading, held: { kind: 'broken', actual: error.message }, overran: true };
    if (!(error instanceof RangeError)) throw error;
    return { reading, held: { kind: 'broken', actual: 'a value nested too deep to be judged' } };
  }
}

interface Asked {
  readonly reading: Reading;
  readonly held: AssertionResult;
  readonly overran?: true;
}

function failureOf(assertion: Assertion, actual: string, context: JudgeContext): AssertionFailure {
  const { source, filters, predicate, origin } = assertion;
  const { redactor } = context.showing;
  return {
    read: redactor.redact(readText({ source, filters })),
    expected: redactor.excerpt(expectedText(predicate, source, redactor), excerptLength),
    actual: redactor.excerpt(actual, excerptLength),
    where: context.source.place(origin),
  };
}
