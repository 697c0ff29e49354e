import type { Deployment } from './deployment.ts';
import { StepFailure } from './deployment-events.ts';
import type { Fate } from './fates.ts';
import type { RailwayDoors } from './switches.ts';

/** It goes no further, and its status says why. */
export const stopped = new Error('the deployment goes no further');

/** What keeps a deployment from beginning: a queue, CI, a person, or nothing that changed. */
export class Admission {
  readonly #deployment: Deployment;
  readonly #fate: Fate | undefined;
  readonly #doors: RailwayDoors;
  readonly #approved = Promise.withResolvers<void>();

  constructor(of: {
    readonly deployment: Deployment;
    readonly fate: Fate | undefined;
    readonly doors: RailwayDoors;
  }) {
    this.#deployment = of.deployment;
    this.#fate = of.fate;
    this.#doors = of.doors;
  }

  approve(): void {
    this.#approved.resolve();
  }

  /** Resolves once the deployment may begin; throws where it never will. */
  async pass(): Promise<void> {
    const deployment = this.#deployment;
    const fate = this.#fate;
    const { pace } = this.#doors.switches;
    switch (fate?.kind) {
      case 'skipped':
        return this.#skip(fate.reason ?? 'No changes to watched files');
      case 'needs-approval':
        deployment.enter('NEEDS_APPROVAL');
        await this.#approval();
        break;
      case 'waits-for-ci':
        deployment.enter('WAITING');
        await this.#pause(fate.afterMs ?? pace.waitForCiMs);
        if (fate.ends !== 'goes-on') return this.#skip('CI check suite failed');
        break;
      case 'queued':
        deployment.enter('QUEUED');
        await this.#pause(fate.ms);
        break;
      case 'misconfigured':
        await this.#pause(pace.snapshotMs);
        deployment.addMeta({ configErrors: fate.errors });
        throw new StepFailure(fate.errors.join('; '));
    }
    deployment.enter('INITIALIZING');
  }

  #skip(skippedReason: string): never {
    this.#deployment.addMeta({ skippedReason });
    this.#deployment.enter('SKIPPED');
    throw stopped;
  }

  async #approval(): Promise<void> {
    const { signal } = this.#deployment.life;
    signal.addEventListener('abort', () => this.#approved.resolve(), { once: true });
    await this.#approved.promise;
    if (signal.aborted) throw stopped;
  }

  async #pause(ms: number): Promise<void> {
    const { clock } = this.#doors;
    const { signal } = this.#deployment.life;
    await clock.until(clock.now() + ms, signal);
    if (signal.aborted) throw stopped;
  }
}
