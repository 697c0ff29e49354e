import { setTimeout as delay } from 'node:timers/promises';
import { commits } from '#local-cloud';
import { pastDeploys } from '../../../../support/past-deploys.ts';
import { homeCheck } from '../../checks.ts';
import type { Case } from '../case.ts';
import { type Ground, imageRef } from '../ground.ts';

const deploy = (tag: string) => `flyctl deploy --image ${imageRef(tag)} --wait-timeout 5s`;
const checks = homeCheck;

/** v3 serves, verified; v2 is the build before it. */
async function v3Serves({ stage, image }: Ground): Promise<void> {
  image('v2');
  await pastDeploys(stage.cloud, [{ version: 'v3', verdict: 'pass', commit: commits.v3 }]);
}

/** Who comes when. */
export const order: readonly Case[] = [
  {
    name: 'an old workflow run is run again',
    happens: 'v3 serves. Somebody presses “Re-run all jobs” on the run of the commit before it.',
    given: v3Serves,
    client: [deploy('v2')],
    belay: { image: imageRef('v2'), checks },
    wanted: 'v3',
    before: 'v3',
  },
  {
    name: 'two deploys at once, and the older one comes last',
    happens:
      'The runs of two pushes overlap. The older one waits for the machines’ leases, and then overwrites the newer build. Both are green.',
    given: ({ image, stage }) => {
      image('v2');
      image('v3');
      stage.cloud.faults.add({ route: 'flaps.machines.update', kind: 'delay', ms: 1_500, nth: 1 });
    },
    client: async ({ flyctl, stage }) => {
      const newer = flyctl(deploy('v3'));
      await called(stage, 'flaps.machines.update');
      const older = await flyctl(deploy('v2'));
      const { exit } = await newer;
      return { commands: [deploy('v3'), deploy('v2')], exit: Math.max(exit, older.exit), said: older.said };
    },
    belay: async ({ belay, stage }) => {
      const newer = belay('fly-deploy', { image: imageRef('v3'), checks }, { sha: commits.v3 });
      await called(stage, 'flaps.machines.update');
      const older = await belay('fly-deploy', { image: imageRef('v2'), checks }, { sha: commits.v2 });
      await newer;
      return older;
    },
    wanted: 'v3',
    before: 'v3',
  },
];

async function called({ cloud }: Ground['stage'], route: string): Promise<void> {
  while (!cloud.journal.entries().some((entry) => entry.route === route)) await delay(20);
}
