import { nodeId } from '../answers.ts';
import type { Deployment, Repository } from '../model.ts';
import type { World } from '../world.ts';
import { graphqlError } from './connection.ts';

export interface FoundDeployment {
  readonly repository: Repository;
  readonly deployment: Deployment;
}

/** The deployment of a global id. Other kinds of nodes are not emulated. */
export function deploymentOfNode(world: World, id: string): FoundDeployment {
  const [kind, number] = Buffer.from(id, 'base64url').toString().split(':');
  const found = kind === 'Deployment' ? world.deployment(Number(number)) : undefined;
  if (found !== undefined) return found;
  if (kind !== undefined && kind !== 'Deployment' && nodeId(kind, number ?? '') === id) {
    throw graphqlError('NOT_EMULATED', `A node of the type ${kind} is not emulated.`);
  }
  throw graphqlError('NOT_FOUND', `Could not resolve to a node with the global id of '${id}'`);
}
