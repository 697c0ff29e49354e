import type { ActionResult, Live } from '#core';
import {
  type Allowance,
  describeLive,
  dryRunSummary,
  gatesInDryRun,
  type RolloutPlan,
  servingBefore,
} from '#core/deployment';
import { describeComparison } from './decide-unchanged.ts';
import type { OpenFlyDeploy } from './open.ts';
import type { SnapshotFirst } from './snapshot.ts';

/** What a real run would do, found out by reading alone. */
export async function reportDryRun(
  open: OpenFlyDeploy,
  plan: RolloutPlan,
  allowance: Allowance,
): Promise<ActionResult> {
  const { fly, rollout } = open;
  const { target, platform } = fly;
  const live = await platform.live(target);
  const facts = await rollout.gateFacts('deploy', live, allowance);
  const lines = [
    `${target.id} serves ${describeLive(live)}.`,
    ...fly.beside().left.map((line) => `It would first destroy what a deploy left: ${line}.`),
    ...gatesInDryRun(rollout.gates, facts, rollout.force),
    ...(await wouldDo(open, plan, live)),
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

async function wouldDo(open: OpenFlyDeploy, plan: RolloutPlan, live: Live): Promise<readonly string[]> {
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

async function wouldShip({ bound, build, secrets, snapshot }: OpenFlyDeploy, plan: RolloutPlan, live: Live) {
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

function proofLine(checks: OpenFlyDeploy['bound']['checks'], sentence: string): string {
  return checks === undefined
    ? 'No checks were given: the platform’s health would be all the proof.'
    : sentence;
}

async function savingLines(snapshot: SnapshotFirst, live: Live): Promise<readonly string[]> {
  const { kind, why } = await snapshot.decide(live);
  const first = kind === 'take' ? [`It would first take a snapshot of ${snapshot.label}.`] : [];
  return [...(why === undefined ? [] : [why]), ...first];
}
