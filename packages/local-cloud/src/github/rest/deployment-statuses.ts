import type { ServiceAnswer } from '../../service.ts';
import { created, notFound, ok } from '../answers.ts';
import { type Deployment, type DeploymentState, deploymentStates } from '../model.ts';
import { paged } from '../paging.ts';
import { deploymentStatusJson } from '../render/deployment.ts';
import { type Call, Fields, type Route, reads, writes } from '../route.ts';
import { deploymentOf } from './deployments.ts';

const path = '/repos/{owner}/{repo}/deployments/{deployment_id}/statuses';

export const deploymentStatusRoutes: readonly Route[] = [
  { name: 'deployment-statuses.list', method: 'GET', path, need: reads('deployments'), answer: list },
  { name: 'deployment-statuses.create', method: 'POST', path, need: writes('deployments'), answer: create },
  {
    name: 'deployment-statuses.get',
    method: 'GET',
    path: `${path}/{status_id}`,
    need: reads('deployments'),
    answer: get,
  },
];

/** Newest first. */
function list(call: Call): ServiceAnswer {
  const deployment = deploymentOf(call);
  return paged(call.world.asListed(deployment).statuses.toReversed(), call.url, (status) =>
    deploymentStatusJson(call.repository, deployment, status),
  );
}

function get(call: Call): ServiceAnswer {
  const deployment = deploymentOf(call);
  const status = deployment.statuses.find((candidate) => candidate.id === Number(call.params.status_id));
  if (status === undefined) throw notFound();
  return ok(deploymentStatusJson(call.repository, deployment, status));
}

function create(call: Call): ServiceAnswer {
  const deployment = deploymentOf(call);
  const fields = new Fields('DeploymentStatus', call.body);
  const state = stateOf(fields);
  const status = call.world.addStatus(deployment, {
    state,
    creator: call.caller.login ?? 'ghost',
    description: descriptionOf(fields),
    environment: fields.text('environment') ?? deployment.environment,
    environmentUrl: webAddress(fields, 'environment_url'),
    logUrl: webAddress(fields, 'log_url') || webAddress(fields, 'target_url'),
  });
  if (state === 'success' && (fields.flag('auto_inactive') ?? true)) inactivateOlder(call, deployment);
  return created(deploymentStatusJson(call.repository, deployment, status));
}

function stateOf(fields: Fields): DeploymentState {
  const text = fields.requiredText('state');
  const state = deploymentStates.find((candidate) => candidate === text);
  if (state === undefined) throw fields.invalid('state');
  return state;
}

function descriptionOf(fields: Fields): string {
  const description = fields.text('description') ?? '';
  if (description.length <= 140) return description;
  throw fields.invalid('description', 'description is too long (maximum is 140 characters)');
}

function webAddress(fields: Fields, field: string): string {
  const address = fields.text(field) ?? '';
  if (address === '' || /^https?:\/\//.test(address)) return address;
  throw fields.invalid(field, `${field} must use http(s) scheme`);
}

/** By GitHub's wording only earlier records that were a success, are not transient and are not production's. */
function inactivateOlder(call: Call, winner: Deployment): void {
  const older = call.repository.deployments.filter(
    (other) =>
      other.id < winner.id &&
      other.environment === winner.environment &&
      !other.transient &&
      !other.production &&
      other.statuses.at(-1)?.state === 'success',
  );
  for (const deployment of older) {
    call.world.addStatus(deployment, { state: 'inactive', creator: call.caller.login ?? 'ghost' });
  }
}
