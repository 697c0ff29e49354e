import {
  type ActionResult,
  type Admission,
  type Allowance,
  askGates,
  describeLive,
  flyDeployCommand,
  type RolloutPlan,
  servingBefore,
} from '#core';
import type { OpenDeploy } from './open.ts';

/** What a real run would do, found out by reading alone. */
export async function rehearse(
  { fly, bound, source, rollout }: OpenDeploy,
  plan: RolloutPlan,
  allowance: Allowance,
): Promise<ActionResult> {
  const { target, platform } = fly;
  const live = await platform.live(target);
  const facts = await rollout.gateFacts('deploy', live, allowance);
  const lines = [
    `${target.id} serves ${describeLive(live)}.`,
    ...gateLines(askGates(rollout.gates, facts, rollout.overrideReason)),
    `It would run: flyctl ${flyDeployCommand(fly, source)}`,
    bound.checks === undefined
      ? 'No checks were given: the platform’s health would be all the proof.'
      : 'The checks are valid and would run after it.',
    plan.onFailure === 'restore' && !plan.barrier
      ? 'A failure would be taken back.'
      : 'A failure would be left as it is.',
  ];
  return {
    outcome: 'rehearsed',
    reason: 'dry-run',
    serving: servingBefore(live, 'deploy'),
    ok: true,
    outputs: { target: target.id, url: target.url ?? '' },
    summary: `## 📝 Rehearsed: nothing was changed\n\n${lines.map((line) => `- ${line}`).join('\n')}\n`,
    headline: lines.join('\n'),
  };
}

function gateLines(admission: Admission): readonly string[] {
  if (admission.kind === 'admitted') return admission.warnings;
  return [`It would be blocked (blocked/${admission.reason}): ${admission.what}`];
}
