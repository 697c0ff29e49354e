import type { ServiceAnswer } from '../../service.ts';
import { created, noContent, notFound, ok, refuse } from '../answers.ts';
import type { Commit } from '../commit.ts';
import type { Deployment } from '../model.ts';
import { paged } from '../paging.ts';
import { deploymentJson } from '../render/deployment.ts';
import { commitNamed } from '../revisions.ts';
import { type Call, Fields, type Route, reads, writes } from '../route.ts';
import { mergeDefaultBranch } from './auto-merge.ts';
import { unmetContexts } from './required-contexts.ts';

const path = '/repos/{owner}/{repo}/deployments';

export const deploymentRoutes: readonly Route[] = [
  { name: 'deployments.list', method: 'GET', path, need: reads('deployments'), answer: list },
  { name: 'deployments.create', method: 'POST', path, need: writes('deployments'), answer: create },
  {
    name: 'deployments.get',
    method: 'GET',
    path: `${path}/{deployment_id}`,
    need: reads('deployments'),
    answer: (call) => ok(deploymentJson(call.repository, deploymentOf(call))),
  },
  {
    name: 'deployments.delete',
    method: 'DELETE',
    path: `${path}/{deployment_id}`,
    need: writes('deployments'),
    answer: remove,
  },
];

export function deploymentOf(call: Call): Deployment {
  const id = Number(call.params.deployment_id);
  const deployment = call.repository.deployments.find((candidate) => candidate.id === id);
  if (deployment === undefined) throw notFound();
  return deployment;
}

/** Newest first. `none` is GitHub's documented default of each filter. */
function list(call: Call): ServiceAnswer {
  const filters = (['sha', 'ref', 'task', 'environment'] as const).flatMap((field) => {
    const wanted = call.url.searchParams.get(field);
    return wanted === null || wanted === 'none' ? [] : [{ field, wanted }];
  });
  const matching = call.world
    .listedDeployments(call.repository)
    .filter((deployment) => filters.every(({ field, wanted }) => deployment[field] === wanted));
  return paged(matching.toReversed(), call.url, (deployment) => deploymentJson(call.repository, deployment));
}

/** With GitHub's own defaults, so a client that leaves `auto_merge` or `required_contexts` out meets their 202 and 409. */
function create(call: Call): ServiceAnswer {
  const fields = new Fields('Deployment', call.body);
  const ref = fields.requiredText('ref');
  const commit = commitNamed(call.repository, ref);
  if (commit === undefined) throw refuse(422, `No ref found for: ${ref}`);
  if (fields.flag('auto_merge') ?? true) {
    const merged = mergeDefaultBranch(call, ref);
    if (merged !== undefined) return merged;
  }
  const unmet = unmetContexts(call.repository, commit.sha, fields.texts('required_contexts'));
  if (unmet.length > 0) throw contextsConflict(ref, unmet);
  const deployment = call.world.addDeployment(call.repository, newDeployment(call, fields, commit));
  return created(deploymentJson(call.repository, deployment));
}

function newDeployment(call: Call, fields: Fields, commit: Commit) {
  const environment = fields.text('environment') ?? 'production';
  return {
    sha: commit.sha,
    ref: fields.requiredText('ref'),
    task: fields.text('task') ?? 'deploy',
    payload: payloadOf(fields),
    environment,
    description: fields.text('description') ?? null,
    creator: call.caller.login ?? 'ghost',
    transient: fields.flag('transient_environment') ?? false,
    production: fields.flag('production_environment') ?? environment === 'production',
  };
}

function payloadOf(fields: Fields): object | string {
  const payload = fields.raw('payload') ?? {};
  if (typeof payload === 'string' || (typeof payload === 'object' && !Array.isArray(payload))) return payload;
  throw fields.invalid('payload');
}

function contextsConflict(ref: string, unmet: readonly object[]) {
  return refuse(409, `Conflict: Commit status checks failed for ${ref}.`, {
    errors: [{ contexts: unmet, resource: 'Deployment', field: 'required_contexts', code: 'invalid' }],
  });
}

function remove(call: Call): ServiceAnswer {
  const { deployments } = call.repository;
  const deployment = deploymentOf(call);
  const isOnly = deployments.every(
    (other) => other === deployment || other.environment !== deployment.environment,
  );
  if (!isOnly && deployment.statuses.at(-1)?.state !== 'inactive') {
    throw refuse(
      422,
      'We cannot delete an active deployment unless it is the only deployment in a given environment.',
    );
  }
  deployments.splice(deployments.indexOf(deployment), 1);
  return noContent;
}
