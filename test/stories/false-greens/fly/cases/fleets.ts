import { setTimeout as delay } from 'node:timers/promises';
import type { Machine } from '../../../../../packages/local-cloud/src/fly/machine.ts';
import type { GroupSeed } from '../../../../../packages/local-cloud/src/fly/seed.ts';
import { homeCheck, lastingCheck } from '../../checks.ts';
import type { Case } from '../case.ts';
import { flyToml, withWorker } from '../fly-toml.ts';
import { type Ground, imageRef } from '../ground.ts';

const worker: GroupSeed = { machines: 1, config: { init: { cmd: ['work'] } } };
const httpService = {
  protocol: 'tcp',
  internal_port: 8080,
  ports: [{ port: 443, handlers: ['http', 'tls'] }],
  checks: [{ type: 'http', interval: '1s', timeout: '2s', path: '/healthz' }],
} as const;
const definition = {
  app: 'shop',
  primary_region: 'iad',
  processes: { app: '', worker: 'work' },
  http_service: {
    internal_port: 8080,
    processes: ['app'],
    checks: [{ interval: '1s', timeout: '2s', path: '/healthz' }],
  },
};
const deploy = (tag: string) => [`flyctl deploy --image ${imageRef(tag)} --wait-timeout 5s`];
const belay = (tag: string) => ({ image: imageRef(tag), checks: homeCheck });

/** What runs beside, or ran before. */
export const fleets: readonly Case[] = [
  {
    name: 'the worker ends by itself',
    happens:
      'The new version’s worker finds nothing to do and ends with code 0. Fly restarts only what failed; the queue is read by nobody.',
    app: { groups: { worker }, definition },
    config: withWorker,
    given: ({ image }) => void image('v2', { SHOP_WORK_ENDS_AFTER_MS: '1500' }),
    client: deploy('v2'),
    belay: { ...belay('v2'), checks: lastingCheck },
    laterMs: 2_000,
  },
  {
    name: 'the next good deploy does not start the worker again',
    happens:
      'The worker of a bad release ended by itself. v2 mends it: flyctl updates the stopped machine, and does not start it.',
    app: { groups: { worker }, definition },
    config: withWorker,
    given: async ({ fly, image }) => {
      image('v2');
      const machines = [...(fly.world.apps.get('shop')?.machines.values() ?? [])];
      const worker = machines.find(({ config }) => config.metadata?.fly_process_group === 'worker');
      if (worker !== undefined) await endsByItself(fly, worker, { SHOP_WORK_ENDS_AFTER_MS: '0' });
    },
    client: deploy('v2'),
    belay: belay('v2'),
  },
  {
    name: 'the next good deploy does not start a web machine again',
    happens:
      'Under a bad release the process of one of two machines ended, and requests start none (`auto_start_machines = false`). v2 is good; half of the fleet stays down.',
    config: flyToml({ service: 'auto_start_machines = false' }),
    app: { config: { services: [{ ...httpService, autostart: false }] } },
    given: async ({ fly, image }) => {
      image('v2');
      const [machine] = fly.world.apps.get('shop')?.machines.values() ?? [];
      if (machine !== undefined) await endsByItself(fly, machine, { SHOP_ENDS_AFTER_MS: '0' });
    },
    client: deploy('v2'),
    belay: belay('v2'),
  },
  {
    name: 'an old build on a machine that nobody manages',
    happens:
      'Somebody once made a machine with `fly machine run`. flyctl does not see it, and the proxy does: a third of the answers is the old build’s.',
    given: async ({ fly, image }) => {
      fly.createUnmanaged('shop', { image: image('v0') });
      image('v2');
      await fly.settled();
    },
    client: deploy('v2'),
    belay: belay('v2'),
  },
];

/** What a bad release does to a machine: its process ends in good order, and Fly leaves it stopped. */
async function endsByItself(fly: Ground['fly'], machine: Machine, env: Readonly<Record<string, string>>) {
  fly.world.fleet.update(machine, { config: { ...machine.config, env }, skipLaunch: false });
  while (machine.state !== 'stopped') await delay(50);
}
