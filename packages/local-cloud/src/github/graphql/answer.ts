import { execute, type GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { ServiceAnswer } from '../../service.ts';
import { nodeId, ok, refuse } from '../answers.ts';
import type { Limits } from '../limits.ts';
import type { Repository } from '../model.ts';
import type { PayloadEncoding } from '../switches.ts';
import { allows, type Caller, type PermissionName } from '../tokens.ts';
import type { World } from '../world.ts';
import { graphqlError } from './connection.ts';
import {
  type DeploymentArguments,
  deploymentConnection,
  deploymentObject,
  type View,
} from './deployments.ts';
import { type GraphqlRequest, readDocument, readRequest } from './document.ts';
import { gitObject, refObject } from './git.ts';
import { deploymentOfNode } from './node.ts';
import { schema } from './schema.ts';

export interface Scene {
  readonly world: World;
  readonly limits: Limits;
  readonly caller: Caller;
  readonly encoding: PayloadEncoding;
}

/** Errors of a query are answered with status 200, as GitHub does: only the transport's own have another. */
export async function answerGraphql(
  scene: Scene,
  body: Readonly<Record<string, unknown>>,
): Promise<ServiceAnswer> {
  const request = readRequest(body);
  if (request === undefined) throw refuse(400, 'A query attribute must be specified and must be a string.');
  const read = readDocument(request.query);
  if (read.kind === 'invalid') return notRun(read.errors);
  const result = await execute({
    schema,
    document: read.document,
    rootValue: rootValue(scene),
    variableValues: request.variables,
    ...operation(request),
  });
  const { data, errors } = result;
  if (errors === undefined) return ok({ data });
  if (!('data' in result)) return notRun(errors);
  return ok({ data: data ?? null, errors: errors.map((error) => formatted(error.toJSON())) });
}

/** A field, an operation or an argument that our part of the schema has not: beyond the emulator. */
function notRun(errors: readonly GraphQLError[]): ServiceAnswer {
  return { ...ok({ errors: errors.map((error) => formatted(error.toJSON())) }), unknown: true };
}

function operation(request: GraphqlRequest) {
  return request.operationName === undefined ? {} : { operationName: request.operationName };
}

function formatted(error: GraphQLFormattedError): object {
  const { extensions, ...plain } = error;
  return extensions?.type === undefined ? plain : { type: extensions.type, ...plain };
}

function rootValue(scene: Scene) {
  return {
    // A `User` even where a bot asks, and then with the `[bot]` that an author's login goes without.
    viewer: { __typename: 'User', login: scene.caller.login ?? 'ghost' },
    rateLimit: () => rateLimit(scene),
    node: ({ id }: { id: string }) => {
      const { repository, deployment } = deploymentOfNode(scene.world, id);
      assertMayRead(scene, repository, 'deployments');
      return deploymentObject(viewOf(scene, repository), scene.world.asListed(deployment));
    },
    repository: ({ owner, name }: { owner: string; name: string }) => {
      const repository = scene.world.repository(owner, name);
      if (repository !== undefined) return repositoryObject(scene, repository);
      throw graphqlError('NOT_FOUND', `Could not resolve to a Repository with the name '${owner}/${name}'.`);
    },
  };
}

/** Every query of ours is worth one point: GitHub charges a point per hundred connections asked for. */
function rateLimit(scene: Scene) {
  const { limit, used, resetAt } = scene.limits.window(scene.caller.token, 'graphql');
  return {
    cost: 1,
    limit,
    used,
    remaining: limit - used,
    nodeCount: 0,
    resetAt: new Date(resetAt).toISOString(),
  };
}

function repositoryObject(scene: Scene, repository: Repository) {
  const requires = (name: PermissionName) => assertMayRead(scene, repository, name);
  return {
    id: nodeId('Repository', repository.id),
    databaseId: repository.id,
    name: repository.name,
    nameWithOwner: `${repository.owner}/${repository.name}`,
    defaultBranchRef: () => refObject(repository, `refs/heads/${repository.defaultBranch}`),
    deployments: (page: DeploymentArguments) => {
      requires('deployments');
      return deploymentConnection(viewOf(scene, repository), page);
    },
    object: (wanted: { expression?: string | null; oid?: string | null }) => {
      requires('contents');
      return gitObject(repository, wanted);
    },
    ref: ({ qualifiedName }: { qualifiedName: string }) => {
      requires('contents');
      return refObject(repository, qualifiedName);
    },
  };
}

function assertMayRead(scene: Scene, repository: Repository, name: PermissionName): void {
  const need = { names: [name], level: 'read' as const };
  if (!repository.private || allows(scene.caller.permissions, need)) return;
  throw graphqlError('FORBIDDEN', 'Resource not accessible by integration');
}

function viewOf({ world, encoding }: Scene, repository: Repository): View {
  return { world, repository, encoding };
}
