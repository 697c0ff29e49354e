import {
  type ActionResult,
  assertReady,
  assertScope,
  checkoutWarning,
  type FlyAccount,
  runRollout,
  type TimeBudget,
  tidyUp,
} from '#core';
import { type Access, planOf } from './decide.ts';
import type { FlyDeployInputs } from './inputs.ts';
import { openDeploy } from './open.ts';
import { rehearse } from './rehearse.ts';
import { resultOf } from './result.ts';
import { warningsOf, withWarnings } from './warnings.ts';

/** One deploy, from the first look at the app to what the step says. A review app has its `account` open already. */
export async function deploy(
  budget: TimeBudget,
  given: FlyDeployInputs,
  wanted: Access,
  account?: FlyAccount,
): Promise<ActionResult> {
  const { ports } = budget;
  const open = await openDeploy(ports, given, wanted, { account });
  const [mismatch] = await Promise.all([
    checkoutWarning(ports, open.fly.cwd, open.commit),
    assertScope(open.fly),
    assertReady(open.fly, given),
  ]);
  if (mismatch !== undefined) ports.runner.warning(mismatch);
  const plan = planOf(given);
  if (given.dryRun) {
    return rehearse(open, plan, { signal: ports.signal, budgetMs: given.timeoutMs });
  }
  const from = ports.clock.monotonic();
  const verdict = await runRollout(plan, open.rollout, budget.begin());
  const { outcome } = verdict;
  await tidyUp(ports, open.fly, { outcome, leftMs: budget.leftMs(), ha: given.ha });
  budget.end();
  const durationMs = ports.clock.monotonic() - from;
  return withWarnings(
    await resultOf(ports, open, verdict, durationMs),
    await warningsOf(open, given, verdict),
  );
}
