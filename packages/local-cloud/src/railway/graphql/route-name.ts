import { type FieldNode, Kind, parse } from 'graphql';

/** `graphql.deployment`, `graphql.deploymentRollback`: by the first root field of the document. */
export function graphqlRouteName(query: unknown): string | undefined {
  try {
    const [operation] = parse(String(query)).definitions.filter(
      (node) => node.kind === Kind.OPERATION_DEFINITION,
    );
    const field = operation?.selectionSet.selections.find(
      (node): node is FieldNode => node.kind === Kind.FIELD,
    );
    return field === undefined ? undefined : `graphql.${field.name.value}`;
  } catch {
    return undefined;
  }
}
