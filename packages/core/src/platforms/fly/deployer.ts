import type { Clock } from '../../clock.ts';
import type { ToolResult } from '../../process.ts';
import type { PlatformFailure, Release, Shipped } from '../platform.ts';
import type { FlyApi } from './api.ts';
import { flyctlFailure } from './failures.ts';
import { deployArguments, emittedReleaseOf, type Flyctl, type FlyDeploy } from './flyctl.ts';
import { digestOf, releaseVersion, toRelease } from './release.ts';
import type { WireRelease } from './wire.ts';

/**
 * Fly allows about one call a second for each action on an app, and flyctl gives up at the first 429: our own looks
 * may have used up what it needed. Pauses before each new attempt, milliseconds.
 */
const rateLimitPauses = [2000, 5000];

/** Runs `flyctl deploy` and finds out which release came of it, whatever flyctl says. */
export class FlyDeployer {
  readonly #api: FlyApi;
  readonly #flyctl: Flyctl;
  readonly #clock: Clock;
  /** What flyctl was last told to do, and the newest version before: by this a release is known to be ours. */
  #doing: { readonly deploy: FlyDeploy; readonly before: number } | undefined;
  constructor(api: FlyApi, flyctl: Flyctl, clock: Clock) {
    this.#api = api;
    this.#flyctl = flyctl;
    this.#clock = clock;
  }

  /** Recognises a release of this deployer, also when it was cut before flyctl named it. */
  isMine(release: Release): boolean {
    if (this.#doing === undefined || (releaseVersion(release.id) ?? 0) <= this.#doing.before) return false;
    const { image } = this.#doing.deploy;
    return image === undefined || digestOf(image) === undefined || digestOf(image) === release.artifact;
  }

  /** Rejects with the signal's reason when cancelled; a failure of flyctl is part of the answer. */
  async deploy(deploy: FlyDeploy, budgetMs: number, signal: AbortSignal): Promise<Shipped> {
    const end = this.#clock.monotonic() + budgetMs;
    for (const pauseMs of rateLimitPauses) {
      const shipped = await this.#once(deploy, end - this.#clock.monotonic(), signal);
      // Without a release nothing was changed, so the same may be tried again.
      if (shipped.failure?.reason !== 'rate-limited' || shipped.release !== undefined) return shipped;
      await this.#clock.sleep(pauseMs, signal);
    }
    return this.#once(deploy, end - this.#clock.monotonic(), signal);
  }

  async #once(deploy: FlyDeploy, budgetMs: number, signal: AbortSignal): Promise<Shipped> {
    const before = newestVersion((await this.#api.app(deploy.app)).releases);
    this.#doing = { deploy, before };
    const result = await this.#flyctl.run(deployArguments(deploy), { deadlineMs: budgetMs, signal });
    const release = await this.#made(deploy, before, result);
    const made = release === undefined ? {} : { release };
    if (result.endedBy === 'exit' && result.exitCode === 0) return made;
    signal.throwIfAborted();
    return { ...made, failure: failureOf(result, budgetMs) };
  }

  /**
   * The release flyctl made. It names it only when it succeeded; else it is the oldest one that is newer than what
   * was there and carries our image or our label.
   */
  async #made(deploy: FlyDeploy, before: number, result: ToolResult): Promise<Release | undefined> {
    const emitted = emittedReleaseOf(result.stdout);
    const { releases } = await this.#api.app(deploy.app);
    const wire =
      releases.find((release) => release.version === emitted?.version) ??
      releases.findLast((release) => release.version > before && carries(release, deploy));
    if (wire === undefined) return undefined;
    const release = toRelease(wire);
    if (release.artifact !== undefined || wire.imageRef === undefined) return release;
    const image = await this.#api.image(deploy.app, wire.imageRef);
    return image === undefined ? release : { ...release, artifact: image.digest };
  }
}

function carries({ imageRef = '' }: WireRelease, { image, imageLabel }: FlyDeploy): boolean {
  if (imageLabel !== undefined) return imageRef.includes(`:${imageLabel}`);
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
