import type { ActionResult, TimeBudget } from '#core';
import { begun, type Claim, openRollback, type platformOf, runRollback } from '#core/deployment';
import type { RollbackInputs } from './inputs.ts';

type Platform = Awaited<ReturnType<typeof platformOf>>;

/** One rollback, from the first look at the target to what the step says. */
export async function rollBack(
  budget: TimeBudget,
  platform: Platform,
  { given, claim }: { readonly given: RollbackInputs; readonly claim: Claim },
): Promise<ActionResult> {
  const { ports } = budget;
  const sinceMs = budget.spentMs();
  if (given.checks !== undefined) ports.checks.start();
  const open = await platform.open(ports, given);
  claim(open.target.id);
  const opened = await openRollback(ports, open, given);
  if (given.dryRun) {
    const { reportDryRun } = await import('./dry-run.ts');
    return reportDryRun(opened, { signal: ports.signal, budgetMs: given.timeoutMs });
  }
  const telling = begun(import('./result.ts'));
  const ran = await runRollback(budget, opened, { checks: given.checks, sinceMs });
  const { resultOf } = await telling;
  return resultOf(ports, opened, { ...given, ...ran });
}
