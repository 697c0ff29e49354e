import { createHash } from 'node:crypto';
import { buildTree } from './build.ts';
import { listening, runPreDeploy, startReplicas } from './containers.ts';
import type { Deployment } from './deployment.ts';
import { StepFailure, step } from './deployment-events.ts';
import type { Fate } from './fates.ts';
import { checkHealth } from './health-check.ts';
import type { LogBook } from './log-book.ts';
import type { Replica } from './replica.ts';
import type { RailwayDoors } from './switches.ts';

const defaultHealthTimeoutS = 300;

export interface RolloutParts {
  readonly deployment: Deployment;
  readonly fate: Fate | undefined;
  readonly doors: RailwayDoors;
  readonly logs: LogBook;
  /** It has become SUCCESS: what served before it goes. */
  readonly tookOver: (deployment: Deployment) => void;
}

/** One deployment on its way: INITIALIZING → BUILDING → DEPLOYING → SUCCESS, or how it ends before that. */
export class Rollout {
  readonly #parts: RolloutParts;
  readonly #deployment: Deployment;
  readonly #doors: RailwayDoors;
  #approve: () => void = () => undefined;

  constructor(parts: RolloutParts) {
    this.#parts = parts;
    this.#deployment = parts.deployment;
    this.#doors = parts.doors;
  }

  async run(): Promise<void> {
    const deployment = this.#deployment;
    try {
      await this.#isLetThrough();
      await this.#snapshot();
      await this.#build();
      deployment.enter('DEPLOYING');
      await this.#deploy();
      // What was cancelled meanwhile is asked for its health no more, and has not passed for that.
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
    await listening(this.#deployment);
    this.#deployment.enter('SUCCESS');
  }

  /** What NEEDS_APPROVAL or WAITING waits for. */
  approve(): void {
    this.#approve();
  }

  async #isLetThrough(): Promise<void> {
    const { fate } = this.#parts;
    const deployment = this.#deployment;
    switch (fate?.kind) {
      case 'skipped':
        return this.#skip(fate.reason ?? 'No changes to watched files');
      case 'needs-approval':
        deployment.enter('NEEDS_APPROVAL');
        await this.#approval();
        break;
      case 'waits-for-ci': {
        deployment.enter('WAITING');
        const givenUpMs = this.#doors.switches.pace.waitForCiMs;
        await this.#pause(fate.afterMs ?? givenUpMs);
        if (fate.ends !== 'goes-on') return this.#skip('CI check suite failed');
        break;
      }
      case 'queued':
        deployment.enter('QUEUED');
        await this.#pause(fate.ms);
        break;
      case 'misconfigured':
        await this.#pause(this.#doors.switches.pace.snapshotMs);
        deployment.addMeta({ configErrors: fate.errors });
        throw new StepFailure(fate.errors.join('; '));
    }
    if (deployment.status !== 'INITIALIZING') deployment.enter('INITIALIZING');
  }

  async #skip(skippedReason: string): Promise<never> {
    this.#deployment.addMeta({ skippedReason });
    this.#deployment.enter('SKIPPED');
    throw stopped;
  }

  async #approval(): Promise<void> {
    const approved = Promise.withResolvers<void>();
    this.#approve = approved.resolve;
    this.#deployment.life.signal.addEventListener('abort', () => approved.resolve(), { once: true });
    await approved.promise;
    this.#assertAlive();
  }

  async #snapshot(): Promise<void> {
    const { snapshotMs } = this.#doors.switches.pace;
    if (this.#deployment.content.kind === 'image') return this.#pause(snapshotMs);
    await this.#step('SNAPSHOT_CODE', () => this.#pause(snapshotMs));
  }

  async #build(): Promise<void> {
    const deployment = this.#deployment;
    const { content } = deployment;
    if (content.kind === 'image') {
      if (content.image === undefined) throw new StepFailure(`Failed to pull image ${content.ref}`);
      deployment.addMeta({ image: content.ref, imageDigest: content.image.digest });
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
    const imageDigest = `sha256:${createHash('sha256').update(deployment.snapshotId).digest('hex')}`;
    await this.#step('PUBLISH_IMAGE', async () => deployment.addMeta({ imageDigest }));
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
      await this.#pause(this.#doors.switches.pace.settleMs);
      if (deployment.replicas.every(hasCrashed)) throw new ContainerDied();
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

  #goLive(): void {
    const deployment = this.#deployment;
    deployment.enter('SUCCESS');
    this.#parts.tookOver(deployment);
    // It may have crashed for good just before.
    deployment.replicaChanged();
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

/** It goes no further, and its status says why. */
const stopped = new Error('the deployment goes no further');

/** For good, before it ever was SUCCESS. */
class ContainerDied extends StepFailure {}

function hasCrashed({ status }: Replica): boolean {
  return status === 'CRASHED';
}
