import { isLoopback } from '../exchange/loopback.ts';
import { BindProblem } from './bind-problem.ts';
import type { Scope } from './check-type.ts';

/** Refuses to send a secret where the whole network could read it. `over` names the way: `plain tcp to db:5432`. */
export function refuseClearSecrets(
  { usesSecrets }: Pick<Scope, 'usesSecrets'>,
  line: { readonly host: string; readonly over: string; readonly allowed: boolean },
): void {
  if (!usesSecrets || line.allowed || isLoopback(line.host)) return;
  throw new BindProblem(`A secret would go over ${line.over}. Use TLS, or set \`allow-insecure: true\`.`);
}
