import type { ActionResult, TimeBudget } from '#core';
import { begun, checkoutWarning, runDeploy, shippingPlan, withWarnings } from '#core/deployment';
import { assertReady, assertScope, type FlyBefore } from '#core/fly';
import type { Access } from './decide.ts';
import type { FlyDeployInputs } from './inputs.ts';
import { openFlyDeploy } from './open.ts';

// What is said of a deploy is loaded while it runs: its start is waited for, and so is its end.

/** One deploy, from the first look at the app to what the step says. A review app has its account open already. */
export async function deploy(
  budget: TimeBudget,
  given: FlyDeployInputs,
  wanted: Access,
  before?: FlyBefore,
): Promise<ActionResult> {
  const { ports } = budget;
  const open = await openFlyDeploy(ports, given, wanted, before);
  const [mismatch] = await Promise.all([
    checkoutWarning(ports, open.fly.cwd, open.commit),
    assertScope(open.fly),
    assertReady(open.fly, given),
  ]);
  if (mismatch !== undefined) ports.runner.warning(mismatch);
  const plan = shippingPlan(given);
  if (given.dryRun) {
    const { reportDryRun } = await import('./dry-run.ts');
    return reportDryRun(open, plan, { signal: ports.signal, budgetMs: given.timeoutMs });
  }
  const telling = begun(Promise.all([import('./result.ts'), import('./warnings.ts')]));
  const { verdict, durationMs } = await runDeploy(budget, open, plan);
  const [{ resultOf }, { warningsOf }] = await telling;
  return withWarnings(
    await resultOf(ports, open, verdict, durationMs),
    await warningsOf(open, given, verdict),
  );
}
