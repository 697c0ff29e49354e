import { assignAddress } from './ip-address.ts';
import type { FlyApp, Machine } from './machine.ts';
import type { MachineConfig } from './machine-config.ts';
import type { IpType, Release } from './model.ts';
import { postgresConfig } from './postgres-seed.ts';
import { Refusal } from './refusal.ts';
import { newVolume } from './volume.ts';
import type { FlyWorld } from './world.ts';

type ConfigChanges = Partial<Omit<MachineConfig, 'image'>>;

export interface AppSeed {
  readonly name: string;
  /** By tag; what runs is pinned to its digest, as flyctl does with an image it was given. */
  readonly image: string;
  /** flyctl built the images itself: releases and machines then name their tags. */
  readonly built?: boolean;
  /** Images of the releases before it, oldest first; all of them complete. */
  readonly formerImages?: readonly string[];
  /** How many machines of the group `app`; default 2. Zero, and no `groups`, makes an app that was never deployed. */
  readonly machines?: number;
  /** Further process groups, by name. */
  readonly groups?: Readonly<Record<string, GroupSeed>>;
  /** Where the machines are, in turn; default `iad`. */
  readonly regions?: readonly string[];
  /** Each machine has a volume of its own with this name. */
  readonly volume?: string;
  /** Absent: reached by everybody, and none is listed. `[]` or `['private_v6']`: by nobody from outside. */
  readonly ips?: readonly IpType[];
  readonly secrets?: Readonly<Record<string, string>>;
  /** As `fly postgres create` makes it: the first machine is the primary, the others are replicas. */
  readonly postgres?: boolean;
  /** Machines beside them that flyctl did not make, and does not see. */
  readonly unmanaged?: readonly UnmanagedSeed[];
  /** On top of a service on 8080 with an HTTP check of `/healthz` each second. */
  readonly config?: ConfigChanges;
  /** fly.toml as JSON, kept as the release's stored config. */
  readonly definition?: unknown;
  readonly email?: string;
}

/** As `fly machine run` and the API make one: no metadata of a release, whatever image. */
export interface UnmanagedSeed {
  readonly image: string;
  /** In place of the app's own: a service on 8080 with an HTTP check of `/healthz` each second. */
  readonly config?: ConfigChanges;
  /** Default `iad`. */
  readonly region?: string;
}

export interface GroupSeed {
  readonly machines: number;
  /** The whole config but for the image: a group without services is a worker. */
  readonly config?: ConfigChanges;
}

const checkedService: Omit<MachineConfig, 'image'> = {
  guest: { cpu_kind: 'shared', cpus: 1, memory_mb: 256 },
  services: [
    {
      protocol: 'tcp',
      internal_port: 8080,
      ports: [
        { port: 80, handlers: ['http'] },
        { port: 443, handlers: ['http', 'tls'] },
      ],
      checks: [{ type: 'http', interval: '1s', timeout: '2s', path: '/healthz' }],
    },
  ],
} as Omit<MachineConfig, 'image'>;

function storedConfig(name: string) {
  const checks = [{ interval: '1s', timeout: '2s', path: '/healthz' }];
  return { app: name, primary_region: 'iad', http_service: { internal_port: 8080, checks } };
}

export function seedApp(world: FlyWorld, seed: AppSeed): readonly Machine[] {
  const managed = seedManaged(world, seed);
  const unmanaged = (seed.unmanaged ?? []).map((one) => seedUnmanaged(world, seed.name, one));
  return [...managed, ...unmanaged];
}

export function seedUnmanaged(world: FlyWorld, name: string, seed: UnmanagedSeed): Machine {
  const app = world.apps.get(name);
  if (app === undefined) throw new Refusal(404, `no app ${name} for a machine of ${seed.image}`);
  const config = { ...checkedService, ...seed.config, image: seed.image };
  return world.fleet.create(app, { config, region: seed.region ?? 'iad', skipLaunch: false });
}

function seedManaged(world: FlyWorld, seed: AppSeed): readonly Machine[] {
  const app = world.createApp(seed.name, seed.postgres ? 'postgres_cluster' : '');
  app.isPublicUnlisted = seed.ips === undefined;
  for (const type of seed.ips ?? []) assignAddress(app, { type }, world.doors);
  if (seed.secrets !== undefined) world.setSecrets(app, seed.secrets);
  const configs = machineConfigs(seed);
  if (configs.length === 0) return [];
  for (const image of seed.formerImages ?? []) seedRelease(world, app, { ...seed, image });
  const release = seedRelease(world, app, seed);
  return configs.map((config, index) => {
    const region = seed.regions?.[index % seed.regions.length] ?? 'iad';
    return world.seedMachine(app, release, withVolume(config, { world, app, seed, region }), region);
  });
}

function machineConfigs(seed: AppSeed): Omit<MachineConfig, 'image'>[] {
  const appConfig = (index: number) =>
    seed.postgres ? postgresConfig(index === 0 ? 'primary' : 'replica') : checkedService;
  const ofApp = Array.from({ length: seed.machines ?? 2 }, (_, index) => ({
    ...appConfig(index),
    ...seed.config,
  }));
  const ofGroups = Object.entries(seed.groups ?? {}).flatMap(([group, { machines, config }]) =>
    Array.from({ length: machines }, () => ({
      ...config,
      metadata: { fly_process_group: group, ...config?.metadata },
    })),
  );
  return [...ofApp, ...ofGroups];
}

interface Place {
  readonly world: FlyWorld;
  readonly app: FlyApp;
  readonly seed: AppSeed;
  readonly region: string;
}

function withVolume(config: Omit<MachineConfig, 'image'>, { world, app, seed, region }: Place) {
  if (seed.volume === undefined) return config;
  const volume = newVolume({ name: seed.volume, region, sizeGb: 1 }, world.doors);
  app.volumes.set(volume.id, volume);
  return { ...config, mounts: [{ volume: volume.id, name: volume.name, path: '/data' }] };
}

function seedRelease(world: FlyWorld, app: FlyApp, seed: AppSeed): Release {
  const image = world.doors.images.resolve(seed.image);
  if (image === undefined) throw new Refusal(404, `no image ${seed.image} to seed ${seed.name} with`);
  const repository = image.ref.slice(0, image.ref.lastIndexOf(':'));
  const pinned = `${repository}@${image.digest}`;
  const release = world.release(app, {
    imageRef: seed.built === true ? seed.image : pinned,
    strategy: 'ROLLING',
    definition: seed.definition ?? storedConfig(seed.name),
    email: seed.email ?? 'a@b.c',
  });
  release.status = 'complete';
  return release;
}
