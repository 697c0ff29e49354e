import type { WorkflowWords } from '../platforms/open-platform.ts';

/** What is to be rolled back: the target, as the platform's input names it, and the environment whose records say what was good. */
export interface RollbackSubject extends WorkflowWords {
  readonly target: string;
  readonly environment: string;
}

/**
 * Whether a workflow is the button that takes this very app back, to a release that the person who presses it names: what
 * it does to another app, or ships on the way, nobody would want at night. What it leaves to an expression is not known here.
 */
export function rollsBack(workflow: unknown, subject: RollbackSubject): boolean {
  const steps = stepsOf(workflow);
  if (steps === undefined || steps.some(({ uses, run }) => isDeploy(uses) || subject.shipsByHand.test(run)))
    return false;
  const isRehearsal = ({ given }: WorkflowStep) => [true, 'true'].some((said) => given['dry-run'] === said);
  const back = steps.filter((step) => isRollback(step.uses) && !isRehearsal(step));
  return back.length > 0 && back.every(({ given }) => isOf(given, subject, dispatchInputs(workflow)));
}

interface WorkflowStep {
  readonly uses: string;
  readonly run: string;
  readonly given: Mapping;
}

type Mapping = Readonly<Record<string, unknown>>;

/** Undefined where a job calls another workflow: what that does is not to be seen. */
function stepsOf(workflow: unknown): readonly WorkflowStep[] | undefined {
  const jobs = Object.values(mapping(at(workflow, 'jobs')));
  if (jobs.some((job) => at(job, 'uses') !== undefined)) return undefined;
  const steps = jobs.flatMap((job) => {
    const own = at(job, 'steps');
    return Array.isArray(own) ? own.map((step) => ({ job, step })) : [];
  });
  const text = (step: unknown, key: string) => String(at(step, key) ?? '');
  // Under a condition it may do nothing.
  const isBound = steps.some(
    ({ job, step }) =>
      isRollback(text(step, 'uses')) && (at(job, 'if') !== undefined || at(step, 'if') !== undefined),
  );
  if (isBound) return undefined;
  return steps.map(({ step }) => {
    return { uses: text(step, 'uses'), run: text(step, 'run'), given: mapping(at(step, 'with')) };
  });
}

function isRollback(uses: string): boolean {
  return /(?:^|\/)actions\/rollback(?:@|$)/.test(uses);
}

function isDeploy(uses: string): boolean {
  return /(?:^|\/)actions\/[^/@]*deploy(?:@|$)/.test(uses);
}

function isOf(
  given: Mapping,
  { targetInput, target, environment }: RollbackSubject,
  inputs: Mapping,
): boolean {
  const asks = (name: string) => isText(inputs, name) && isInput(given[name], name);
  return (
    given[targetInput] === target &&
    (given.environment ?? 'production') === environment &&
    [undefined, false, 'false'].some((real) => given['dry-run'] === real) &&
    asks('to') &&
    asks('reason')
  );
}

/** `${{ inputs.to }}`, and nothing around it. */
function isInput(value: unknown, name: string): boolean {
  const expression = /^\s*\$\{\{\s*(?:github\.event\.)?inputs\.([\w-]+)\s*\}\}\s*$/;
  return typeof value === 'string' && expression.exec(value)?.[1] === name;
}

/** Whether a person may write anything there: a list to choose from may lack the release. */
function isText(inputs: Mapping, name: string): boolean {
  if (!Object.hasOwn(inputs, name)) return false;
  return ['string', undefined].some((type) => at(inputs[name], 'type') === type);
}

function dispatchInputs(workflow: unknown): Mapping {
  return mapping(at(at(at(workflow, 'on'), 'workflow_dispatch'), 'inputs'));
}

function at(value: unknown, key: string): unknown {
  const held = mapping(value);
  return Object.hasOwn(held, key) ? held[key] : undefined;
}

function mapping(value: unknown): Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}
