import { type GraphqlProblem, graphqlProblem } from '../../../io/graphql-problem.ts';

/** Why Railway's answer is none. It comes with HTTP 200 as a rule, and its code is `INTERNAL_SERVER_ERROR` for nearly all. */
export interface RailwayProblem extends GraphqlProblem {
  /** By which Railway's support finds it. */
  readonly traceId?: string;
  /** With `Two Factor Authentication Required`. */
  readonly workspace?: string;
}

/** The first problem that an answer's `errors` tell of; undefined where there is none. */
export function railwayProblem(errors: unknown): RailwayProblem | undefined {
  const problem = graphqlProblem(errors);
  if (problem === undefined) return undefined;
  const first = Object(Array.isArray(errors) ? errors[0] : errors);
  const extensions = Object(first.extensions);
  const traceId = textOf(first.traceId ?? extensions.traceId);
  const workspace = textOf(extensions.workspaceName);
  return {
    ...problem,
    ...(traceId === undefined ? {} : { traceId }),
    ...(workspace === undefined ? {} : { workspace }),
  };
}

/** Any trouble of Railway's own, passing or not: a read may be asked again, a change never is. */
export function mayPass({ message }: RailwayProblem): boolean {
  return /problem processing request|internal server error|timed? ?out/i.test(message);
}

/** The service has been deployed too often; what was asked for was not done. */
export function isDeployLimit({ message }: RailwayProblem): boolean {
  return /deployment rate limit exceeded/i.test(message);
}

/** A guardrail of the workspace forbids it; its words are not established. */
export function isPolicyRefusal({ message }: Pick<RailwayProblem, 'message'>): boolean {
  return /guardrail|workspace polic|allowed sources?\b/i.test(message);
}

/** The token is none of the kind that was sent, or none any more. */
export function isTokenRefused({ message }: RailwayProblem): boolean {
  return /project token not found|not authorized|unauthorized|invalid (?:api )?token/i.test(message);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
