import { createHash } from 'node:crypto';
import { Admission, stopped } from './admission.ts';
import { buildTree } from './build.ts';
import { takeConfigFile } from './config-file.ts';
import { listening, runPreDeploy, startReplicas } from './containers.ts';
import type { Deployment } from './deployment.ts';
import { StepFailure } from './deployment-events.ts';
import type { Fate } from './fates.ts';
import { checkHealth } from './health-check.ts';
import type { LogBook } from './log-book.ts';
import type { Replica } from './replica.ts';
import { step } from './steps.ts';
import type { RailwayDoors } from './switches.ts';

const defaultHealthTimeoutS = 300;

export interface RolloutParts {
  readonly deployment: Deployment;
  readonly fate: Fate | undefined;
  readonly doors: RailwayDoors;
  readonly logs: LogBook;
  /** It has become SUCCESS: what served before it goes. */
  readonly tookOver: (deployment: Deployment) => void;
  /** Nobody asks it any more. */
  readonly fellAsleep: (deployment: Deployment) => void;
}

/** One deployment on its way: INITIALIZING → BUILDING → DEPLOYING → SUCCESS, or how it ends before that. */
export class Rollout {
  readonly #parts: RolloutParts;
  readonly #deployment: Deployment;
  readonly #doors: RailwayDoors;
  readonly #admission: Admission;

  constructor(parts: RolloutParts) {
    this.#parts = parts;
    this.#deployment = parts.deployment;
    this.#doors = parts.doors;
    this.#admission = new Admission(parts);
  }

  async run(): Promise<void> {
    const deployment = this.#deployment;
    try {
      await this.#admission.pass();
      await this.#snapshot();
      await this.#build();
      deployment.enter('DEPLOYING');
      await this.#deploy();
      this.#assertAlive();
      this.#goLive();
    } catch (error) {
      if (deployment.life.signal.aborted || error === stopped) return;
      if (!(error instanceof StepFailure)) throw error;
      const hasDied = error instanceof ContainerDied;
      if (!hasDied) await Promise.all(deployment.replicas.map((replica) => replica.end('REMOVED', 0)));
      deployment.enter(hasDied ? 'CRASHED' : 'FAILED');
    }
  }

  /** As of a deployment of long ago that serves: no pauses, no checks, and nothing it takes over from. */
  async runAtOnce(): Promise<void> {
    const { content } = this.#deployment;
    if (content.kind === 'image') await this.#build();
    await startReplicas(this.#parts);
    await listening(this.#deployment, { isPlanted: true });
    this.#deployment.enter('SUCCESS');
  }

  /** What NEEDS_APPROVAL waits for. */
  approve(): void {
    this.#admission.approve();
  }

  async #snapshot(): Promise<void> {
    const { snapshotMs } = this.#doors.switches.pace;
    const { content } = this.#deployment;
    if (content.kind === 'image') return this.#pause(snapshotMs);
    await this.#step('SNAPSHOT_CODE', () => this.#pause(snapshotMs));
    if (this.#doors.switches.configFile === 'read') takeConfigFile(this.#deployment, content.dir);
  }

  async #build(): Promise<void> {
    const deployment = this.#deployment;
    const { content } = deployment;
    if (content.kind === 'image') {
      if (content.image === undefined) throw new StepFailure(`Failed to pull image ${content.ref}`);
      const { fate } = this.#parts;
      const told = { image: content.ref, imageDigest: content.image.digest };
      if (fate?.kind === 'tells-digest-late') this.#tellLater(told, fate.ms);
      else deployment.addMeta(told);
      return;
    }
    if (deployment.isBuilt) return;
    deployment.enter('BUILDING');
    const { fate, logs } = this.#parts;
    await this.#step('BUILD_IMAGE', async () => {
      await this.#pause(fate?.kind === 'build-takes' ? fate.ms : this.#doors.switches.pace.buildMs);
      await buildTree({ deployment, dir: content.dir, doors: this.#doors, logs, fate });
      this.#assertAlive();
    });
    const imageDigest = digestOf(deployment);
    await this.#step('PUBLISH_IMAGE', async () => deployment.addMeta({ imageDigest }));
  }

  #tellLater(meta: Readonly<Record<string, unknown>>, ms: number): void {
    const { clock, closed } = this.#doors;
    const deployment = this.#deployment;
    const unwatch = deployment.watch(() => {
      if (deployment.status !== 'SUCCESS') return;
      unwatch();
      void clock.until(clock.now() + ms, closed).then(() => closed.aborted || deployment.addMeta(meta));
    });
  }

  async #deploy(): Promise<void> {
    const deployment = this.#deployment;
    const { settings, variables } = deployment;
    const { logs } = this.#parts;
    if (settings.preDeployCommand !== null && settings.preDeployCommand.length > 0) {
      await this.#step('PRE_DEPLOY_COMMAND', () => runPreDeploy(this.#parts));
    }
    await this.#step('CREATE_CONTAINER', () => startReplicas(this.#parts));
    this.#assertAlive();
    if (settings.healthcheckPath === null || settings.healthcheckPath === '') {
      await this.#settle();
      return;
    }
    const path = settings.healthcheckPath;
    const seconds = Number(
      variables.RAILWAY_HEALTHCHECK_TIMEOUT_SEC ?? settings.healthcheckTimeout ?? defaultHealthTimeoutS,
    );
    const say = (message: string, severity = 'info') =>
      logs.write({ kind: 'build', deployment, message, severity });
    await listening(deployment);
    const work = () => checkHealth({ deployment, path, timeoutMs: seconds * 1_000, doors: this.#doors, say });
    await this.#step('HEALTHCHECK', work);
  }

  /** Without a health check it is a success once its containers have run for a moment, and none if all of them died. */
  async #settle(): Promise<void> {
    const { replicas, life } = this.#deployment;
    const died = new AbortController();
    const unwatch = this.#deployment.watch(() => replicas.every(hasCrashed) && died.abort());
    const { clock, switches } = this.#doors;
    await clock.until(clock.now() + switches.pace.settleMs, AbortSignal.any([life.signal, died.signal]));
    unwatch();
    if (replicas.every(hasCrashed)) throw new ContainerDied();
  }

  #goLive(): void {
    const deployment = this.#deployment;
    deployment.isKept = this.#parts.fate?.kind !== 'is-not-kept';
    deployment.enter('SUCCESS');
    this.#parts.tookOver(deployment);
    // It may have crashed for good just before.
    deployment.replicaChanged();
    if (this.#parts.fate?.kind === 'sleeps') this.#parts.fellAsleep(deployment);
  }

  #step(name: Parameters<typeof step>[1], work: () => Promise<void>): Promise<void> {
    return step(this.#deployment, name, { doors: this.#doors, work });
  }

  async #pause(ms: number): Promise<void> {
    const { clock } = this.#doors;
    await clock.until(clock.now() + ms, this.#deployment.life.signal);
    this.#assertAlive();
  }

  #assertAlive(): void {
    if (this.#deployment.life.signal.aborted) throw stopped;
  }
}

/** Of the image that is built of a deployment's snapshot. */
export function digestOf({ snapshotId }: Pick<Deployment, 'snapshotId'>): string {
  return `sha256:${createHash('sha256').update(snapshotId).digest('hex')}`;
}

/** For good, before it ever was SUCCESS. */
class ContainerDied extends StepFailure {}

function hasCrashed({ status }: Replica): boolean {
  return status === 'CRASHED';
}
