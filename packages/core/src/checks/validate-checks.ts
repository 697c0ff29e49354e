import { openChecks } from './cage/caged-checks.ts';
import type { LoadOptions } from './load-checks.ts';
import type { RunChecksOptions } from './run/options.ts';
import type { Values } from './run/scope.ts';

/**
 * Reads checks and fills in their templates without sending anything; answers how many there are, steps included. A secret without a
 * value stands in for itself: whoever proposes a change need not know it. Failure: `checks-invalid`.
 */
export async function validateChecks(
  input: string,
  { variables, secrets, env, ...where }: LoadOptions & Values & Pick<RunChecksOptions, 'env'>,
): Promise<number> {
  const checks = await openChecks(input, where, env);
  try {
    const standIns = checks.facts.secrets.map((name) => [name, `<${name}>`]);
    await checks.assertBindable({ variables, secrets: { ...Object.fromEntries(standIns), ...secrets } });
    return checks.facts.checks.length;
  } finally {
    checks.close();
  }
}
