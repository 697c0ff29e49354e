import { durationText } from '../../inputs/duration.ts';
import { Redactor } from '../../redactor.ts';
import type { Assertion, Check, CheckDocument, CheckFile, Scenario } from '../check-file.ts';
import type { Complaint } from '../load-checks.ts';
import { invalidChecks } from '../load-checks.ts';
import type { Probe, Scope, WantedBuild } from '../types/check-type.ts';
import { BindProblem } from '../types/check-type.ts';
import { boundToPrevious } from './bind-previous.ts';
import type { BoundStep } from './bind-step.ts';
import { bindStep } from './bind-step.ts';
import { boundAssertions } from './bound-assertions.ts';
import type { ReadFiles } from './named-files.ts';
import { mayBeRepeated } from './prober.ts';
import type { Values } from './scope.ts';
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
  /** The same check of the previous release, where that has an address of its own. */
  readonly previous?: () => BoundCheck | undefined;
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
  complaints.push(...nothingLeft(parts));
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
  const names = namesOf(document, binding);
  const parts: Part[] = [];
  for (const check of checks) {
    const cause = check.when && whyNot(check.when, names.lookup);
    if (cause !== undefined) parts.push({ kind: 'left-out', check, document, cause });
    else {
      const scope = scopeOf(check, document, { ...binding, names });
      const made = boundParts(check, scope, { document, complaints: binding.complaints });
      if (made === undefined) continue;
      const bound = { ...made, check: sampledOrNot(check, made.probe), document };
      const previous = () => boundToPrevious(bound, binding);
      parts.push({ kind: 'check', bound: { ...bound, previous } });
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

/** A watch that makes no rounds would say for its whole time that all is well. */
function nothingWatched(parts: readonly Part[]): Complaint[] {
  const gates = parts.flatMap((part) => {
    if (part.kind === 'left-out') return [];
    const steps = part.kind === 'check' ? [part.bound] : part.steps;
    const [gate] = steps.filter(({ check }) => check.severity === 'gate');
    if (gate === undefined || gate.document.watch === undefined) return [];
    return [
      {
        ...gate,
        isWatched:
          part.kind === 'check'
            ? mayBeRepeated({ repeatable: part.bound.probe.repeatable, check: part.bound.check })
            : part.steps.every(mayBeRepeated),
      },
    ];
  });
  return [...Map.groupBy(gates, ({ document }) => document).values()].flatMap(([first, ...others]) =>
    first === undefined || [first, ...others].some(({ isWatched }) => isWatched)
      ? []
      : [{ message: unwatchable, place: first.document.source.place(first.check.origin) }],
  );
}

const unwatchable =
  'Nothing can be watched: every gate sends what may count twice. Set `retry: { unsafe: true }` where repeating it is harmless.';

interface Placing {
  readonly document: CheckDocument;
  readonly complaints: Complaint[];
}

function boundParts(
  check: Check,
  scope: Scope,
  { document, complaints }: Placing,
): Pick<BoundCheck, 'probe' | 'expect'> | undefined {
  try {
    const expect = boundAssertions(check.expect, scope, check.references.length > 0);
    return { probe: refuseRepeats(check, check.blueprint.bind(scope)), expect };
  } catch (error) {
    if (!(error instanceof BindProblem)) throw error;
    complaints.push(bindComplaint(check, document, scope.redactor.redact(error.message)));
    return undefined;
  }
}

/** Throws BindProblem when the check asks for samples of what may count twice. */
export function refuseRepeats(check: Check, probe: Probe): Probe {
  if (check.sampling?.isImplied !== false || mayBeRepeated({ repeatable: probe.repeatable, check }))
    return probe;
  throw new BindProblem(
    'it takes samples, and sending its request many times may do something many times. Set `retry: { unsafe: true }` if it is harmless.',
  );
}

/** Samples that the check did not ask for itself are not taken of what may count twice. */
function sampledOrNot(check: Check, probe: Probe): Check {
  return check.sampling === undefined || mayBeRepeated({ repeatable: probe.repeatable, check })
    ? check
    : { ...check, sampling: undefined };
}

/** What is wrong with a value of a check, at its place. */
export function bindComplaint(
  { name, origin }: Check,
  { source }: CheckDocument,
  message: string,
): Complaint {
  return { message: `Check ${JSON.stringify(name)}: ${message}`, place: source.place(origin) };
}
