import type { GitHubFacts, Values } from '../job-spec.ts';
import { type Mapping, mapping, type Workflow } from './read-workflow.ts';

/** Types of an event that starts a workflow which names none. */
const usualTypes: Readonly<Record<string, readonly string[]>> = {
  pull_request: ['opened', 'synchronize', 'reopened'],
};

/** Whether an event starts a workflow: its name, its types, its branches, and the workflow it follows. */
export function starts({ on }: Workflow, facts: GitHubFacts): boolean {
  const name = facts.event_name ?? 'push';
  const filters = on.get(name);
  if (filters === undefined) return false;
  const event = mapping(facts.event);
  const types = listed(filters, 'types') ?? usualTypes[name];
  if (types !== undefined && !types.includes(String(event.action))) return false;
  const followed = listed(filters, 'workflows');
  if (followed !== undefined && !followed.includes(String(mapping(event.workflow_run).name))) return false;
  const branches = listed(filters, 'branches');
  return branches === undefined || branches.some((pattern) => matches(pattern, branchOf(name, facts, event)));
}

/** The branch that `branches` speaks of. */
function branchOf(name: string, facts: GitHubFacts, event: Mapping): string {
  if (name === 'workflow_run') return String(mapping(event.workflow_run).head_branch);
  if (name === 'pull_request') return String(mapping(mapping(event.pull_request).base).ref);
  return (facts.ref ?? 'refs/heads/main').replace(/^refs\/heads\//, '');
}

function listed(filters: Mapping, key: string): readonly string[] | undefined {
  return filters[key] === undefined ? undefined : [filters[key]].flat().map(String);
}

/** `*` stands within a name, `**` across slashes. */
function matches(pattern: string, branch: string): boolean {
  const parts = pattern.split(/(\*\*?)/).map((part) => {
    if (part === '**') return '.*';
    return part === '*' ? '[^/]*' : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^${parts.join('')}$`).test(branch);
}

/** The `inputs` of a dispatch: what was given, and defaults for the rest. Refused, as GitHub does, where one is missing or unknown. */
export function dispatchInputs({ on }: Workflow, given: Values): Values {
  const declared = mapping(on.get('workflow_dispatch')?.inputs);
  const unexpected = Object.keys(given).filter((name) => !(name in declared));
  if (unexpected.length > 0) throw new Error(`Unexpected inputs provided: ${unexpected.join(', ')}`);
  return Object.fromEntries(
    Object.entries(declared).map(([name, input]) => {
      const { default: value = '', required } = mapping(input);
      const own = given[name] ?? (value as string);
      if (required === true && own === '') throw new Error(`Required input '${name}' not provided`);
      return [name, own];
    }),
  );
}
