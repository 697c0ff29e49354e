import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { type Cloud, demo, images, startCloud } from '#local-cloud';
import { type AppSeed, Fly } from '../../packages/local-cloud/src/fly/index.ts';
import { type Client, start, stopAgent } from './run-client.ts';

const toml = `app = "shop"
primary_region = "iad"
[http_service]
  internal_port = 8080
  [[http_service.checks]]
    path = "/healthz"
    interval = "1s"
    timeout = "2s"
`;

export interface TwoRuns {
  readonly exits: readonly [number | null, number | null];
  /** Of each machine: its state, its image's tag, the release it is of. */
  readonly fleet: readonly (readonly string[])[];
  /** Oldest first: number, status. */
  readonly releases: readonly (readonly [number, string])[];
  /** Whether the second was refused a lease. */
  readonly refused: boolean;
}

/** When the second run begins. */
export type Moment = (cloud: Cloud) => boolean;

/** Both machines are leased by the first run. */
export const leased: Moment = (cloud) =>
  cloud.journal.entries().filter(({ route, status }) => route === 'flaps.lease.create' && status === 201)
    .length >= 2;

/** The first run replaces a machine. */
export const replacing: Moment = (cloud) => machinesOf(cloud).some(({ state }) => state === 'replacing');

/** Two clients deploy to one app at one time: the first `v2`, and from `moment` on the second `v3`. */
export async function playTwoRuns(
  client: Client,
  moment: Moment,
  app: Partial<AppSeed> = {},
): Promise<TwoRuns> {
  const cloud = await startCloud({
    services: [
      (context) =>
        new Fly(context, (fly) => {
          fly.world.addToken({ value: demo.fly.token, kind: 'org', email: 'a@b.c' });
          fly.createApp({ name: 'shop', image: images.v1, ...app });
        }),
    ],
  });
  try {
    const slow = { VERSION: 'v2', SHOP_HEALTHY_AFTER_MS: '500' };
    cloud.images.put('registry.fly.io/shop:v2', { app: 'shop', env: slow, labels: {} });
    await flyOf(cloud).settled();
    const first = run(client, cloud, 'v2');
    while (!moment(cloud)) await delay(5);
    const second = run(client, cloud, 'v3');
    const exits = [await first, await second] as const;
    await flyOf(cloud).settled();
    return { exits, ...(await found(cloud)) };
  } finally {
    await cloud.close();
  }
}

async function run(client: Client, cloud: Cloud, tag: string): Promise<number | null> {
  const directory = await mkdtemp(join(tmpdir(), 'belay-client-'));
  try {
    await writeFile(join(directory, 'fly.toml'), toml);
    const flags = ['--yes', '--dns-checks=false', '--deploy-retries=0', '--wait-timeout', '20s'];
    const argv = ['deploy', '-a', 'shop', '--image', `registry.fly.io/shop:${tag}`, ...flags];
    const child = start(client, { argv }, { cloud, directory });
    child.stdin?.end();
    const output = Promise.all([text(child.stdout), text(child.stderr)]);
    const [exit] = await once(child, 'close');
    await output;
    return exit;
  } finally {
    await stopAgent(client, directory);
    await rm(directory, { recursive: true, force: true });
  }
}

async function found(cloud: Cloud): Promise<Omit<TwoRuns, 'exits'>> {
  const releases = flyOf(cloud).world.apps.get('shop')?.releases ?? [];
  return {
    fleet: machinesOf(cloud).map(({ state, imageRef, config }) => [
      state,
      imageRef.tag,
      config.metadata?.fly_release_version ?? '',
    ]),
    releases: releases.map(({ version, status }) => [version, status]),
    refused: cloud.journal
      .entries()
      .some(({ route, status }) => route === 'flaps.lease.create' && status === 409),
  };
}

function machinesOf(cloud: Cloud) {
  return [...(flyOf(cloud).world.apps.get('shop')?.machines.values() ?? [])];
}

function flyOf(cloud: Cloud): Fly {
  const fly = cloud.service('fly');
  if (!(fly instanceof Fly)) throw new Error('the cloud has no Fly');
  return fly;
}
