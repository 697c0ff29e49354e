import type { Assertion, Capture, CheckDocument, Step } from '../check-file.ts';
import type { Complaint } from '../load-checks.ts';
import type { Probe } from '../types/check-type.ts';
import { BindProblem } from '../types/check-type.ts';
import type { BoundCheck } from './bind.ts';
import { bindComplaint, refuseRepeats } from './bind.ts';
import { boundAssertions, boundExtraction } from './bound-assertions.ts';
import type { Names, ScopeParts } from './scope.ts';
import { scopeOf } from './scope.ts';
import type { SecretKeepers, Session } from './session.ts';
import { whyNot } from './when.ts';

/** A step ready to be bound again in every pass, with what that pass has captured. */
export interface BoundStep {
  readonly check: Step;
  readonly document: CheckDocument;
  /** False when sending it twice may do something twice. */
  readonly repeatable: boolean;
  /** Throws BindProblem for a captured value that cannot be used. */
  bind(session: Session, keepers: SecretKeepers): BoundCheck;
  /** Why this pass leaves it out; undefined when it does not. */
  leftOut(session: Session): LeftOut | undefined;
}

export interface LeftOut {
  readonly reason: 'condition-false' | 'earlier-step';
  readonly cause: string;
}

export interface StepBinding extends ScopeParts {
  /** What the steps before it may have captured. */
  readonly captured: ReadonlySet<string>;
  /** Those of them that are masked. */
  readonly secrets: ReadonlySet<string>;
  readonly complaints: Complaint[];
}

/** Tries a step out with stand-ins for what is not captured yet; what is wrong whatever they are is a complaint. */
export function bindStep(step: Step, document: CheckDocument, binding: StepBinding): BoundStep {
  const { names, captured, secrets } = binding;
  const trial = tried(step, document, binding);
  return {
    check: step,
    document,
    repeatable: trial?.repeatable ?? false,
    bind(session, keepers) {
      const over = { ...binding, redactor: keepers.redactor, names: session.over(names, secrets) };
      const scope = scopeOf(step, document, over);
      const captures = step.captures.map((one) => ({ ...one, ...boundExtraction(one, scope) }));
      const probe = session.probe(step.blueprint.bind(scope), captures, keepers);
      const written = boundAssertions(step.expect, scope, step.references.length > 0);
      const expect = [...written, ...captures.map(mustBeFound)];
      return { check: step, document, probe, expect };
    },
    leftOut(session) {
      const { lookup } = session.over(names, secrets);
      const cause = step.when && whyNot(step.when, lookup);
      if (cause !== undefined) return { reason: 'condition-false', cause };
      const lacking = step.references.find(({ name }) => captured.has(name) && lookup(name) === undefined);
      return lacking && { reason: 'earlier-step', cause: `\`${lacking.name}\` was not captured` };
    },
  };
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
function tried(step: Step, document: CheckDocument, binding: StepBinding): Probe | undefined {
  const { names, captured, secrets, redactor, complaints } = binding;
  const problems = new Set<string>();
  for (const standIn of standIns) {
    const over: Names = {
      lookup: (name) => (captured.has(name) ? standIn : names.lookup(name)),
      isSecret: (name) => secrets.has(name) || names.isSecret(name),
    };
    try {
      const scope = scopeOf(step, document, { ...binding, names: over });
      boundAssertions(step.expect, scope, step.references.length > 0);
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
