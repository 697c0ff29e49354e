import type { ReadStep } from './step-lint.ts';
import { isMapping, type Mapping, mapping } from './values.ts';

/** A step of any kind, and what its action made of it. */
export interface LintedStep {
  readonly job: string;
  readonly index: number;
  readonly step: Mapping;
  readonly belay?: { readonly name: string; readonly read: ReadStep };
}

export interface WorkflowFacts {
  /** A whole workflow; otherwise a fragment, whose surroundings a reader has. */
  readonly whole: boolean;
  /** One that users copy; this repository's own may cancel what only tests. */
  readonly example: boolean;
}

/** Every job that has a mapping, by its name. */
export function jobsOf(workflow: Mapping): readonly (readonly [string, Mapping])[] {
  return Object.entries(mapping(workflow.jobs)).flatMap(([name, job]) =>
    isMapping(job) ? [[name, job]] : [],
  );
}
