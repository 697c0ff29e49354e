import type { ActionResult } from '#core';
import {
  type Allowance,
  describeLive,
  dryRunSummary,
  gatesInDryRun,
  servingBefore,
  shownTarget,
} from '#core/deployment';
import type { OpenRailwayDeploy } from './open.ts';

/** What a real run would do, found out by reading alone. */
export async function reportDryRun(
  { railway, bound, plan, would, warnings, rollout }: OpenRailwayDeploy,
  allowance: Allowance,
): Promise<ActionResult> {
  const { target, platform } = railway;
  const live = await platform.live(target);
  const facts = await rollout.gateFacts('deploy', live, allowance);
  const mayGoBack = plan.onFailure === 'restore' && !plan.barrier;
  const lines = [
    `${shownTarget(target)} serves ${describeLive(live)}.`,
    ...gatesInDryRun(rollout.gates, facts, rollout.force),
    ...would,
    bound.checks === undefined
      ? 'No checks were given: the platform’s health would be all the proof.'
      : 'The checks are valid and would run after it.',
    mayGoBack ? 'A failure would be taken back.' : 'A failure would be left as it is.',
    ...warnings,
    ...railway.beside().warnings,
  ];
  return {
    outcome: 'rehearsed',
    reason: 'dry-run',
    serving: servingBefore(live, 'deploy'),
    ok: true,
    outputs: { target: target.id, url: target.url ?? '' },
    summary: dryRunSummary(lines),
    headline: lines.join('\n'),
  };
}
