import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { demo, railway, shopTree } from '#local-cloud';
import { openStage, type Stage } from '../../../scripts/stage.ts';
import type { Figure } from '../figure.ts';
import { expectEnd, timelineStep } from '../ground.ts';

const rounds = { noticed: 5, polled: 3 };
/** Looks come closer together at first, and after every change; by now they are as far apart as they get. */
const steadyAfterMs = 3_500;

/**
 * How long after Railway calls a deployment SUCCESS railway-up knows, and how often it asks where no socket can be had.
 * All rounds at once, each on a cloud of its own: most of one is waiting.
 */
export async function measureRailwayNotice(): Promise<readonly Figure[]> {
  const [late, perSecond] = await Promise.all([
    atOnce(rounds.noticed, (stage, round) => lateMs(stage, 4_000 + round * 230)),
    atOnce(rounds.polled, (stage, round) => requestsPerSecond(stage, 11_000 + round * 230)),
  ]);
  return [
    {
      name: 'Railway says SUCCESS → railway-up knows',
      unit: 'ms',
      values: late,
      atMost: 1_000,
      how: 'the deployment becomes SUCCESS in the cloud → the ship step ends, by subscription, before `stabilize`; at another moment each time',
    },
    {
      name: 'railway-up: steady polling',
      unit: 'requests/s',
      values: perSecond,
      atMost: 1,
      how: `no socket can be had: requests to Railway, from ${steadyAfterMs / 1000} s after the ship step began until SUCCESS`,
    },
  ];
}

async function lateMs(stage: Stage, buildMs: number): Promise<number> {
  const { ship, successAt } = await upload(stage, buildMs);
  return ship.ended - successAt;
}

async function requestsPerSecond(stage: Stage, buildMs: number): Promise<number> {
  stage.cloud.faults.add({ service: 'railway', route: 'subscriptions.connect', kind: 'html' });
  const { ship, successAt } = await upload(stage, buildMs);
  const from = ship.started + steadyAfterMs;
  const asked = stage.cloud.journal
    .entries()
    .filter(({ at, host }) => host.startsWith('backboard.') && at >= from && at <= successAt);
  return (asked.length * 1_000) / (successAt - from);
}

async function upload(stage: Stage, buildMs: number) {
  const service = stage.cloud.service(railway);
  service.switches.pace = { ...service.switches.pace, buildMs };
  const folder = join(stage.workspace, 'shop');
  mkdirSync(folder);
  for (const [name, text] of Object.entries(shopTree({ version: 'v2' })))
    writeFileSync(join(folder, name), text);
  const { token, service: name } = demo.railway;
  const inputs = { 'railway-token': token, 'railway-service': name, directory: 'shop', stabilize: '0s' };
  const result = await stage.run('railway-up', inputs);
  expectEnd(result, 'live/platform-only');
  const release = result.main.outputs.release ?? '';
  const { status, statusUpdatedAt } = service.world.deployments.get(release) ?? {};
  if (status !== 'SUCCESS' || statusUpdatedAt === undefined) throw new Error(`${release} is ${status}.`);
  return { ship: timelineStep(result, 'ship'), successAt: statusUpdatedAt };
}

function atOnce(times: number, measure: (stage: Stage, round: number) => Promise<number>) {
  const each = Array.from({ length: times }, async (_, round) => {
    const stage = await openStage({ flyctl: 'stand-in' });
    try {
      return await measure(stage, round);
    } finally {
      await stage.close();
    }
  });
  return Promise.all(each);
}
