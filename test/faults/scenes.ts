import { type CloudContext, commits, demo, type Fly } from '#local-cloud';
import type { AppSeed } from '../../packages/local-cloud/src/fly/seed.ts';
import { eventually } from '../support/eventually.ts';
import { twoGroups } from '../support/fleet-shapes.ts';

/** The shop as a story finds it: v2 serves, v1 served before it, and the ledger knows both as verified. */
export interface Scene {
  /** Of what shape it is; two machines of one group unless said otherwise. */
  readonly app?: Omit<AppSeed, 'name' | 'image' | 'formerImages'>;
  /** What has become of it since. */
  readonly since?: (fly: Fly, images: CloudContext['images']) => void | Promise<void>;
}

const ref = (name: string) => `registry.fly.io/shop:faults-${name}`;

export const tags = {
  v1: ref('v1'),
  v2: ref('v2'),
  v3: ref('v3'),
  v3Error: ref('v3-error'),
  v3Ends: ref('v3-ends'),
  v4: ref('v4'),
} as const;

type Flags = Readonly<Record<string, string>>;

/** Its worker comes to its end, with code 0, and nothing starts it again. */
const ends: Flags = { SHOP_WORK_ENDS_AFTER_MS: '50' };

const definitions: Readonly<Record<keyof typeof tags, ReturnType<typeof image>>> = {
  v1: image('v1'),
  v2: image('v2'),
  v3: image('v3'),
  v3Error: image('v3', { SHOP_ROOT_STATUS: '500' }),
  v3Ends: image('v3', { ...ends, SHOP_ROOT_STATUS: '500' }),
  v4: image('v4'),
};

export const shop: Scene = {};

/** Pages by two machines, work by two others. */
export const crew: Scene = { app: twoGroups };

/** The same; the worker has come to its end on both machines. */
export const idleCrew: Scene = {
  app: twoGroups,
  since: async (fly) => {
    await fly.settled();
    for (const machine of machinesOf(fly)) {
      if (machine.config.metadata?.fly_process_group !== 'worker') continue;
      const config = { ...machine.config, env: { ...machine.config.env, ...ends } };
      fly.world.fleet.update(machine, { config, skipLaunch: false });
    }
    await eventually(() => machinesOf(fly).filter(({ state }) => state === 'stopped').length === 2);
  },
};

/** flyctl had built it, so its releases are known by tags; somebody has moved them to another build since. */
export const movedTags: Scene = {
  app: { built: true },
  since: (_, images) => {
    for (const tag of [tags.v1, tags.v2]) images.put(tag, definitions.v4);
  },
};

/** A third machine answers on its ports that flyctl did not make. */
export const stranger: Scene = { app: { unmanaged: [{ image: tags.v4 }] } };

/** The host of one of its three machines does not answer. */
export const lostHost: Scene = {
  app: { machines: 3 },
  since: async (fly) => {
    await fly.settled();
    const [first] = machinesOf(fly);
    if (first !== undefined) await fly.world.fleet.loseHost(first);
  },
};

/** A bluegreen deploy of v3 was killed when its green machines took traffic: blue ones still do, or do not any more. */
export const cutBluegreen = (blue: 'serves' | 'cordoned'): Scene => ({
  since: async (fly) => {
    await fly.settled();
    const blues = machinesOf(fly);
    const app = fly.world.apps.get(demo.fly.app);
    const [model] = blues;
    if (app === undefined || model === undefined) throw new Error('the scene has an app with machines');
    const { definition } = app.releases.at(-1) ?? {};
    const order = { strategy: 'BLUEGREEN', definition, email: 'ada@example.com' } as const;
    const release = fly.world.release(app, { ...order, imageRef: tags.v3 });
    release.status = 'running';
    const { image: _, metadata: __, ...config } = model.config;
    const tag = 'fly_bluegreen_deployment_tag';
    const metadata = { [tag]: '1764000000', fly_flyctl_bluegreen_launch_id: '01JLAUNCH' };
    for (const machine of blues) {
      fly.world.seedMachine(app, release, { ...config, metadata }, machine.region);
      machine.config.metadata = { ...machine.config.metadata, [tag]: 'safe_to_destroy' };
      machine.cordoned = blue === 'cordoned';
    }
    await fly.settled();
  },
});

/** The shop's machines, those of its deploys and others. */
export function machinesOf({ world }: Fly) {
  const all = [...(world.apps.get(demo.fly.app)?.machines.values() ?? [])];
  return all.filter(({ state }) => !state.startsWith('destroy'));
}

/** The images there are, and the shop of a scene, up to where it was deployed last. */
export function seedScene(fly: Fly, images: CloudContext['images'], scene: Scene): void {
  for (const [name, definition] of Object.entries(definitions))
    images.put(tags[name as keyof typeof tags], definition);
  fly.world.addToken({ value: demo.fly.token, kind: 'org', email: 'demo@example.com' });
  const secrets = { SHOP_BEFORE: 'demo' };
  const own = { name: demo.fly.app, image: tags.v2, formerImages: [tags.v1] };
  fly.createApp({ ...own, secrets, ...scene.app });
  fly.createVolume(demo.fly.app, { name: 'data' });
}

export function digestOf(images: CloudContext['images'], tag: keyof typeof tags): string {
  return images.put(tags[tag], definitions[tag]).digest;
}

/** What serves is called v1 to v4; what else is wrong with it, nobody is told. */
function image(version: 'v1' | 'v2' | 'v3' | 'v4', flags: Flags = {}) {
  const commit = version === 'v4' ? commits.v3 : commits[version];
  return { app: 'shop', env: { VERSION: version, COMMIT: commit, ...flags }, labels: {} };
}
