import { Redactor } from '../../redactor.ts';
import type { Assertion, Check, CheckDocument, CheckFile, Predicate } from '../check-file.ts';
import type { Complaint } from '../load-checks.ts';
import { invalidChecks } from '../load-checks.ts';
import type { Probe, Scope, WantedBuild } from '../types/check-type.ts';
import { BindProblem } from '../types/check-type.ts';
import { boundToPrevious } from './bind-previous.ts';
import type { Values } from './scope.ts';
import { namesOf, scopeOf, undefinedNames } from './scope.ts';

/** A check with its templates filled in. */
export interface BoundCheck {
  readonly check: Check;
  readonly document: CheckDocument;
  readonly probe: Probe;
  readonly expect: readonly Assertion[];
  /** The same check of the previous release, where that has an address of its own. */
  readonly previous?: () => BoundCheck | undefined;
}

export interface BindOptions extends Values {
  readonly redactor: Redactor;
  /** What the served build must equal; the file's own `equals` when undefined. */
  readonly build: WantedBuild | undefined;
  readonly only: ReadonlySet<string> | undefined;
}

/** Fills in every template, or throws `checks-invalid` with all that is undefined or unusable. */
export function bindChecks(file: CheckFile, options: BindOptions): BoundCheck[] {
  const complaints = undefinedNames(file, options, options.build);
  if (complaints.length > 0) throw invalidChecks(complaints);
  const bound: BoundCheck[] = [];
  for (const document of file.documents) {
    const names = namesOf(document, options);
    for (const check of document.checks) {
      if (options.only !== undefined && !options.only.has(check.name)) continue;
      const { redactor, protectionBypass, build } = options;
      const scope = scopeOf(check, document, { names, redactor, protectionBypass, build });
      const probe = boundProbe(check, scope, { document, complaints });
      if (probe === undefined) continue;
      const one = {
        check: sampledOrNot(check, probe),
        document,
        probe,
        expect: filledAssertions(check, scope),
      };
      bound.push({ ...one, previous: () => boundToPrevious(one, options) });
    }
  }
  if (complaints.length > 0) throw invalidChecks(complaints);
  return bound;
}

/**
 * Throws `checks-invalid` for every name that will have no value and every value that cannot be used, before anything
 * is asked: what is only found out after a change has shipped is found too late.
 */
export function assertBindable(file: CheckFile, values: Values): void {
  const redactor = new Redactor(Object.values(values.secrets));
  bindChecks(file, { ...values, redactor, build: { kind: 'unknown' }, only: undefined });
}

interface Binding {
  readonly document: CheckDocument;
  readonly complaints: Complaint[];
}

function boundProbe(check: Check, scope: Scope, { document, complaints }: Binding): Probe | undefined {
  try {
    const probe = check.blueprint.bind(scope);
    if (check.sampling?.isImplied === false && !mayRepeat(check, probe))
      throw new BindProblem(
        'it takes samples, and sending its request many times may do something many times. Set `retry: { unsafe: true }` if it is harmless.',
      );
    return probe;
  } catch (error) {
    if (!(error instanceof BindProblem)) throw error;
    const message = `Check ${JSON.stringify(check.name)}: ${scope.redactor.redact(error.message)}`;
    complaints.push({ message, place: document.source.place(check.origin) });
    return undefined;
  }
}

function mayRepeat({ retry }: Check, { repeatable }: Probe): boolean {
  return repeatable || retry.unsafe;
}

/** Samples that the check did not ask for itself are not taken of what may count twice. */
function sampledOrNot(check: Check, probe: Probe): Check {
  return check.sampling === undefined || mayRepeat(check, probe) ? check : { ...check, sampling: undefined };
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
