import type { Place } from '../runner/runner.ts';

/** A remark shown on the run's page and, where it has a place, in the diff. */
export interface Annotation {
  readonly level: 'notice' | 'warning' | 'error';
  readonly message: string;
  readonly place?: Place;
}
