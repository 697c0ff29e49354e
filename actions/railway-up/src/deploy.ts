import type { ActionResult, TimeBudget } from '#core';
import { begun, checkoutWarning, runDeploy, shippingPlan } from '#core/deployment';
import type { RailwayUpInputs } from './inputs.ts';
import { openRailwayDeploy } from './open.ts';

/** One deploy, from the first look at the service to what the step says. */
export async function deploy(budget: TimeBudget, given: RailwayUpInputs): Promise<ActionResult> {
  const { ports } = budget;
  const open = await openRailwayDeploy(ports, given);
  const mismatch = await checkoutWarning(ports, open.cwd, open.commit);
  for (const note of open.guards.notes) ports.runner.info(note);
  for (const warning of [mismatch, ...open.configWarnings, ...open.guards.warnings])
    if (warning !== undefined) ports.runner.warning(warning);
  const plan = shippingPlan(given);
  if (given.dryRun) {
    const { reportDryRun } = await import('./dry-run.ts');
    return reportDryRun(open, plan, { signal: ports.signal, budgetMs: given.timeoutMs });
  }
  const telling = begun(import('./result.ts'));
  const { verdict, durationMs } = await runDeploy(budget, open, plan);
  const { resultOf } = await telling;
  return resultOf(ports, open, verdict, durationMs);
}
