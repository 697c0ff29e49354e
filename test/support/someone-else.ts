import { type Cloud, demo, fly } from '#local-cloud';

/** Another deploy of the demo's app, made past Belay: a new release, and every machine on its way to it. */
export function someoneElseDeploys(cloud: Cloud, image: string): void {
  const { world } = cloud.service(fly);
  const app = world.apps.get(demo.fly.app);
  const digest = cloud.images.resolve(image)?.digest;
  if (app === undefined || digest === undefined) throw new Error(`no app, or no image ${image}`);
  const imageRef = `${image.slice(0, image.lastIndexOf(':'))}@${digest}`;
  const definition = app.releases.at(-1)?.definition;
  const release = world.release(app, { imageRef, strategy: 'ROLLING', definition, email: 'eve@example.com' });
  release.status = 'complete';
  for (const machine of app.machines.values()) {
    const marks = { fly_release_id: release.id, fly_release_version: String(release.version) };
    const metadata = { ...machine.config.metadata, ...marks };
    world.fleet.update(machine, {
      config: { ...machine.config, image: imageRef, metadata },
      skipLaunch: false,
    });
  }
}
