import type { Ground } from './ground.ts';
import type { PageWorkflow } from './page-workflows.ts';

/** A story of what a workflow is on its page for. */
export interface Play {
  readonly name: string;
  /** The events of `on:` it is about; it is played for each that the workflow has. */
  readonly events: readonly string[];
  readonly fits: (page: PageWorkflow) => boolean;
  readonly play: (ground: Ground, page: PageWorkflow, event: string) => Promise<void>;
}

/** A step of this action is in it, which keeps or sweeps review apps as `review` says. */
export function uses(action: string, review?: string): Play['fits'] {
  return ({ steps }) => steps.some((step) => step.action === action && step.given['review-app'] === review);
}
