import type { ActionResult, TimeBudget } from '#core';
import { begun, type Claim, runDeploy } from '#core/deployment';
import type { RailwayUpInputs } from './inputs.ts';
import { openRailwayDeploy } from './open.ts';
import type { PreviewDeploy } from './preview/keep.ts';

/** What else a deploy is about. */
interface DeployAbout {
  /** Set for the environment of a pull request. */
  readonly preview?: PreviewDeploy | undefined;
  /** See `runSeveral`. */
  readonly claim: Claim;
}

/** One deploy, from the first look at the service to what the step says. */
export async function deploy(
  budget: TimeBudget,
  given: RailwayUpInputs,
  { preview, claim }: DeployAbout,
): Promise<ActionResult> {
  const { ports } = budget;
  const open = await openRailwayDeploy(ports, given, { preview });
  claim(open.railway.target.id);
  for (const note of open.notes ?? []) ports.runner.info(note);
  for (const warning of open.warnings) ports.runner.warning(warning);
  if (given.dryRun) {
    const { reportDryRun } = await import('./dry-run.ts');
    return reportDryRun(open, { signal: ports.signal, budgetMs: given.timeoutMs });
  }
  const telling = begun(import('./result.ts'));
  const { verdict, durationMs } = await runDeploy(budget, open, open.plan);
  const { resultOf } = await telling;
  return resultOf(ports, open, verdict, durationMs);
}
