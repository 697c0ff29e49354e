import { type DocumentNode, type GraphQLError, parse, validate } from 'graphql';
import { schema } from './schema.ts';

export interface GraphqlRequest {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName: string | undefined;
}

export type ReadDocument =
  | { readonly kind: 'valid'; readonly document: DocumentNode }
  | { readonly kind: 'invalid'; readonly errors: readonly GraphQLError[] };

const known = new Map<string, ReadDocument>();

/** Parsed and validated once: a client sends the same few texts over and over. */
export function readDocument(query: string): ReadDocument {
  const cached = known.get(query);
  if (cached !== undefined) return cached;
  const fresh = readFresh(query);
  known.set(query, fresh);
  return fresh;
}

function readFresh(query: string): ReadDocument {
  try {
    const document = parse(query);
    const errors = validate(schema, document);
    return errors.length === 0 ? { kind: 'valid', document } : { kind: 'invalid', errors };
  } catch (error) {
    return { kind: 'invalid', errors: [error as GraphQLError] };
  }
}

/** undefined when the body is not a GraphQL request at all. */
export function readRequest(body: Readonly<Record<string, unknown>>): GraphqlRequest | undefined {
  const { query, variables, operationName } = body;
  if (typeof query !== 'string') return undefined;
  return {
    query,
    variables: typeof variables === 'object' && variables !== null ? { ...variables } : {},
    operationName: typeof operationName === 'string' ? operationName : undefined,
  };
}
