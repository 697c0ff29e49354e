import { Redactor } from '../../redactor.ts';
import type { Assertion, Check, CheckDocument, CheckFile } from '../check-file.ts';
import type { Complaint } from '../load-checks.ts';
import { invalidChecks } from '../load-checks.ts';
import type { Probe, Scope, WantedBuild } from '../types/check-type.ts';
import { BindProblem } from '../types/check-type.ts';
import { boundAssertions } from './bound-assertions.ts';
import type { Values } from './scope.ts';
import { namesOf, scopeOf, undefinedNames } from './scope.ts';

/** A check with its templates filled in. */
export interface BoundCheck {
  readonly check: Check;
  readonly document: CheckDocument;
  readonly probe: Probe;
  readonly expect: readonly Assertion[];
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
      const scope = scopeOf(check, document, { names, redactor: options.redactor, build: options.build });
      const parts = boundParts(check, scope, { document, complaints });
      if (parts !== undefined) bound.push({ check, document, ...parts });
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

function boundParts(
  check: Check,
  scope: Scope,
  { document, complaints }: Binding,
): Pick<BoundCheck, 'probe' | 'expect'> | undefined {
  try {
    const expect = boundAssertions(check.expect, scope, check.references.length > 0);
    return { probe: check.blueprint.bind(scope), expect };
  } catch (error) {
    if (!(error instanceof BindProblem)) throw error;
    const message = `Check ${JSON.stringify(check.name)}: ${scope.redactor.redact(error.message)}`;
    complaints.push({ message, place: document.source.place(check.origin) });
    return undefined;
  }
}
