import { execute, GraphQLError, type GraphQLSchema, parse, validate } from 'graphql';
import type { ServiceAnswer } from '../../service.ts';
import { mutations } from './mutations.ts';
import { queries } from './queries.ts';
import type { Viewer } from './viewer.ts';

export interface Asked {
  readonly query?: unknown;
  readonly variables?: unknown;
  readonly operationName?: unknown;
}

/**
 * Runs a document against our part of Railway's schema. All errors are answers with status 200. A document that could not
 * be run at all asks for what no resolver knows: on Railway that may be a mistake, or a field we have left out.
 */
export async function executeGraphql(
  { query, variables, operationName }: Asked,
  { schema, viewer }: { readonly schema: GraphQLSchema; readonly viewer: Viewer },
): Promise<ServiceAnswer> {
  try {
    const document = parse(String(query));
    const errors = validate(schema, document);
    if (errors.length > 0) return notRun(errors, 'GRAPHQL_VALIDATION_FAILED');
    const result = await execute({
      schema,
      document,
      rootValue: { ...queries, ...mutations },
      contextValue: viewer,
      variableValues: Object(variables ?? {}),
      ...(typeof operationName === 'string' && operationName !== '' ? { operationName } : {}),
    });
    if (!('data' in result)) return notRun(result.errors ?? [], 'BAD_USER_INPUT');
    if (result.errors === undefined) return { status: 200, body: { data: result.data } };
    return { status: 200, body: { errors: result.errors.map(errorJson), data: result.data } };
  } catch (error) {
    if (error instanceof GraphQLError) return notRun([error], 'GRAPHQL_PARSE_FAILED');
    throw error;
  }
}

function notRun(errors: readonly GraphQLError[], code: string): ServiceAnswer {
  const coded = errors.map((error) => ({ ...errorJson(error), extensions: { code } }));
  return { status: 200, unknown: true, body: { errors: coded } };
}

let traces = 0;

/** An error as Railway words it: a trace for its support beside what GraphQL has. A slip of ours is thrown on. */
export function errorJson(error: GraphQLError): object {
  if (error.originalError !== undefined && !(error.originalError instanceof GraphQLError))
    throw error.originalError;
  const { message, locations, path, extensions } = error;
  traces += 1;
  const traceId = String(4_212_000_000_000_000_000n + BigInt(traces));
  return { message, ...(locations && { locations }), ...(path && { path }), extensions, traceId };
}
