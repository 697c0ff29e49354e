import type { Machine } from './machine.ts';
import type { MachineConfig } from './machine-config.ts';
import type { FlyApp, Release } from './model.ts';
import { Refusal } from './refusal.ts';
import type { FlyWorld } from './world.ts';

export interface AppSeed {
  readonly name: string;
  /** By tag; what runs is pinned to its digest, as flyctl does. */
  readonly image: string;
  /** Images of the releases before it, oldest first; all of them complete. */
  readonly formerImages?: readonly string[];
  /** How many machines; default 2. Zero makes an app that was never deployed. */
  readonly machines?: number;
  /** On top of a service on 8080 with an HTTP check of `/healthz` each second. */
  readonly config?: Partial<Omit<MachineConfig, 'image'>>;
  /** fly.toml as JSON, kept as the release's stored config. */
  readonly definition?: unknown;
  readonly email?: string;
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
  const app = world.createApp(seed.name);
  const count = seed.machines ?? 2;
  if (count === 0) return [];
  for (const image of seed.formerImages ?? []) seedRelease(world, app, { ...seed, image });
  const release = seedRelease(world, app, seed);
  const config = { ...checkedService, ...seed.config };
  return Array.from({ length: count }, () => world.seedMachine(app, release, config, 'iad'));
}

function seedRelease(world: FlyWorld, app: FlyApp, seed: AppSeed): Release {
  const image = world.doors.images.resolve(seed.image);
  if (image === undefined) throw new Refusal(404, `no image ${seed.image} to seed ${seed.name} with`);
  const repository = image.ref.slice(0, image.ref.lastIndexOf(':'));
  const release = world.release(app, {
    imageRef: `${repository}@${image.digest}`,
    strategy: 'ROLLING',
    definition: seed.definition ?? storedConfig(seed.name),
    email: seed.email ?? 'a@b.c',
  });
  release.status = 'complete';
  return release;
}
