import type { OpenPlatform } from '../platforms/open-platform.ts';
import { runRollout } from '../rollout/driver.ts';
import type { RolloutPlan, RolloutVerdict } from '../rollout/plan.ts';
import type { RolloutPorts } from '../rollout/ports.ts';
import { type RollbackInputs, rollbackPlan } from './open-rollback.ts';
import type { TimeBudget } from './time-budget.ts';

/** A platform, and the ports of one rollout on it. */
interface Opened {
  readonly open: OpenPlatform;
  readonly rollout: RolloutPorts;
}

/** How a rollout ended, and how long it took, milliseconds. */
export interface RanRollout {
  readonly verdict: RolloutVerdict;
  readonly durationMs: number;
}

/** Brings back what is chosen, and tidies up. It took since `sinceMs` of the budget: its opening is waited for as well. */
export async function runRollback(
  budget: TimeBudget,
  opened: Opened,
  { sinceMs, ...inputs }: Pick<RollbackInputs, 'checks'> & { readonly sinceMs: number },
): Promise<RanRollout> {
  const verdict = await run(budget, rollbackPlan(inputs), opened);
  return { verdict, durationMs: budget.spentMs() - sinceMs };
}

/** Ships a release, or finds it, proves it, keeps it or takes it back, and tidies up. */
export async function runDeploy(budget: TimeBudget, opened: Opened, plan: RolloutPlan): Promise<RanRollout> {
  const openingMs = budget.spentMs();
  const verdict = await run(budget, plan, opened);
  return { verdict, durationMs: budget.spentMs() - openingMs };
}

async function run(
  budget: TimeBudget,
  plan: RolloutPlan,
  { open, rollout }: Opened,
): Promise<RolloutVerdict> {
  const verdict = await runRollout(plan, rollout, budget.begin());
  await open.tidyUp({ outcome: verdict.outcome, leftMs: budget.leftMs() });
  budget.end();
  return verdict;
}
