import type { RunnerContext } from '../runner/runner.ts';
import type { UntrustedRun } from './gate.ts';

/**
 * Whether this run executes code that nobody has accepted yet. `workflow_run` is as trusted as the run it follows:
 * it has this repository's secrets and the commit of that run, be it a fork's, Dependabot's or a merge queue's.
 */
export function untrustedRun({ actor, event, eventName }: RunnerContext): UntrustedRun | undefined {
  const isAfter = eventName === 'workflow_run';
  if (eventName === 'merge_group' || (isAfter && text(event, 'workflow_run', 'event') === 'merge_group'))
    return 'merge-queue';
  if (actor === dependabot || (isAfter && text(event, 'workflow_run', 'actor', 'login') === dependabot))
    return 'dependabot';
  const base = text(event, 'repository', 'full_name');
  const [source, head] = isAfter
    ? [field(event, 'workflow_run'), text(event, 'workflow_run', 'head_repository', 'full_name')]
    : [field(event, 'pull_request'), text(event, 'pull_request', 'head', 'repo', 'full_name')];
  // A fork that was deleted since leaves no repository behind, and what has none is no branch of ours.
  const isForeign = source !== undefined && head !== base;
  return isForeign ? 'fork' : undefined;
}

const dependabot = 'dependabot[bot]';

function text(value: unknown, ...path: readonly string[]): string | undefined {
  const found = path.reduce<unknown>((at, key) => field(at, key), value);
  return typeof found === 'string' ? found : undefined;
}

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
