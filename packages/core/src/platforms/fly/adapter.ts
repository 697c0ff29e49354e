import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../clock.ts';
import { ActionFailure } from '../../failure.ts';
import type { ToolResult } from '../../process.ts';
import { type Settled, settle, settlePolicy } from '../../settle.ts';
import type {
  ActivateOptions,
  Evidence,
  Health,
  Live,
  Platform,
  PlatformFailure,
  Release,
  SettleOptions,
  SettleResult,
  ShipOptions,
  Shipped,
  Ships,
  Target,
} from '../platform.ts';
import type { FlyApi } from './api.ts';
import { flyctlFailure } from './failures.ts';
import { liveOf } from './fleet.ts';
import { deployArguments, emittedReleaseOf, type Flyctl, type FlyDeploy } from './flyctl.ts';
import { evidenceOf, type FleetVerdict, judgeFleet } from './health.ts';
import { digestOf, releaseId, releaseVersion, toRelease } from './release.ts';
import type { WireRelease } from './wire.ts';

/** What `ship` deploys: everything of the command line that is not the adapter's to decide. */
export type FlySource = Omit<FlyDeploy, 'app' | 'skipReleaseCommand' | 'smokeChecks'>;

export interface FlyParts {
  readonly api: FlyApi;
  readonly flyctl: Flyctl;
  readonly clock: Clock;
  /** A folder for the old release's configuration during a restore. */
  readonly dir: string;
  /** How long one machine may take to become healthy in a restore, milliseconds. */
  readonly waitTimeoutMs: number;
}

/** Fly: flyctl acts, the API judges. */
export class FlyPlatform implements Platform, Ships<FlySource>, Health {
  readonly #parts: FlyParts;
  /** What flyctl was last told to do, and the newest version before: by this a release is known to be ours. */
  #doing: { readonly deploy: FlyDeploy; readonly before: number } | undefined;
  constructor(parts: FlyParts) {
    this.#parts = parts;
  }

  /** Recognises a release that this adapter's flyctl made, also when it was cut before naming it. */
  isMine(release: Release): boolean {
    if (this.#doing === undefined || (releaseVersion(release.id) ?? 0) <= this.#doing.before) return false;
    const { image } = this.#doing.deploy;
    return image === undefined || digestOf(image) === undefined || digestOf(image) === release.artifact;
  }

  async live(target: Target): Promise<Live> {
    const [machines, app] = await Promise.all([
      this.#parts.api.machines(target.name),
      this.#parts.api.app(target.name),
    ]);
    return liveOf(machines, app.releases);
  }

  async *releases(target: Target): AsyncGenerator<Release> {
    for await (const release of this.#parts.api.releases(target.name)) yield toRelease(release);
  }

  /** The release with its digest, and whether the registry still has its image. Failure: `no-target`. */
  async inspect(target: Target, id: string): Promise<Release> {
    const wire = await this.#release(target, id);
    const release = toRelease(wire);
    if (wire.imageRef === undefined || wire.imageRef === '') return release;
    const image = await this.#parts.api.image(target.name, wire.imageRef);
    if (image === undefined) {
      return { ...release, restorable: 'no', restorableWhy: `the registry no longer has ${wire.imageRef}` };
    }
    return { ...release, artifact: image.digest, restorable: 'yes' };
  }

  async ship(target: Target, source: FlySource, options: ShipOptions, signal: AbortSignal): Promise<Shipped> {
    const before = newestVersion((await this.#parts.api.app(target.name)).releases);
    const deploy = { ...source, app: target.name, skipReleaseCommand: false, smokeChecks: true };
    return this.#deploy(deploy, before, options.budgetMs, signal);
  }

  /** Restores a release: its image with its own stored configuration, and never its release command. */
  async activate(
    target: Target,
    release: Release,
    options: ActivateOptions,
    signal: AbortSignal,
  ): Promise<Release> {
    const version = releaseVersion(release.id);
    const wire = await this.#release(target, release.id);
    const [definition, { releases }] = await Promise.all([
      version === undefined ? undefined : this.#parts.api.definition(target.name, version),
      this.#parts.api.app(target.name),
    ]);
    const config = join(this.#parts.dir, `${release.id}.json`);
    if (definition !== undefined) await writeFile(config, JSON.stringify(definition));
    const shipped = await this.#deploy(
      {
        app: target.name,
        ...(definition === undefined ? {} : { config }),
        image: pinned(wire, release),
        // An old release may have been made by a strategy that refuses a mixed fleet.
        strategy: 'rolling',
        buildArgs: [],
        waitTimeoutMs: Math.min(this.#parts.waitTimeoutMs, options.budgetMs),
        skipReleaseCommand: true,
        smokeChecks: false,
        extra: [],
      },
      newestVersion(releases),
      options.budgetMs,
      signal,
    );
    if (shipped.failure !== undefined) throw asFailure(shipped.failure);
    return shipped.release ?? release;
  }

  /**
   * Looks until every machine runs the release and is healthy, or one has crashed for good. The release's own
   * status is not waited for: its last PATCH may be lost after everything went well, and it then stays `running`.
   */
  async settle(
    target: Target,
    id: string,
    options: SettleOptions,
    signal: AbortSignal,
  ): Promise<SettleResult> {
    const { api, clock } = this.#parts;
    const release = await this.inspect(target, id);
    let seen = '';
    const settled = await settle({
      clock,
      signal,
      look: async () => judgeFleet(await api.machines(target.name), release),
      isFinal: (verdict) => {
        const note = verdict.kind === 'failed' ? verdict.failure.what : verdict.note;
        if (note !== seen) options.onProgress(note);
        seen = note;
        return verdict.kind !== 'pending';
      },
      policy: { ...settlePolicy, deadlineMs: options.budgetMs },
    });
    return settleResult(settled, release, options.budgetMs);
  }

  async health(target: Target): Promise<readonly Evidence[]> {
    return evidenceOf(await this.#parts.api.machines(target.name));
  }

  async #release(target: Target, id: string): Promise<WireRelease> {
    for await (const wire of this.#parts.api.releases(target.name)) {
      if (releaseId(wire.version) === id) return wire;
    }
    throw new ActionFailure({
      code: 'no-target',
      what: `${target.name} has no release ${id}`,
      next: `Choose one that \`fly releases --app ${target.name}\` lists.`,
    });
  }

  async #deploy(deploy: FlyDeploy, before: number, budgetMs: number, signal: AbortSignal): Promise<Shipped> {
    this.#doing = { deploy, before };
    const result = await this.#parts.flyctl.run(deployArguments(deploy), { deadlineMs: budgetMs, signal });
    const release = await this.#made(deploy, before, result);
    if (result.endedBy === 'exit' && result.exitCode === 0) return release === undefined ? {} : { release };
    signal.throwIfAborted();
    const failure =
      result.endedBy === 'deadline'
        ? hung(budgetMs, result.tail)
        : flyctlFailure(result.tail, result.exitCode);
    return { ...(release === undefined ? {} : { release }), failure };
  }

  /**
   * The release flyctl made. It names it only when it succeeded; else it is the oldest one that is newer than what
   * was there and carries our image or our label.
   */
  async #made(deploy: FlyDeploy, before: number, result: ToolResult): Promise<Release | undefined> {
    const emitted = emittedReleaseOf(result.stdout);
    const { releases } = await this.#parts.api.app(deploy.app);
    const wire =
      releases.find((release) => release.version === emitted?.version) ?? ours(releases, deploy, before);
    if (wire === undefined) return undefined;
    const release = toRelease(wire);
    if (release.artifact !== undefined || wire.imageRef === undefined) return release;
    const image = await this.#parts.api.image(deploy.app, wire.imageRef);
    return image === undefined ? release : { ...release, artifact: image.digest };
  }
}

function ours(releases: readonly WireRelease[], deploy: FlyDeploy, before: number): WireRelease | undefined {
  const wanted = deploy.image === undefined ? undefined : digestOf(deploy.image);
  return releases.findLast((release) => {
    const ref = release.imageRef ?? '';
    const matches =
      deploy.imageLabel === undefined
        ? wanted === digestOf(ref) || ref === deploy.image
        : ref.includes(`:${deploy.imageLabel}`);
    return release.version > before && matches;
  });
}

function newestVersion(releases: readonly WireRelease[]): number {
  return Math.max(0, ...releases.map((release) => release.version));
}

/** The image by digest where it is known: a tag may have moved since. */
function pinned(wire: WireRelease, release: Release): string {
  const ref = wire.imageRef ?? '';
  if (digestOf(ref) !== undefined || release.artifact === undefined) return ref;
  return `${ref.replace(/:[^:/]*$/, '')}@${release.artifact}`;
}

function settleResult(settled: Settled<FleetVerdict>, release: Release, budgetMs: number): SettleResult {
  if (settled.kind === 'unreachable') return { kind: 'unknown', note: settled.error.message };
  const verdict = settled.kind === 'final' ? settled.value : settled.last;
  if (verdict.kind !== 'pending') return verdict;
  return {
    kind: 'failed',
    failure: {
      reason: 'unhealthy',
      what: `${release.label} was not healthy after ${Math.round(budgetMs / 1000)} s: ${verdict.note}`,
      next: 'Read the failing machine’s log and checks above; raise `wait-timeout` if the app is only slow to start.',
    },
  };
}

function hung(budgetMs: number, tail: readonly string[]): PlatformFailure {
  return {
    reason: 'deploy-timeout',
    what: `flyctl had not ended after ${Math.round(budgetMs / 1000)} s and was stopped; it last said: ${tail.at(-1) ?? 'nothing'}`,
    why: 'flyctl has no deadline of its own for some calls',
    next: 'Raise `timeout` if the deploy is really that slow; otherwise look at https://status.flyio.net.',
  };
}

function asFailure(failure: PlatformFailure): ActionFailure {
  return new ActionFailure({
    code: failure.reason,
    what: failure.what,
    next: failure.next,
    ...(failure.why === undefined ? {} : { why: failure.why }),
  });
}
