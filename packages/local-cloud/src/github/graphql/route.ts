import { type FieldNode, Kind, type SelectionSetNode } from 'graphql';
import { readDocument } from './document.ts';

export const graphqlRouteNames = [
  'graphql.deployments',
  'graphql.object',
  'graphql.ref',
  'graphql.repository',
  'graphql.viewer',
  'graphql.rateLimit',
  'graphql.invalid',
] as const;
export type GraphqlRouteName = (typeof graphqlRouteNames)[number];

/** Names a query by what it asks first: the field of the repository, or the root field itself. */
export function graphqlRoute(query: string | undefined): GraphqlRouteName {
  const read = query === undefined ? undefined : readDocument(query);
  if (read?.kind !== 'valid') return 'graphql.invalid';
  const operation = read.document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
  const root = firstField(operation?.selectionSet);
  const inner = root?.name.value === 'repository' ? firstField(root.selectionSet) : undefined;
  const candidates = [inner, root].map((field) => `graphql.${field?.name.value}`);
  return graphqlRouteNames.find((name) => candidates.includes(name)) ?? 'graphql.repository';
}

function firstField(set: SelectionSetNode | undefined): FieldNode | undefined {
  return set?.selections.find((node) => node.kind === Kind.FIELD);
}
