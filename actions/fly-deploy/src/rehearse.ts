import {
  type ActionResult,
  type Admission,
  type Allowance,
  askGates,
  describeLive,
  flyDeployCommand,
  type Live,
  type RolloutPlan,
} from '#core';
import type { OpenDeploy } from './open.ts';
import type { SnapshotFirst } from './snapshot.ts';

/** What a real run would do, found out by reading alone. */
export async function rehearse(
  { fly, bound, source, secrets, rollout, snapshot }: OpenDeploy,
  plan: RolloutPlan,
  allowance: Allowance,
): Promise<ActionResult> {
  const { target, platform } = fly;
  const live = await platform.live(target);
  const facts = await rollout.gateFacts('deploy', live, allowance);
  const saving = snapshot === undefined ? [] : await savingLines(snapshot, live);
  const mayGoBack = plan.onFailure === 'restore' && !plan.barrier && snapshot?.isBarrier !== true;
  const lines = [
    `${target.id} serves ${describeLive(live)}.`,
    ...gateLines(askGates(rollout.gates, facts, rollout.overrideReason)),
    ...saving,
    ...(secrets.names.length === 0 ? [] : [`It would stage the secrets ${secrets.names.join(', ')}.`]),
    `It would run: flyctl ${flyDeployCommand(fly, source)}`,
    bound.checks === undefined
      ? 'No checks were given: the platform’s health would be all the proof.'
      : 'The checks are valid and would run after it.',
    mayGoBack ? 'A failure would be taken back.' : 'A failure would be left as it is.',
  ];
  return {
    outcome: 'rehearsed',
    reason: 'dry-run',
    serving: live.kind === 'nothing' ? 'nothing' : live.kind === 'mixed' ? 'mixed' : 'old',
    ok: true,
    outputs: { target: target.id, url: target.url ?? '' },
    summary: `## 📝 Rehearsed: nothing was changed\n\n${lines.map((line) => `- ${line}`).join('\n')}\n`,
    headline: lines.join('\n'),
  };
}

async function savingLines(snapshot: SnapshotFirst, live: Live): Promise<readonly string[]> {
  const { kind, why } = await snapshot.decide(live);
  const first = kind === 'take' ? [`It would first take a snapshot of ${snapshot.label}.`] : [];
  return [...(why === undefined ? [] : [why]), ...first];
}

function gateLines(admission: Admission): readonly string[] {
  if (admission.kind === 'admitted') return admission.warnings;
  return [`It would be blocked (blocked/${admission.reason}): ${admission.what}`];
}
