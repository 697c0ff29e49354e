import { readFileSync } from 'node:fs';
import { buildSchema, execute, GraphQLError, parse, validate } from 'graphql';
import type { ServiceAnswer } from '../../service.ts';
import { resolvers, type Viewer } from './resolvers.ts';

const schema = buildSchema(readFileSync(new URL('./schema.graphql', import.meta.url), 'utf8'));

/**
 * Runs a document against our part of Fly's schema. GraphQL errors are answers with status 200. A document that could
 * not be run at all asks for what no resolver knows: on Fly that may be a mistake, or a field we have left out.
 */
export async function executeGraphql(
  body: Readonly<Record<string, unknown>>,
  viewer: Viewer,
): Promise<ServiceAnswer> {
  const { query, variables, operationName } = body;
  try {
    const document = parse(String(query));
    const errors = validate(schema, document);
    if (errors.length > 0) return notRun(errors);
    const result = await execute({
      schema,
      document,
      rootValue: resolvers,
      contextValue: viewer,
      variableValues: Object(variables),
      ...(typeof operationName === 'string' && operationName !== '' ? { operationName } : {}),
    });
    return 'data' in result ? { status: 200, body: result } : notRun(result.errors ?? []);
  } catch (error) {
    if (error instanceof GraphQLError) return notRun([error]);
    throw error;
  }
}

function notRun(errors: readonly GraphQLError[]): ServiceAnswer {
  return { status: 200, unknown: true, body: { data: null, errors } };
}
