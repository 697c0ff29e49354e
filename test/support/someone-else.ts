import { type Cloud, demo, type Fly, fly } from '#local-cloud';

/** Who has made it. */
export const someoneElse = 'eve@example.com';

interface HowMade {
  /** By flyctl, which names a release of its own build by the tag. */
  readonly built?: boolean;
  /** The Fly of a cloud that does not have the demo's. */
  readonly emulator?: Fly;
}

/** Another deploy of the demo's app, made past Belay: a new release, and every machine on its way to it. */
export function someoneElseDeploys(cloud: Cloud, image: string, how: HowMade = {}): void {
  const release = addRelease(cloud, image, how);
  const { emulator = cloud.service(fly) } = how;
  const { world } = emulator;
  for (const machine of shopApp(emulator).machines.values()) {
    if (machine.state.startsWith('destroy')) continue;
    // The machine of a release command is that deploy's own.
    if (machine.config.metadata?.fly_process_group === 'fly_app_release_command') continue;
    const marks = { fly_release_id: release.id, fly_release_version: String(release.version) };
    const metadata = { ...machine.config.metadata, ...marks };
    const config = { ...machine.config, image: release.imageRef, metadata };
    world.fleet.update(machine, { config, skipLaunch: false });
  }
}

/** A release in the app's history that no machine runs any more. */
export function addRelease(
  cloud: Cloud,
  image: string,
  { built = false, emulator = cloud.service(fly) }: HowMade = {},
) {
  const digest = cloud.images.resolve(image)?.digest;
  if (digest === undefined) throw new Error(`no image ${image}`);
  const app = shopApp(emulator);
  const release = emulator.world.release(app, {
    imageRef: built ? image : `${image.slice(0, image.lastIndexOf(':'))}@${digest}`,
    strategy: 'ROLLING',
    definition: app.releases.at(-1)?.definition,
    email: someoneElse,
  });
  release.status = 'complete';
  return release;
}

function shopApp({ world }: Fly) {
  const app = world.apps.get(demo.fly.app);
  if (app === undefined) throw new Error('the demo has no app');
  return app;
}
