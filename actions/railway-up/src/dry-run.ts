import type { ActionResult } from '#core';
import {
  type Allowance,
  describeLive,
  dryRunSummary,
  gatesInDryRun,
  type RolloutPlan,
  servingBefore,
} from '#core/deployment';
import { guardLines } from './guards.ts';
import type { OpenRailwayDeploy } from './open.ts';
import { listingLines } from './wording.ts';

/** What a real run would do, found out by reading alone. */
export async function reportDryRun(
  { railway, bound, listing, configWarnings, guards, rollout }: OpenRailwayDeploy,
  { onFailure, barrier }: RolloutPlan,
  allowance: Allowance,
): Promise<ActionResult> {
  const { target, platform } = railway;
  const live = await platform.live(target);
  const facts = await rollout.gateFacts('deploy', live, allowance);
  const mayGoBack = onFailure === 'restore' && !barrier;
  const lines = [
    `${target.id} serves ${describeLive(live)}.`,
    ...gatesInDryRun(rollout.gates, facts, rollout.force),
    ...(listing === undefined ? [] : listingLines('It would upload', listing)),
    bound.checks === undefined
      ? 'No checks were given: the platform’s health would be all the proof.'
      : 'The checks are valid and would run after it.',
    mayGoBack ? 'A failure would be taken back.' : 'A failure would be left as it is.',
    ...configWarnings,
    ...guardLines(guards),
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
