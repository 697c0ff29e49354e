import type { CheckDoor } from './cage/caged-checks.ts';
import type { LoadOptions } from './load-checks.ts';
import type { Values } from './run/scope.ts';

/**
 * Reads checks and fills in their templates without sending anything; answers how many there are, steps included. A secret without a
 * value stands in for itself: whoever proposes a change need not know it. Failure: `checks-invalid`.
 */
export async function validateChecks(
  door: CheckDoor,
  input: string,
  { variables, secrets, ...where }: LoadOptions & Values,
): Promise<number> {
  const checks = await door.open(input, where);
  try {
    const { facts } = checks;
    const standIns = Object.fromEntries(facts.secrets.map((name) => [name, `<${name}>`]));
    await checks.assertBindable({ variables, secrets: { ...standIns, ...secrets } });
    return facts.checks.length;
  } finally {
    checks.close();
  }
}
