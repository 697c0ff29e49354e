import { Redactor } from '../../redactor.ts';
import type { Assertion, Check, CheckDocument, CheckFile, Predicate, Scenario } from '../check-file.ts';
import type { Complaint } from '../load-checks.ts';
import { invalidChecks } from '../load-checks.ts';
import type { Probe, Scope, WantedBuild } from '../types/check-type.ts';
import { BindProblem } from '../types/check-type.ts';
import type { BoundStep } from './bind-step.ts';
import { bindStep } from './bind-step.ts';
import type { ReadFiles, Values } from './scope.ts';
import { namesIn, namesOf, scopeOf, undefinedNames } from './scope.ts';
import type { Selected } from './select.ts';
import { select } from './select.ts';
import { whyNot } from './when.ts';

/** A check with its templates filled in. */
export interface BoundCheck {
  readonly check: Check;
  readonly document: CheckDocument;
  readonly probe: Probe;
  readonly expect: readonly Assertion[];
}

/** What a run is made of, in the order of the files. */
export type Part =
  | { readonly kind: 'check'; readonly bound: BoundCheck }
  | {
      readonly kind: 'scenario';
      readonly scenario: Scenario;
      readonly document: CheckDocument;
      readonly steps: readonly BoundStep[];
    }
  /** Its `if` does not hold. */
  | {
      readonly kind: 'left-out';
      readonly check: Check;
      readonly document: CheckDocument;
      readonly cause: string;
    };

export interface BindOptions extends Values {
  readonly redactor: Redactor;
  /** What the served build must equal; the file's own `equals` when undefined. */
  readonly build: WantedBuild | undefined;
  readonly only: ReadonlySet<string> | undefined;
  readonly tags?: ReadonlySet<string> | undefined;
}

/** Fills in every template, or throws `checks-invalid` with all that is undefined or unusable. */
export function bindChecks(file: CheckFile, options: BindOptions): Part[] {
  const complaints = undefinedNames(file, options, options.build);
  const selected = select(file, options, complaints);
  if (complaints.length > 0) throw invalidChecks(complaints);
  const files: ReadFiles = new Map();
  const parts = selected.flatMap((one) => partsOf(one, { ...options, files, complaints }));
  complaints.push(...nothingLeft(parts));
  if (complaints.length > 0) throw invalidChecks(complaints);
  return parts;
}

/**
 * Throws `checks-invalid` for every name that will have no value and every value that cannot be used, before anything
 * is asked: what is only found out after a change has shipped is found too late.
 */
export function assertBindable(file: CheckFile, values: Values): void {
  const redactor = new Redactor(Object.values(values.secrets));
  bindChecks(file, { ...values, redactor, build: { kind: 'unknown' }, only: undefined });
}

interface Binding extends BindOptions {
  readonly files: ReadFiles;
  readonly complaints: Complaint[];
}

function partsOf({ document, checks, scenarios }: Selected, binding: Binding): Part[] {
  const names = namesOf(document, binding);
  const parts: Part[] = [];
  for (const check of checks) {
    const cause = check.when && whyNot(check.when, names.lookup);
    if (cause !== undefined) parts.push({ kind: 'left-out', check, document, cause });
    else {
      const scope = scopeOf(check, document, { ...binding, names });
      const probe = boundProbe(check, scope, { document, complaints: binding.complaints });
      const expect = filledAssertions(check, scope);
      if (probe !== undefined) parts.push({ kind: 'check', bound: { check, document, probe, expect } });
    }
  }
  return [...parts, ...scenarios.flatMap((scenario) => scenarioParts(scenario, document, binding))];
}

function scenarioParts(scenario: Scenario, document: CheckDocument, binding: Binding): Part[] {
  const names = namesIn(scenario, document, binding);
  const cause = scenario.when && whyNot(scenario.when, names.lookup);
  if (cause !== undefined)
    return scenario.steps.map((check): Part => ({ kind: 'left-out', check, document, cause }));
  const captured: string[] = [];
  const secrets = new Set<string>();
  const steps = scenario.steps.map((step) => {
    const known = { captured: new Set(captured), secrets: new Set(secrets) };
    for (const { name, redact } of step.captures) {
      captured.push(name);
      if (redact) secrets.add(name);
    }
    return bindStep(step, document, { ...binding, names, ...known });
  });
  return [{ kind: 'scenario', scenario, document, steps }];
}

/** Conditions that leave no gate would make every run pass. */
function nothingLeft(parts: readonly Part[]): Complaint[] {
  const leftOut = parts.filter((part) => part.kind === 'left-out');
  const isLeft = parts.some((part) => {
    if (part.kind === 'check') return part.bound.check.severity === 'gate';
    return part.kind === 'scenario' && part.steps.some(({ check }) => check.severity === 'gate');
  });
  const first = leftOut.find(({ check }) => check.severity === 'gate');
  if (isLeft || first === undefined) return [];
  const place = first.document.source.place(first.check.origin);
  return [{ message: 'Every gate is left out by its `if`: nothing would be proved.', place }];
}

interface Placing {
  readonly document: CheckDocument;
  readonly complaints: Complaint[];
}

function boundProbe(check: Check, scope: Scope, { document, complaints }: Placing): Probe | undefined {
  try {
    return check.blueprint.bind(scope);
  } catch (error) {
    if (!(error instanceof BindProblem)) throw error;
    complaints.push(bindComplaint(check, document, scope.redactor.redact(error.message)));
    return undefined;
  }
}

/** What is wrong with a value of a check, at its place. */
export function bindComplaint(
  { name, origin }: Check,
  { source }: CheckDocument,
  message: string,
): Complaint {
  return { message: `Check ${JSON.stringify(name)}: ${message}`, place: source.place(origin) };
}

/** Most checks use no variable in `expect`: theirs are kept as they are. */
export function filledAssertions(check: Check, scope: Scope): readonly Assertion[] {
  if (check.references.length === 0) return check.expect;
  return check.expect.map((assertion) => ({
    ...assertion,
    predicate: filledPredicate(assertion.predicate, scope),
  }));
}

function filledPredicate(predicate: Predicate, scope: Scope): Predicate {
  return {
    ...predicate,
    expected: scope.fillDeep(predicate.expected),
    nested: predicate.nested.map((one) => filledPredicate(one, scope)),
  };
}
