import { GraphQLError } from 'graphql';

/** What Railway would not do, as GraphQL says it. The codes are as little use as Railway's: the message tells. */
export function refused(
  message: string,
  code: 'BAD_USER_INPUT' | 'INTERNAL_SERVER_ERROR' = 'INTERNAL_SERVER_ERROR',
) {
  return new GraphQLError(message, { extensions: { code } });
}

/** A wrong token, a wrong scope, or an id that nobody has. */
export function notAuthorized(): GraphQLError {
  return refused('Not Authorized');
}

/** A guardrail of the workspace: neither uploads nor images are of an allowed source. */
export function notAllowedSource(): GraphQLError {
  return refused('Deploys in this workspace are restricted to allowed sources', 'BAD_USER_INPUT');
}
