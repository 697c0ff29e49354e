import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Deployment, type ServiceInstance } from './deployment.ts';
import type { Fate } from './fates.ts';
import { serviceManifestOf } from './manifest.ts';
import type { Content, Settings } from './model.ts';
import { refused } from './refusal.ts';
import type { Tree } from './repository.ts';
import { retire } from './retire.ts';
import { digestOf, Rollout } from './rollout.ts';
import type { RailwayWorld } from './world.ts';

export interface Wanted {
  readonly content: Content;
  readonly meta?: Readonly<Record<string, unknown>>;
  readonly creator?: string;
  /** Of another time, for a rollback and a redeploy; those of the instance otherwise. */
  readonly settings?: Settings;
  readonly variables?: Readonly<Record<string, string>>;
  readonly isBuilt?: boolean;
  /** What becomes of it, where no test has said so. */
  readonly fate?: Fate | undefined;
}

/** Makes a deployment and sends it on its way; those of the same service that still were on theirs are superseded. */
export class Deploys {
  readonly #world: RailwayWorld;
  readonly #rollouts = new WeakMap<Deployment, Rollout>();

  constructor(world: RailwayWorld) {
    this.#world = world;
  }

  begin(instance: ServiceInstance, wanted: Wanted): Deployment {
    this.#assertNotTooMany(instance);
    const deployment = this.#make(instance, wanted);
    for (const earlier of instance.deployments.filter(({ isOnTheWay }) => isOnTheWay)) this.abort(earlier);
    this.#keep(deployment);
    const fate = this.#world.fates.get(instance.id)?.shift() ?? wanted.fate;
    void this.#rollout(deployment, fate).run();
    if (fate?.kind === 'overtaken') void this.#overtake(deployment, fate.afterMs ?? 0);
    return deployment;
  }

  /** One of long ago: it serves, or a later one has taken its place. */
  async plant(
    instance: ServiceInstance,
    wanted: Wanted,
    { agoMs, isLast }: { readonly agoMs: number; readonly isLast: boolean },
  ): Promise<void> {
    const createdAt = this.#world.doors.clock.now() - agoMs;
    const deployment = this.#make(instance, { ...wanted, isBuilt: true }, createdAt);
    if (wanted.content.kind === 'tree') deployment.addMeta({ imageDigest: digestOf(deployment) });
    this.#keep(deployment);
    if (isLast) {
      await this.#rollout(deployment).runAtOnce();
      void this.#world.sleepers.attend(deployment);
      return;
    }
    deployment.enter('SUCCESS');
    deployment.enter('REMOVED');
  }

  /** What has not gone live goes no further: cancelled, or overtaken by a newer one. */
  abort(deployment: Deployment): void {
    deployment.life.abort();
    for (const replica of deployment.replicas) void replica.end('REMOVED', 0);
    deployment.enter('REMOVED');
  }

  /** At once, whatever it was doing. */
  async takeDown(deployment: Deployment): Promise<void> {
    deployment.life.abort();
    await Promise.all(deployment.replicas.map((replica) => replica.end('REMOVED', 0)));
    deployment.enter('REMOVED');
  }

  /** The cloud closes: no process of any deployment is left. */
  async killAll(): Promise<void> {
    for (const { life } of this.#world.deployments.values()) life.abort();
    const replicas = [...this.#world.deployments.values()].flatMap(({ replicas }) => replicas);
    await Promise.all(replicas.map((replica) => replica.end('REMOVED', 0)));
  }

  approve(deployment: Deployment): void {
    this.#rollouts.get(deployment)?.approve();
  }

  async #overtake(deployment: Deployment, afterMs: number): Promise<void> {
    const { clock } = this.#world.doors;
    await clock.until(clock.now() + afterMs, deployment.life.signal);
    const { instance, content, isOnTheWay } = deployment;
    const meta = { commitMessage: 'by somebody else' };
    if (isOnTheWay) this.begin(instance, { content, creator: 'somebody-else', meta });
  }

  #assertNotTooMany({ deployments }: ServiceInstance): void {
    const { clock, switches } = this.#world.doors;
    const recent = deployments.filter(({ createdAt }) => clock.now() - createdAt < 60_000);
    if (recent.length >= switches.deploysPerMinute) throw refused('Service deployment rate limit exceeded');
  }

  #make(instance: ServiceInstance, wanted: Wanted, createdAt?: number): Deployment {
    const { doors } = this.#world;
    const { content, settings = instance.settings, variables = instance.variables } = wanted;
    const meta = {
      reason: 'deploy',
      ...wanted.meta,
      serviceManifest: serviceManifestOf(settings),
      logsV2: true,
    };
    const [id, snapshotId] = [doors.ids.next(), doors.ids.next()];
    const { creator = 'token', isBuilt = false } = wanted;
    const facts = { id, snapshotId, instance, content, settings, variables, meta, creator, isBuilt };
    return new Deployment(createdAt === undefined ? facts : { ...facts, createdAt }, () => doors.clock.now());
  }

  #keep(deployment: Deployment): void {
    deployment.instance.deployments.push(deployment);
    this.#world.deployments.set(deployment.id, deployment);
  }

  #rollout(deployment: Deployment, fate?: Fate): Rollout {
    const { doors } = this.#world;
    const rollout = new Rollout({
      deployment,
      doors,
      fate,
      logs: this.#world.logsOf(deployment.instance.environment),
      tookOver: (newest) => this.#takeOver(newest),
      fellAsleep: (asleep) => void this.#world.sleepers.putToBed(asleep),
    });
    this.#rollouts.set(deployment, rollout);
    return rollout;
  }

  #takeOver(newest: Deployment): void {
    const { doors, sleepers } = this.#world;
    const before = newest.instance.deployments.filter((one) => one !== newest && one.isActive);
    for (const deployment of before) void retire(deployment, { overlapOf: newest, doors });
    void sleepers.attend(newest);
  }
}

/** The files of a commit in a directory of their own. */
export async function checkOut(files: Tree, dir: string): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    const file = join(dir, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
}
