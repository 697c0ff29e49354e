import {
  type ActionResult,
  assertReady,
  assertScope,
  checkoutWarning,
  type Ports,
  runRollout,
  startTimeBudget,
  tidyUp,
} from '#core';
import { type Access, planOf } from './decide.ts';
import type { FlyDeployInputs } from './inputs.ts';
import { openDeploy } from './open.ts';
import { rehearse } from './rehearse.ts';
import { resultOf } from './result.ts';
import type { BegunReview } from './review/run-review.ts';
import { warningsOf, withWarnings } from './warnings.ts';

/** One deploy, from the first look at the app to what the step says. `begun` is what a review app has at hand already. */
export async function deploy(
  ports: Ports,
  given: FlyDeployInputs,
  wanted: Access,
  begun?: BegunReview,
): Promise<ActionResult> {
  const budget = begun?.budget ?? startTimeBudget(ports, given);
  const open = await openDeploy(budget.ports, given, wanted, { account: begun?.account });
  const [mismatch] = await Promise.all([
    checkoutWarning(budget.ports, open.fly.cwd, open.commit),
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
  const leftMs = given.timeoutMs - (ports.clock.monotonic() - from);
  await tidyUp(ports, open.fly, { outcome: verdict.outcome, leftMs, ha: given.ha });
  budget.end();
  const durationMs = ports.clock.monotonic() - from;
  return withWarnings(
    await resultOf(ports, open, verdict, durationMs),
    await warningsOf(open, given, verdict),
  );
}
