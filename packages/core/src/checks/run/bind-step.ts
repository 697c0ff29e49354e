import type { Assertion } from '../assertion.ts';
import type { Capture, CheckDocument, ScenarioStep } from '../check-file.ts';
import type { Complaint } from '../complaint.ts';
import { bindComplaint } from '../complaint.ts';
import { BindProblem } from '../types/bind-problem.ts';
import type { Probe } from '../types/check-type.ts';
import { standInFor } from '../types/shell-word.ts';
import type { BoundStep } from './bound.ts';
import { boundAssertions, boundExtraction, withBoundMeasures } from './bound-assertions.ts';
import { usesOneOf } from './bound-predicate.ts';
import { curlText } from './curl-text.ts';
import { refuseRepeats } from './never-repeated.ts';
import type { Names, ScopeParts } from './scope.ts';
import { scopeOf } from './scope.ts';
import type { VariableValue } from './variable-value.ts';
import { typedValue, untypedValue } from './variable-value.ts';
import { reasonAgainst } from './when.ts';

export interface StepBinding extends ScopeParts {
  /** What the steps before it may have captured. */
  readonly captured: ReadonlySet<string>;
  /** The names of one pass, with values generated for it. */
  readonly fresh: () => Names;
  /** Those of them that are masked. */
  readonly secrets: ReadonlySet<string>;
  readonly complaints: Complaint[];
}

/** Tries a step out with stand-ins for what is not captured yet; what is wrong whatever they are is a complaint. */
export function bindStep(step: ScenarioStep, document: CheckDocument, binding: StepBinding): BoundStep {
  const { fresh, captured, secrets } = binding;
  const trial = tried(step, document, binding);
  // In the order of what is bound.
  const isOfCapture = [...step.expect, ...step.captures].map(({ origin: _, ...written }) =>
    usesOneOf(written, captured),
  );
  return {
    check: step,
    document,
    repeatable: trial?.repeatable ?? false,
    bind(session, keepers) {
      const over = { ...binding, redactor: keepers.redactor, names: session.over(fresh, secrets) };
      const scope = scopeOf(step, document, over);
      const captures = step.captures.map((one) => ({ ...one, ...boundExtraction(one, scope) }));
      const probe = session.probe(step.blueprint.bind(scope), captures, keepers);
      const written = boundAssertions(step.expect, scope);
      const expect = [...written, ...captures.map(mustBeFound)].map((one, index) =>
        isOfCapture[index] === true ? { ...one, isOfCapture: true as const } : one,
      );
      const check = withBoundMeasures(step, scope);
      // Those of now: the answer may set others.
      const cookies = session.cookieNames(probe.url);
      const named = { ...binding, names: veiling(over.names), revealed: over.names };
      const curl = () => curlText({ check, document }, named, cookies);
      return { check, document, probe, expect, curl };
    },
    leftOut(session) {
      const { lookup } = session.over(fresh, secrets);
      const cause = step.when && reasonAgainst(step.when, lookup);
      if (cause !== undefined) return { reason: 'condition-false', cause };
      const lacking = step.references.find(({ name }) => captured.has(name) && lookup(name) === undefined);
      return lacking && { reason: 'earlier-step', cause: `\`${lacking.name}\` was not captured` };
    },
  };
}

/** Every secret is its stand-in, also one made of another, and what was captured to be masked. */
function veiling(names: Names): Names {
  const given = (name: string) => (names.isSecret(name) ? untypedValue(standInFor(name)) : names.given(name));
  return { ...names, given, lookup: (name) => given(name)?.text };
}

function mustBeFound({ source, filters, origin }: Capture): Assertion {
  return {
    source,
    filters,
    predicate: { name: 'exists', negated: false, expected: true, nested: [] },
    origin,
  };
}

/** A captured value may be a word, a number or an address; one of these fits wherever a good one would. */
const standIns = ['captured', '1', 'https://captured.invalid/'];

/** The probe of the first stand-in that fits. When every one meets the same problem, none of them is to blame. */
function tried(step: ScenarioStep, document: CheckDocument, binding: StepBinding): Probe | undefined {
  const { names, captured, secrets, redactor, complaints } = binding;
  const problems = new Set<string>();
  for (const standIn of standIns) {
    const open: VariableValue = { ...typedValue(standIn), isOpen: true };
    const given = (name: string) => (captured.has(name) ? open : names.given(name));
    const over: Names = {
      given,
      lookup: (name) => given(name)?.text,
      isSecret: (name) => secrets.has(name) || names.isSecret(name),
      isGenerated: (name) => !captured.has(name) && names.isGenerated(name),
    };
    try {
      const scope = scopeOf(step, document, { ...binding, names: over });
      boundAssertions(step.expect, scope);
      withBoundMeasures(step, scope);
      return refuseRepeats(step, step.blueprint.bind(scope));
    } catch (error) {
      if (!(error instanceof BindProblem)) throw error;
      problems.add(redactor.redact(error.message));
    }
  }
  const [problem = ''] = problems;
  if (problems.size === 1) complaints.push(bindComplaint(step, document, problem));
  return undefined;
}
