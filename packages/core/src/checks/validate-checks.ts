import type { LoadOptions } from './load-checks.ts';
import { everyCheck, loadChecks } from './load-checks.ts';
import { assertBindable } from './run/bind.ts';
import type { Values } from './run/scope.ts';

/**
 * Reads checks and fills in their templates without sending anything; answers how many there are, steps included. A secret without a
 * value stands in for itself: whoever proposes a change need not know it. Failure: `checks-invalid`.
 */
export async function validateChecks(
  input: string,
  { variables, secrets, ...where }: LoadOptions & Values,
): Promise<number> {
  const file = await loadChecks(input, where);
  const standIns = file.documents.flatMap((document) => document.secrets.map((name) => [name, `<${name}>`]));
  assertBindable(file, { variables, secrets: { ...Object.fromEntries(standIns), ...secrets } });
  return file.documents.flatMap(everyCheck).length;
}
