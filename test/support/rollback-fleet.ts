import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { commits, demo, fly } from '#local-cloud';
import type { ActionResult } from '#local-runner';
import type { Machine } from '../../packages/local-cloud/src/fly/machine.ts';
import type { MachineConfig } from '../../packages/local-cloud/src/fly/machine-config.ts';
import type { AppSeed } from '../../packages/local-cloud/src/fly/seed.ts';
import { openStage, type RunOptions, type StageOptions } from '../../scripts/stage.ts';
import { eventually } from './eventually.ts';
import { type PastDeploy, pastDeploys } from './past-deploys.ts';

/** A machine as a person would list it. */
export interface Listed {
  readonly group: string;
  readonly region: string;
  readonly state: string;
  /** What its image calls itself. */
  readonly runs: string;
}

/** The shop as an app of any shape, and the rollback action beside it. */
export async function rollbackFleet(flyctl: NonNullable<StageOptions['flyctl']> = 'stand-in') {
  const stage = await openStage({ flyctl });
  const emulator = () => stage.cloud.service(fly);
  const app = () => {
    const found = emulator().world.apps.get(demo.fly.app);
    if (found === undefined) throw new Error('begin makes the app');
    return found;
  };
  const machines = () => [...app().machines.values()].filter(({ state }) => state !== 'destroyed');
  return {
    stage,
    app,
    machines,
    /** Everything gone, the demo's app as well, then an app in its place as v1 of it was deployed. */
    async begin(seed: Omit<AppSeed, 'name' | 'image'>): Promise<void> {
      await stage.cloud.reset();
      stage.flyctlCalls();
      emulator().world.destroyApp(app());
      const image = 'registry.fly.io/shop:first';
      stage.cloud.images.put(image, { app: 'shop', env: { VERSION: 'first' }, labels: {} });
      emulator().createApp({ name: demo.fly.app, image, ...seed });
      await emulator().settled();
    },
    /** Deployed after it, and known to the ledger: v2, v3… The last one serves. */
    past: (...deploys: readonly PastDeploy[]) => pastDeploys(stage.cloud, deploys),
    /** Puts a release on some machines, as a deploy that was cut does. */
    async putOn(version: number, chosen: (machine: Machine) => boolean): Promise<void> {
      const release = app().releases.find((one) => one.version === version);
      if (release === undefined) throw new Error(`no release v${version}`);
      for (const machine of machines().filter(chosen)) {
        const marks = { fly_release_id: release.id, fly_release_version: String(version) };
        const metadata = { ...machine.config.metadata, ...marks };
        const config = { ...machine.config, image: release.imageRef, metadata };
        emulator().world.fleet.update(machine, { config, skipLaunch: machine.state === 'stopped' });
      }
      await emulator().settled();
    },
    /** What the newest release was made with: its fly.toml as JSON. */
    redefine(definition: unknown): void {
      Object.assign(app().releases.at(-1) ?? {}, { definition });
    },
    /** One more machine of the newest release. */
    async add(group: string, config: Omit<MachineConfig, 'image'>): Promise<void> {
      const release = app().releases.at(-1);
      if (release === undefined) throw new Error('begin makes a release');
      emulator().world.seedMachine(
        app(),
        release,
        { ...config, metadata: { fly_process_group: group } },
        'iad',
      );
      await emulator().settled();
    },
    async destroy(chosen: (machine: Machine) => boolean): Promise<void> {
      for (const machine of machines().filter(chosen)) emulator().world.fleet.destroy(machine, true);
      await emulator().settled();
    },
    /** On request, as a person or the proxy does. */
    async stop(chosen: (machine: Machine) => boolean): Promise<void> {
      for (const machine of machines().filter(chosen)) emulator().world.fleet.stop(machine, {});
      await emulator().settled();
    },
    /** Their processes come to their end, with code 0, and nobody has asked for it. */
    async endByThemselves(chosen: (machine: Machine) => boolean): Promise<void> {
      const ending = machines().filter(chosen);
      for (const machine of ending) {
        const env = { ...machine.config.env, SHOP_WORK_ENDS_AFTER_MS: '50' };
        emulator().world.fleet.update(machine, { config: { ...machine.config, env }, skipLaunch: false });
      }
      await eventually(() => ending.every(({ state }) => state === 'stopped'));
    },
    /** Fly has no room for another machine there. */
    full(where: { readonly region?: string; readonly group?: string }): void {
      emulator().settings.outOfCapacity = [where];
    },
    /** Fly has room again. */
    roomy(): void {
      emulator().settings.outOfCapacity = [];
    },
    /** Machines tell when they really started, so that flyctl watches each for ten seconds. */
    watched(): void {
      emulator().settings.smokeBackdate = false;
    },
    /** The configuration of the next deploy, as `fly.json`. */
    writeConfig: (definition: unknown): Promise<void> =>
      writeFile(join(stage.workspace, 'fly.json'), JSON.stringify(definition)),
    /** By group, then region. */
    listed(): readonly Listed[] {
      const all = machines().map((machine) => ({
        group: machine.config.metadata?.fly_process_group ?? '',
        region: machine.region,
        state: machine.state,
        runs: stage.cloud.images.resolve(machine.config.image)?.env.VERSION ?? 'nothing known',
      }));
      const key = ({ group, region, state }: Listed) => `${group} ${region} ${state}`;
      return all.toSorted((one, other) => key(one).localeCompare(key(other)));
    },
    rollback: (inputs: Readonly<Record<string, string>>): Promise<ActionResult> =>
      stage.run('rollback', {
        'fly-app': demo.fly.app,
        'fly-token': demo.fly.token,
        'wait-timeout': '5s',
        timeout: '40s',
        ...inputs,
      }),
    /** An image of the shop, by what it calls itself and how it is broken. */
    image(version: string, flags: Readonly<Record<string, string>> = {}): string {
      const ref = `registry.fly.io/shop:${version}`;
      return stage.cloud.images.put(ref, { app: 'shop', env: { VERSION: version, ...flags }, labels: {} })
        .ref;
    },
    deploy: (inputs: Readonly<Record<string, string>>, options: RunOptions = {}): Promise<ActionResult> =>
      stage.run(
        'fly-deploy',
        {
          'fly-app': demo.fly.app,
          'fly-token': demo.fly.token,
          'wait-timeout': '5s',
          timeout: '40s',
          'restore-timeout': '30s',
          ...inputs,
        },
        { sha: commits.v3, ...options },
      ),
    /** What a user is answered with: the version, or the status of what is in the way. */
    async served(): Promise<string> {
      const { status, body } = await stage.cloud.serves(demo.fly.host, '/version.json');
      return status === 200 ? JSON.parse(String(body)).version : String(status);
    },
    close: () => stage.close(),
  };
}

export type RollbackFleet = Awaited<ReturnType<typeof rollbackFleet>>;
