import type { InputSource } from '../../../inputs/input.ts';
import type { Broken } from '../../../inputs/inputs.ts';

/** Where Railway's own client looks for a token. Source: railwayapp/cli, `src/config.rs`. */
export const tokenVariables = ['RAILWAY_TOKEN', 'RAILWAY_API_TOKEN'] as const;

/**
 * What is wrong where the job sets both of the variables, to different tokens, and the step itself names none: Railway's
 * client takes the first in silence, and with it another environment than the author may mean. Undefined where it is plain
 * which one is meant.
 */
export function tokenConflict({ input, env }: Pick<InputSource, 'input' | 'env'>): Broken | undefined {
  const values = new Set(
    tokenVariables.map((name) => env[name]?.trim() ?? '').filter((value) => value !== ''),
  );
  if (values.size < 2 || input('railway-token') !== '') return undefined;
  return {
    what: 'RAILWAY_TOKEN and RAILWAY_API_TOKEN are both set, to different tokens, and `railway-token` is not.',
    why: 'RAILWAY_TOKEN is a project token, bound to one environment, and RAILWAY_API_TOKEN one of a workspace or an account: they may mean different projects, and Railway’s own client would take the first without a word.',
    next: 'Set `railway-token` to the one that is meant, or remove the other variable.',
  };
}
