import type { BelayAction } from './actions.ts';
import { belayUse } from './actions.ts';
import { type Reference, referencesOf } from './named.ts';
import type { Finding } from './page-blocks.ts';
import { isMapping, list, type Mapping, mapping, scalarText } from './values.ts';
import type { Leaf, YamlText } from './yaml-text.ts';

/** Facts of the `github` context, as GitHub documents them. */
const githubNames = [
  ...['action', 'action_path', 'action_ref', 'action_repository', 'action_status', 'actor', 'actor_id'],
  ...['api_url', 'base_ref', 'env', 'event', 'event_name', 'event_path', 'graphql_url', 'head_ref', 'job'],
  ...['path', 'ref', 'ref_name', 'ref_protected', 'ref_type', 'repository', 'repository_id'],
  ...['repository_owner', 'repository_owner_id', 'repositoryUrl', 'retention_days', 'run_attempt', 'run_id'],
  ...['run_number', 'secret_source', 'server_url', 'sha', 'token', 'triggering_actor', 'workflow'],
  ...['workflow_ref', 'workflow_sha', 'workspace'],
];

/** Every name in an expression that leads nowhere. In a fragment, what stands around it is not known. */
export function referenceFindings(
  yaml: YamlText,
  whole: boolean,
  actions: ReadonlyMap<string, BelayAction>,
): readonly Finding[] {
  const workflow = mapping(yaml.value);
  return yaml.leaves.flatMap(referencesOf).flatMap((reference) => {
    const what = wrong(reference, workflow, whole, actions);
    return what === undefined ? [] : [{ line: reference.leaf.line, what: `\`${reference.text}\`: ${what}` }];
  });
}

function wrong(
  { names: [context, ...names], leaf }: Reference,
  workflow: Mapping,
  whole: boolean,
  actions: ReadonlyMap<string, BelayAction>,
): string | undefined {
  const [first = '', second, third] = names;
  const jobs = mapping(workflow.jobs);
  const job = mapping(jobs[String(leaf.path[1])]);
  if (context === 'github') return wrongFact(first, leaf, workflow);
  if (context === 'inputs') {
    if (!whole || first in inputsOf(workflow)) return undefined;
    return 'the workflow has no such input';
  }
  const wrongPart = second === undefined ? undefined : missingPart(context, second);
  if (wrongPart !== undefined) return wrongPart;
  if (context === 'steps') {
    const steps = list(job.steps).filter(isMapping);
    const [, , place, index] = leaf.path;
    const before = place === 'steps' ? steps.slice(0, Number(index)) : steps;
    const step = before.find(({ id }) => id === first);
    if (step === undefined) return `no step before it has the id ${first}`;
    return second === 'outputs' && third !== undefined ? missingOutput(step, third, actions) : undefined;
  }
  if (!whole) return undefined;
  if (![job.needs].flat().includes(first)) return `the job does not name ${first} in its \`needs\``;
  const outputs = mapping(mapping(jobs[first]).outputs);
  if (second !== 'outputs' || third === undefined || third in outputs) return undefined;
  return `the job ${first} has no such output`;
}

const testedCommit = 'github.event.workflow_run.head_sha';

function wrongFact(name: string, leaf: Leaf, workflow: Mapping): string | undefined {
  if (!githubNames.includes(name)) return 'GitHub has no such fact';
  // Beside the other one it is for the other events.
  if (name !== 'sha' || !follows(workflow) || leaf.text.includes(`${testedCommit} || github.sha`))
    return undefined;
  return `is not the commit that was tested: on \`workflow_run\` write \`${testedCommit}\``;
}

/** Whether it is started by the end of another workflow, on the newest commit of the default branch. */
function follows({ on }: Mapping): boolean {
  return isMapping(on) ? 'workflow_run' in on : [on].flat().includes('workflow_run');
}

/** What a step or a job has, to those after it. Anything else comes to nothing, and no run complains. */
const parts = {
  steps: {
    of: 'a step has `outputs`, `outcome` and `conclusion`',
    names: ['outputs', 'outcome', 'conclusion'],
  },
  needs: { of: 'a job has `outputs` and `result`', names: ['outputs', 'result'] },
};

function missingPart(context: string | undefined, name: string): string | undefined {
  if (context !== 'steps' && context !== 'needs') return undefined;
  const { of, names } = parts[context];
  return names.includes(name) ? undefined : of;
}

function missingOutput(
  step: Mapping,
  output: string,
  actions: ReadonlyMap<string, BelayAction>,
): string | undefined {
  const use = belayUse(scalarText(step.uses));
  if (use === undefined) return undefined;
  const outputs = actions.get(use.name)?.manifest.outputs ?? [];
  return outputs.some(({ name }) => name === output) ? undefined : `${use.name} has no such output`;
}

function inputsOf({ on }: Mapping): Mapping {
  const events = mapping(on);
  return {
    ...mapping(mapping(events.workflow_dispatch).inputs),
    ...mapping(mapping(events.workflow_call).inputs),
  };
}
