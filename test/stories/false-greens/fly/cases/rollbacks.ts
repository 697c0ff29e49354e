import { commits } from '#local-cloud';
import { pastDeploys } from '../../../../support/past-deploys.ts';
import { homeCheck } from '../../checks.ts';
import type { Case } from '../case.ts';
import { flyToml } from '../fly-toml.ts';
import { type Ground, imageRef } from '../ground.ts';

const wait = '--wait-timeout 5s';
const back = { wanted: 'v1', before: 'v2' } as const;

/** v1 was deployed and verified, then v2: it serves. */
async function v2AfterV1({ stage }: Ground, flags: Readonly<Record<string, string>> = {}): Promise<void> {
  await pastDeploys(stage.cloud, [
    { version: 'v1', verdict: 'pass', commit: commits.v1 },
    { version: 'v2', verdict: 'pass', commit: commits.v2, flags },
  ]);
}

/** The app of v2 listens on 3000, and its fly.toml says so. */
async function v2OnAnotherPort(ground: Ground): Promise<void> {
  await v2AfterV1(ground, { PORT: '3000' });
  const { world } = ground.fly;
  const app = world.apps.get('shop');
  const newest = app?.releases.at(-1);
  Object.assign(newest ?? {}, {
    definition: { app: 'shop', primary_region: 'iad', http_service: { internal_port: 3000 } },
  });
  for (const machine of app?.machines.values() ?? []) {
    const services = machine.config.services?.map((service) => ({
      ...service,
      internal_port: 3000,
      checks: [],
    }));
    const config = { ...machine.config, ...(services === undefined ? {} : { services }) };
    world.fleet.update(machine, { config, skipLaunch: false });
  }
}

/** There is no `flyctl rollback`: a person deploys an older image. */
export const rollbacks: readonly Case[] = [
  {
    name: 'a rollback by a tag that has moved',
    happens:
      'Both versions were built with `--image-label stable`, as Fly’s guide to rollbacks advises. `flyctl releases` shows v1 under that tag; the tag is v2’s by now.',
    given: async (ground) => {
      await v2AfterV1(ground);
      ground.image('v2', {}, 'stable');
      for (const release of ground.fly.world.apps.get('shop')?.releases ?? []) {
        Object.assign(release, { imageRef: imageRef('stable') });
      }
    },
    client: [`flyctl deploy --image ${imageRef('stable')} --skip-release-command ${wait}`],
    belay: ({ belay }) => belay('rollback', { checks: homeCheck }),
    ...back,
  },
  {
    name: 'a rollback under the new fly.toml',
    happens:
      'v2 listens on 3000, and fly.toml says so since. v1 under that file listens where nobody asks: a third thing, which was never deployed.',
    config: flyToml({ check: false, port: 3000 }),
    given: v2OnAnotherPort,
    client: [`flyctl deploy --image ${imageRef('v1')} --skip-release-command ${wait}`],
    belay: ({ belay }) => belay('rollback', { checks: homeCheck }),
    ...back,
  },
];
