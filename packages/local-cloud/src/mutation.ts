import { type DocumentNode, OperationTypeNode, parse } from 'graphql';
import type { ServiceRequest } from './service.ts';

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

export function isSafe(method: string): boolean {
  return safeMethods.has(method);
}

/** Whether a request may change something: by its method, or for GraphQL by the operation it asks for. */
export function isMutation(request: Pick<ServiceRequest, 'method' | 'url' | 'body'>): boolean {
  if (isSafe(request.method)) return false;
  return isGraphqlPath(request.url) ? asksForMutation(request.body) : true;
}

/** What a client calls its GraphQL operation; undefined where it has no name, or is none. */
export function operationName({
  method,
  url,
  body,
}: Pick<ServiceRequest, 'method' | 'url' | 'body'>): string | undefined {
  if (method !== 'POST' || !isGraphqlPath(url)) return undefined;
  const name = readJson(body).operationName;
  return typeof name === 'string' && name !== '' ? name : undefined;
}

function isGraphqlPath({ pathname }: URL): boolean {
  return /\/graphql(\/|$)/.test(pathname);
}

/** A document nobody can read executes nothing. */
function asksForMutation(body: Buffer): boolean {
  const { query, operationName } = readJson(body);
  if (typeof query !== 'string') return false;
  const operations = parseDocument(query)?.definitions.filter(
    (definition) => definition.kind === 'OperationDefinition',
  );
  const chosen = operations?.find(({ name }) => name?.value === operationName) ?? operations?.[0];
  return chosen?.operation === OperationTypeNode.MUTATION;
}

function readJson(body: Buffer): { query?: unknown; operationName?: unknown } {
  try {
    return Object(JSON.parse(body.toString()));
  } catch {
    return {};
  }
}

function parseDocument(query: string): DocumentNode | undefined {
  try {
    return parse(query);
  } catch {
    return undefined;
  }
}
