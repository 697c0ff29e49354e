/** Why a GraphQL answer is none, as far as it says. */
export interface GraphqlProblem {
  readonly message: string;
  /** Of its extensions: `NOT_FOUND`. */
  readonly code?: string;
}

/**
 * The first problem an answer's `errors` tell of; undefined where they tell of none. The specification wants a list of
 * objects with a message; gateways answer text, objects and lists of numbers, and each of them is a problem.
 */
export function graphqlProblem(errors: unknown): GraphqlProblem | undefined {
  if (errors === undefined || errors === null) return undefined;
  if (Array.isArray(errors)) return errors.length === 0 ? undefined : problemOf(errors[0]);
  return problemOf(errors);
}

function problemOf(value: unknown): GraphqlProblem {
  const { message, extensions } = Object(value);
  const { code } = Object(extensions);
  return {
    message: typeof message === 'string' ? message : textOf(value),
    ...(typeof code === 'string' ? { code } : {}),
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
}
