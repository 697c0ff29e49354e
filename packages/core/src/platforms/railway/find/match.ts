import type { RunnerContext } from '../../../runner/runner.ts';

/** Which deployment of Railway's own is waited for. */
export interface RailwayMatch {
  /** Whole, 40 hex digits in lower case. */
  readonly commit: string;
  /** Whether this run is one of the checks that “Wait for CI” waits for: see `isCheckOf`. */
  readonly isCheck: boolean;
  /** `owner/name` and the branch of the run, where it has them: what a trigger is compared with. */
  readonly repository: string | undefined;
  readonly branch: string | undefined;
}

type Run = Pick<RunnerContext, 'event' | 'eventName' | 'sha'>;

/**
 * These follow what was done before: their runs begin once the checks of a commit, or its deployment, have an end. Source:
 * https://docs.github.com/actions/reference/events-that-trigger-workflows.
 */
const afterwards: readonly string[] = [
  'deployment',
  'deployment_status',
  'workflow_run',
  'check_suite',
  'status',
];

/**
 * Whether a run is a check of a commit, for which “Wait for CI” holds its deployment back: each run belongs to the check
 * suite of its own commit, which for a pull request is its head. Source: docs.railway.com/deployments/github-autodeploys.
 */
export function isCheckOf(commit: string, { event, eventName = '', sha }: Run): boolean {
  if (afterwards.includes(eventName)) return false;
  const head: unknown = Object(Object(event.pull_request).head).sha;
  const own = eventName.startsWith('pull_request') && typeof head === 'string' ? head : sha;
  return own?.toLowerCase() === commit;
}
