import { actionOrigin } from './action-folder.ts';
import type { Step } from './job-spec.ts';

/** One thing a job runs: a step, or the `post` of an action's step. */
export interface Stage {
  readonly kind: 'main' | 'post';
  readonly step: Step;
  readonly name: string;
  readonly condition: string;
  /** What `GITHUB_ACTION` says: the step's id, or the name the service makes up. */
  readonly action: string;
  /** Shared by the stages of one step, and by no other. */
  readonly state: Map<string, string>;
}

/** The main stages of a job's steps, in order. */
export function mainStages(steps: readonly Step[]): Stage[] {
  const taken = new Map<string, number>();
  return steps.map((step) => ({
    kind: 'main',
    step,
    name: step.name ?? defaultName(step),
    condition: step.if === undefined ? 'success()' : String(step.if),
    action: step.id ?? numbered(unnamed(step), taken),
    state: new Map(),
  }));
}

export function postStage(main: Stage, condition: string): Stage {
  return { ...main, kind: 'post', name: `Post ${main.name}`, condition };
}

function defaultName(step: Step): string {
  return `Run ${'uses' in step ? step.uses : step.run.trim().split('\n')[0]}`;
}

/** What the service calls a step without an id. */
function unnamed(step: Step): string {
  if (!('uses' in step)) return '__run';
  return `__${actionOrigin(step.uses)?.repository.replace('/', '_') ?? 'self'}`;
}

function numbered(name: string, taken: Map<string, number>): string {
  const count = (taken.get(name) ?? 0) + 1;
  taken.set(name, count);
  return count === 1 ? name : `${name}_${count}`;
}
