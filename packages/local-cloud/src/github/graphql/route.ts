import { type FieldNode, Kind, type SelectionSetNode } from 'graphql';
import { readDocument } from './document.ts';

export const graphqlRouteNames = [
  'graphql.deployments',
  'graphql.node',
  'graphql.object',
  'graphql.ref',
  'graphql.repository',
  'graphql.viewer',
  'graphql.rateLimit',
  'graphql.invalid',
] as const;
export type GraphqlRouteName = (typeof graphqlRouteNames)[number];

/** Names a query by what it asks: the first field of the repository that has a name of its own, or the root field. */
export function graphqlRoute(query: string | undefined): GraphqlRouteName {
  const read = query === undefined ? undefined : readDocument(query);
  if (read?.kind !== 'valid') return 'graphql.invalid';
  const operation = read.document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
  const [root] = fieldsOf(operation?.selectionSet);
  const inner = root?.name.value === 'repository' ? fieldsOf(root.selectionSet) : [];
  const candidates = [...inner, ...(root === undefined ? [] : [root])].map((field) => field.name.value);
  const named = candidates.map((field) => graphqlRouteNames.find((name) => name === `graphql.${field}`));
  return named.find((name) => name !== undefined) ?? 'graphql.repository';
}

function fieldsOf(set: SelectionSetNode | undefined): FieldNode[] {
  return set?.selections.filter((node) => node.kind === Kind.FIELD) ?? [];
}
