import type { Clock } from '../../clock.ts';
import type { ToolResult } from '../../process.ts';
import type { PlatformFailure, Release, Shipped } from '../platform.ts';
import { Advice } from './advice.ts';
import type { FlyApi } from './api.ts';
import { CrashWatch } from './crash-watch.ts';
import { flyctlFailure } from './failures.ts';
import { appMachines } from './fleet.ts';
import { deployArguments, emittedReleaseOf, type Flyctl, type FlyDeploy } from './flyctl.ts';
import { digestOf, releaseVersion, toRelease } from './release.ts';
import { inScope, wholeFleet } from './scope.ts';
import type { WireMachine, WireRelease } from './wire.ts';

/**
 * Fly allows about one call a second for each action on an app, and flyctl gives up at the first 429: our own looks
 * may have used up what it needed. Pauses before each new attempt, milliseconds.
 */
export const rateLimitPauses = [2000, 5000];

/** How a deploy is run, and what for. */
export interface DeployRun {
  readonly budgetMs: number;
  readonly signal: AbortSignal;
  /** Id of the older release that this deploy brings back; absent when it ships something new. */
  readonly restores?: string;
}

/** One run of flyctl. It makes one release at most: the oldest newer than `before` that carries what was asked for. */
interface Attempt {
  readonly deploy: FlyDeploy;
  readonly before: number;
  readonly restores: string | undefined;
}

export interface DeployerParts {
  readonly api: FlyApi;
  readonly flyctl: Flyctl;
  readonly clock: Clock;
  warn(line: string): void;
}

/** Runs `flyctl deploy` and finds out which release came of it, whatever flyctl says. */
export class FlyDeployer {
  readonly #api: FlyApi;
  readonly #flyctl: Flyctl;
  readonly #clock: Clock;
  readonly #advice: Advice;
  #attempt: Attempt | undefined;
  /** By version: the releases proved to be of this deployer. */
  readonly #made = new Map<number, Attempt>();
  constructor({ api, flyctl, clock, warn }: DeployerParts) {
    this.#api = api;
    this.#flyctl = flyctl;
    this.#clock = clock;
    this.#advice = new Advice(warn);
  }

  /** Whether a release is one this deployer shipped; what it only brought back is not. */
  isMine(release: Release): boolean {
    const attempt = this.#attemptOf(release.id);
    return attempt !== undefined && attempt.restores === undefined;
  }

  /** The id of the older release that was brought back as this one. */
  restores(release: Release): string | undefined {
    return this.#attemptOf(release.id)?.restores;
  }

  /** Whether a run of this deployer's flyctl made the release with this id. */
  hasMade(id: string): boolean {
    return this.#attemptOf(id) !== undefined;
  }

  /** Finds among an app's releases what the last run of flyctl made, also when it was cut before naming it. */
  recognise(releases: readonly WireRelease[]): WireRelease | undefined {
    const attempt = this.#attempt;
    if (attempt === undefined) return undefined;
    const known = releases.find(({ version }) => this.#made.get(version) === attempt);
    if (known !== undefined) return known;
    const made = releases.findLast(
      (release) => release.version > attempt.before && carries(release, attempt.deploy),
    );
    if (made !== undefined) this.#made.set(made.version, attempt);
    return made;
  }

  /** Rejects with the signal's reason when cancelled; a failure of flyctl is part of the answer. */
  async deploy(deploy: FlyDeploy, run: DeployRun): Promise<Shipped> {
    const end = this.#clock.monotonic() + run.budgetMs;
    const once = () => this.#once(deploy, { ...run, budgetMs: end - this.#clock.monotonic() });
    for (const pauseMs of rateLimitPauses) {
      const shipped = await once();
      // Without a release nothing was changed, so the same may be tried again.
      if (shipped.failure?.reason !== 'rate-limited' || shipped.release !== undefined) return shipped;
      await this.#clock.sleep(pauseMs, run.signal);
    }
    return once();
  }

  async #once(deploy: FlyDeploy, { budgetMs, signal, restores }: DeployRun): Promise<Shipped> {
    const { releases } = await this.#api.app(deploy.app);
    // What the attempt before this one made is there by now: anything newer is of this one.
    this.recognise(releases);
    const attempt = { deploy, before: newestVersion(releases), restores };
    this.#attempt = attempt;
    const watch = this.#watchFor(attempt);
    const result = await this.#flyctl.run(deployArguments(deploy), {
      deadlineMs: budgetMs,
      signal: AbortSignal.any([signal, watch.crashed]),
      onLine: (line) => {
        watch.hear(line);
        this.#advice.hear(line);
      },
    });
    const crash = await watch.end();
    // An interrupted flyctl forgets its leases: a restore would wait 13 s for them to run out.
    if (result.endedBy === 'cancelled' && !signal.aborted && watch.holdsLeases)
      await this.#freeLeases(deploy);
    const emitted = emittedReleaseOf(result.stdout);
    if (emitted !== undefined) this.#made.set(emitted.version, attempt);
    const release = await this.#release(deploy);
    const made = release === undefined ? {} : { release };
    if (crash === undefined && result.endedBy === 'exit' && result.exitCode === 0) return made;
    signal.throwIfAborted();
    if (crash !== undefined) return { ...made, failure: crash };
    return { ...made, failure: failureOf(result, budgetMs) };
  }

  #watchFor({ deploy: { app }, before }: Attempt): CrashWatch {
    const isOurs = async (release: string) => {
      this.recognise((await this.#api.app(app)).releases);
      return this.hasMade(release);
    };
    return new CrashWatch({ api: this.#api, clock: this.#clock, app, before, isOurs });
  }

  /**
   * Of the machines flyctl was updating when a crash ended it: Fly tells the nonce of any lease, also of somebody else's
   * deploy to other machines of the app. Where it fails the leases are waited for.
   */
  async #freeLeases({ app, scope = wholeFleet }: FlyDeploy): Promise<void> {
    const machines = inScope(appMachines(await this.#api.machines(app).catch(() => [])), scope);
    const free = async ({ id }: WireMachine) => {
      const nonce = await this.#api.leaseNonce(app, id);
      if (nonce !== undefined) await this.#api.change(app, { method: 'DELETE', path: `${id}/lease`, nonce });
    };
    await Promise.all(machines.map((machine) => free(machine).catch(() => {})));
  }

  /** The release flyctl made. It names it only when it succeeded. */
  async #release(deploy: FlyDeploy): Promise<Release | undefined> {
    const wire = this.recognise((await this.#api.app(deploy.app)).releases);
    if (wire === undefined) return undefined;
    const release = toRelease(wire);
    if (release.artifact !== undefined || wire.imageRef === undefined) return release;
    const image = await this.#api.image(deploy.app, wire.imageRef);
    return image === undefined ? release : { ...release, artifact: image.digest };
  }

  #attemptOf(id: string): Attempt | undefined {
    const version = releaseVersion(id);
    return version === undefined ? undefined : this.#made.get(version);
  }
}

function carries({ imageRef = '' }: WireRelease, { image, imageLabel }: FlyDeploy): boolean {
  // A label may begin like another: run 7-1 and run 7-10.
  if (imageLabel !== undefined) return imageRef.replace(/@.*$/, '').endsWith(`:${imageLabel}`);
  if (image === undefined) return false;
  return imageRef === image || (digestOf(image) !== undefined && digestOf(image) === digestOf(imageRef));
}

function newestVersion(releases: readonly WireRelease[]): number {
  return Math.max(0, ...releases.map((release) => release.version));
}

function failureOf(result: ToolResult, budgetMs: number): PlatformFailure {
  if (result.endedBy !== 'deadline') return flyctlFailure(result.tail, result.exitCode);
  return {
    reason: 'deploy-timeout',
    what: `flyctl had not ended after ${Math.round(budgetMs / 1000)} s and was stopped; it last said: ${result.tail.at(-1) ?? 'nothing'}`,
    why: 'flyctl has no deadline of its own for some calls',
    next: 'Raise `timeout` if the deploy is really that slow; otherwise look at https://status.flyio.net.',
  };
}
