import { commonVariables, namedVariables, type Variables } from '../../../io/process/environment.ts';

/**
 * The whole environment of a program: what programs commonly cannot do without, and what the check sets. Tokens and
 * inputs of the step are not among it.
 */
export function programEnvironment(
  env: Variables,
  own: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return { ...namedVariables(env, commonVariables), ...own };
}
