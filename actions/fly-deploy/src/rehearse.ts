import {
  type ActionResult,
  type Admission,
  type Allowance,
  askGates,
  describeLive,
  type Live,
  type RolloutPlan,
  rehearsedSummary,
  servingBefore,
} from '#core';
import { describeComparison } from './decide-unchanged.ts';
import type { OpenDeploy } from './open.ts';
import type { SnapshotFirst } from './snapshot.ts';

/** What a real run would do, found out by reading alone. */
export async function rehearse(
  open: OpenDeploy,
  plan: RolloutPlan,
  allowance: Allowance,
): Promise<ActionResult> {
  const { fly, rollout } = open;
  const { target, platform } = fly;
  const live = await platform.live(target);
  const facts = await rollout.gateFacts('deploy', live, allowance);
  const lines = [
    `${target.id} serves ${describeLive(live)}.`,
    ...platform.beside.left.map((line) => `It would first destroy what a deploy left: ${line}.`),
    ...gateLines(askGates(rollout.gates, facts, rollout.overrideReason)),
    ...(await wouldDo(open, plan, live)),
  ];
  return {
    outcome: 'rehearsed',
    reason: 'dry-run',
    serving: servingBefore(live, 'deploy'),
    ok: true,
    outputs: { target: target.id, url: target.url ?? '' },
    summary: rehearsedSummary(lines),
    headline: lines.join('\n'),
  };
}

async function wouldDo(open: OpenDeploy, plan: RolloutPlan, live: Live): Promise<readonly string[]> {
  const { bound, comparison } = open;
  const [release, compared] = live.kind === 'one' ? [live.release, await comparison(live.release)] : [];
  const described = release && compared ? describeComparison(compared, release) : undefined;
  if (compared?.kind === 'same') {
    return [
      `It would be unchanged: ${described}`,
      proofLine(bound.checks, 'The checks are valid and would run.'),
    ];
  }
  return [...(described === undefined ? [] : [described]), ...(await wouldShip(open, plan, live))];
}

async function wouldShip({ bound, build, secrets, snapshot }: OpenDeploy, plan: RolloutPlan, live: Live) {
  const saving = snapshot === undefined ? [] : await savingLines(snapshot, live);
  const mayGoBack = plan.onFailure === 'restore' && !plan.barrier && snapshot?.isBarrier !== true;
  const commands = build.commands.map((command) => `It would run: flyctl ${command}`);
  return [
    ...commands.slice(0, -1),
    ...saving,
    ...(secrets.names.length === 0 ? [] : [`It would stage the secrets ${secrets.names.join(', ')}.`]),
    ...commands.slice(-1),
    proofLine(bound.checks, 'The checks are valid and would run after it.'),
    mayGoBack ? 'A failure would be taken back.' : 'A failure would be left as it is.',
  ];
}

function proofLine(checks: OpenDeploy['bound']['checks'], sentence: string): string {
  return checks === undefined
    ? 'No checks were given: the platform’s health would be all the proof.'
    : sentence;
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
