import { Redactor } from '../../io/redactor.ts';
import { durationText } from '../../text/duration.ts';
import type { Check, CheckDocument, CheckFile, Scenario } from '../check-file.ts';
import { stepsOf } from '../check-file.ts';
import type { Complaint } from '../complaint.ts';
import { bindComplaint, invalidChecks } from '../complaint.ts';
import { BindProblem } from '../types/bind-problem.ts';
import type { Probe, Scope, WantedBuild } from '../types/check-type.ts';
import { boundToPrevious } from './bind-previous.ts';
import { bindStep } from './bind-step.ts';
import type { BoundCheck, Part } from './bound.ts';
import { boundAssertions, withBoundMeasures } from './bound-assertions.ts';
import { curlText, veiled } from './curl-text.ts';
import { GeneratedValues } from './generated-values.ts';
import type { ReadFiles } from './named-files.ts';
import { nothingHeld, nothingWatched, refuseRepeats } from './never-repeated.ts';
import { mayBeRepeated } from './prober.ts';
import type { Names, Values } from './scope.ts';
import { namesIn, namesOf, scopeOf, undefinedNames, usesGenerated } from './scope.ts';
import type { Selected } from './select.ts';
import { select } from './select.ts';
import { reasonAgainst } from './when.ts';

export interface BindOptions extends Values {
  readonly redactor: Redactor;
  /** What the served build must equal; the file's own `equals` when undefined. */
  readonly build: WantedBuild | undefined;
  readonly only: ReadonlySet<string> | undefined;
  readonly tags?: ReadonlySet<string> | undefined;
  /** False when no watch will follow the verdict. */
  readonly watch?: boolean | undefined;
}

/** Fills in every template, or throws `checks-invalid` with all that is undefined or unusable. */
export function bindChecks(file: CheckFile, options: BindOptions): Part[] {
  const complaints = undefinedNames(file, options, options.build);
  const selected = select(file, options, complaints);
  if (complaints.length > 0) throw invalidChecks(complaints);
  const files: ReadFiles = new Map();
  const parts = selected.flatMap((one) => partsOf(one, { ...options, files, complaints }));
  complaints.push(...nothingLeft(parts), ...nothingHeld(parts));
  if (options.watch !== false) complaints.push(...nothingWatched(parts));
  if (complaints.length > 0) throw invalidChecks(complaints);
  return parts;
}

/**
 * Throws `checks-invalid` for every name that will have no value and every value that cannot be used, before anything
 * is asked: what is only found out after a change has shipped is found too late.
 */
export function assertBindable(file: CheckFile, values: Values, timeoutMs?: number): void {
  if (timeoutMs !== undefined) assertTimeToWatch(file, timeoutMs);
  const redactor = new Redactor(Object.values(values.secrets));
  bindChecks(file, { ...values, redactor, build: { kind: 'unknown' }, only: undefined });
}

/** A watch that is sure to be cut short would leave every release unjudged. */
function assertTimeToWatch({ documents }: CheckFile, timeoutMs: number): void {
  const complaints = documents.flatMap(({ watch, source }) => {
    if (watch === undefined || watch.forMs < timeoutMs) return [];
    const message = `\`watch\` takes ${durationText(watch.forMs)}, and all of the step has ${durationText(timeoutMs)}: raise \`timeout\`.`;
    return [{ message, place: source.place(watch.origin, 'key') }];
  });
  if (complaints.length > 0) throw invalidChecks(complaints);
}

interface Binding extends BindOptions {
  readonly files: ReadFiles;
  readonly complaints: Complaint[];
}

function partsOf({ document, checks, scenarios }: Selected, binding: Binding): Part[] {
  const generated = new GeneratedValues();
  const names = namesOf(document, binding, generated);
  const parts: Part[] = [];
  for (const check of checks) {
    const cause = check.when && reasonAgainst(check.when, names.lookup);
    if (cause !== undefined) parts.push({ kind: 'left-out', check, document, cause });
    else {
      const scope = scopeOf(check, document, { ...binding, names });
      const made = boundParts(check, scope, { document, complaints: binding.complaints });
      if (made === undefined) continue;
      const bound = { ...made, check: sampledOrNot(made.check, made.probe), document };
      const previous = () => boundToPrevious(bound, { ...binding, generated });
      const renewing = usesGenerated(check, document, names) ? { renewed: renewer(bound, binding) } : {};
      const telling =
        check.blueprint.curl === undefined ? {} : { curl: curlCheck(bound, binding, { names, generated }) };
      parts.push({ kind: 'check', bound: { ...bound, ...telling, ...renewing, previous } });
    }
  }
  return [...parts, ...scenarios.flatMap((scenario) => scenarioParts(scenario, document, binding))];
}

/** `names`: those the request was made with. What stands in for secrets is made when somebody asks. */
function curlCheck(
  bound: Pick<BoundCheck, 'check' | 'document'>,
  binding: Binding,
  { names, generated }: { readonly names: Names; readonly generated: GeneratedValues },
) {
  const { document } = bound;
  return () => {
    const standIns = namesOf(document, veiled(document, binding), generated);
    return curlText(bound, { ...binding, names: standIns, revealed: names });
  };
}

/** Throws BindProblem as `bind` does, which it did not the first time. */
function renewer({ check, document }: BoundCheck, binding: Binding): () => BoundCheck {
  return () => {
    const generated = new GeneratedValues();
    const names = namesOf(document, binding, generated);
    const scope = scopeOf(check, document, { ...binding, names });
    const expect = boundAssertions(check.expect, scope);
    const bound = { check, document, probe: check.blueprint.bind(scope), expect };
    return { ...bound, curl: curlCheck(bound, binding, { names, generated }) };
  };
}

function scenarioParts(scenario: Scenario, document: CheckDocument, binding: Binding): Part[] {
  const names = namesIn(scenario, document, binding);
  const cause = scenario.when && reasonAgainst(scenario.when, names.lookup);
  if (cause !== undefined)
    return stepsOf(scenario).map((check): Part => ({ kind: 'left-out', check, document, cause }));
  const captured: string[] = [];
  const secrets = new Set<string>();
  const isMade = stepsOf(scenario).some((step) => usesGenerated(step, document, names));
  const fresh = () => (isMade ? namesIn(scenario, document, binding) : names);
  const bound = stepsOf(scenario).map((step) => {
    const known = { captured: new Set(captured), secrets: new Set(secrets) };
    for (const { name, redact } of step.captures) {
      captured.push(name);
      if (redact) secrets.add(name);
    }
    return bindStep(step, document, { ...binding, names, fresh, ...known });
  });
  const count = scenario.steps.length;
  return [{ kind: 'scenario', scenario, document, steps: bound.slice(0, count), last: bound.slice(count) }];
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

function boundParts(
  check: Check,
  scope: Scope,
  { document, complaints }: Placing,
): Pick<BoundCheck, 'check' | 'probe' | 'expect'> | undefined {
  try {
    const expect = boundAssertions(check.expect, scope);
    const measured = withBoundMeasures(check, scope);
    return { check: measured, probe: refuseRepeats(check, check.blueprint.bind(scope)), expect };
  } catch (error) {
    if (!(error instanceof BindProblem)) throw error;
    complaints.push(bindComplaint(check, document, scope.redactor.redact(error.message)));
    return undefined;
  }
}

/** Samples that the check did not ask for itself are not taken of what may count twice. */
function sampledOrNot(check: Check, probe: Probe): Check {
  return check.sampling === undefined || mayBeRepeated({ repeatable: probe.repeatable, check })
    ? check
    : { ...check, sampling: undefined };
}
