import { parse } from 'yaml';
import type { Step, Values } from '../job-spec.ts';

/** A workflow file as far as it can be played here: jobs of steps, one after the other. */
export interface Workflow {
  /** The filters of each event that starts it, by the event's name. */
  readonly on: ReadonlyMap<string, Mapping>;
  readonly env: Values;
  readonly permissions: unknown;
  readonly jobs: readonly WorkflowJob[];
}

export interface WorkflowJob {
  readonly id: string;
  readonly needs: readonly string[];
  readonly if: string | undefined;
  readonly env: Values;
  readonly permissions: unknown;
  readonly outputs: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

export type Mapping = Readonly<Record<string, unknown>>;

/** What a job may not have here: it is act's. */
const beyond = ['strategy', 'uses', 'container', 'services'];

/** Reads a workflow that is right; what only a linter finds wrong is not found here. Refuses what cannot be played. */
export function readWorkflow(text: string): Workflow {
  const file = mapping(parse(text));
  return {
    on: eventsOf(file.on),
    env: mapping(file.env) as Values,
    permissions: file.permissions,
    jobs: Object.entries(mapping(file.jobs)).map(([id, job]) =>
      jobOf(id, mapping(job), mapping(file.defaults)),
    ),
  };
}

/** `on: push`, `on: [push, pull_request]`, or a mapping with filters. */
function eventsOf(on: unknown): ReadonlyMap<string, Mapping> {
  if (typeof on === 'string') return new Map([[on, {}]]);
  if (Array.isArray(on)) return new Map(on.map((name) => [String(name), {}]));
  return new Map(Object.entries(mapping(on)).map(([name, filters]) => [name, mapping(filters)]));
}

function jobOf(id: string, job: Mapping, defaults: Mapping): WorkflowJob {
  const unknown = beyond.filter((key) => key in job);
  if (unknown.length > 0)
    throw new Error(`The job '${id}' has ${unknown.join(', ')}, which is not played here.`);
  if (Object.keys(defaults).length > 0 || 'defaults' in job) {
    throw new Error(`The job '${id}' has defaults, which are not played here.`);
  }
  return {
    id,
    needs: [job.needs ?? []].flat().map(String),
    if: job.if === undefined ? undefined : String(job.if),
    env: mapping(job.env) as Values,
    permissions: job.permissions,
    outputs: mapping(job.outputs) as Readonly<Record<string, string>>,
    steps: (Array.isArray(job.steps) ? job.steps : []) as readonly Step[],
  };
}

export function mapping(value: unknown): Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Mapping) : {};
}
