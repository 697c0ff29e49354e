import { relative, resolve } from 'node:path';
import { Redactor } from '../../io/redactor.ts';
import { ownValue } from '../../text/own-value.ts';
import type { Check, CheckDocument } from '../check-file.ts';
import { BindProblem } from '../types/bind-problem.ts';
import { standInFor } from '../types/shell-word.ts';
import type { Names, ScopeParts, Values } from './scope.ts';
import { scopeOf } from './scope.ts';

/** Where an automation finds the secret that passes Vercel's protection. */
const bypassVariable = 'VERCEL_AUTOMATION_BYPASS_SECRET';

/** The values of a run with a stand-in for each secret of the document. */
export function veiled({ secrets }: Pick<CheckDocument, 'secrets'>, values: Values): Values {
  const known = secrets.filter((name) => ownValue(values.secrets, name) !== undefined);
  return { ...values, secrets: Object.fromEntries(known.map((name) => [name, standInFor(name)])) };
}

/**
 * The request of a check as a curl command; undefined where its type has none. `parts` has stand-ins for the secrets, and
 * `names` their values. Where it is none without them, a line that says so.
 */
export function curlText(
  { check, document }: { readonly check: Check; readonly document: CheckDocument },
  { revealed, ...parts }: Omit<ScopeParts, 'redactor'> & { readonly revealed: Names },
  cookies: readonly string[] = [],
): string | undefined {
  const { folder, files } = document.source;
  const protectionBypass = parts.protectionBypass ? standInFor(bypassVariable) : undefined;
  const redactor = new Redactor([]);
  const scope = scopeOf(check, document, { ...parts, protectionBypass, redactor });
  try {
    return check.blueprint.curl?.(scope, {
      timeoutMs: check.timeoutMs,
      connectTimeoutMs: check.connectTimeoutMs,
      cookies,
      reveal: (text) => scopeOf(check, document, { ...parts, names: revealed, redactor }).fill(text),
      pathOf: (path) => relative(files.root, resolve(folder, path)),
    });
  } catch (error) {
    if (!(error instanceof BindProblem)) throw error;
    return '# Without the values of its secrets this request is no command.';
  }
}
