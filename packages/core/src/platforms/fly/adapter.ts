import type { Clock } from '../../clock.ts';
import { ActionFailure } from '../../failure.ts';
import { type Settled, settle, settlePolicy } from '../../settle.ts';
import type {
  ActivateOptions,
  Evidence,
  Health,
  Live,
  Platform,
  Release,
  SettleOptions,
  SettleResult,
  ShipOptions,
  Shipped,
  Ships,
  Target,
} from '../platform.ts';
import type { FlyApi, StoredRelease } from './api.ts';
import { FlyDeployer } from './deployer.ts';
import { isExplained, liveOf } from './fleet.ts';
import type { Flyctl, FlyDeploy } from './flyctl.ts';
import { evidenceOf, type FleetVerdict, judgeFleet } from './health.ts';
import type { Leftover } from './leftovers.ts';
import { releaseVersion, toRelease } from './release.ts';
import { FlyRestorer } from './restorer.ts';
import { type FleetScope, inScope } from './scope.ts';
import type { WireMachine } from './wire.ts';

/** What `ship` deploys: everything of the command line that is not the adapter's to decide. */
export type FlySource = Omit<FlyDeploy, 'app' | 'scope' | 'skipReleaseCommand' | 'smokeChecks'>;

export interface FlyParts {
  readonly api: FlyApi;
  readonly flyctl: Flyctl;
  readonly clock: Clock;
  /** A folder for the old release's configuration during a restore. */
  readonly dir: string;
  /** How long one machine may take to become healthy in a restore, milliseconds. */
  readonly waitTimeoutMs: number;
  /** The machines that are looked at, deployed to and taken back. */
  readonly scope: FleetScope;
  log(line: string): void;
  /** What people should see though nothing failed. */
  warn(line: string): void;
}

/** Fly: flyctl acts, the API judges. */
export class FlyPlatform implements Platform, Ships<FlySource>, Health {
  readonly #parts: FlyParts;
  readonly #deployer: FlyDeployer;
  readonly #restorer: FlyRestorer;
  constructor(parts: FlyParts) {
    this.#parts = parts;
    this.#deployer = new FlyDeployer(parts);
    this.#restorer = new FlyRestorer(parts, this.#deployer);
  }

  /** Whether a release is one `ship` made, also when it was cut before naming it. What `activate` made is not. */
  isMine(release: Release): boolean {
    return this.#deployer.isMine(release);
  }

  /** The id of the older release that `activate` brought back as this one: they were built from one commit. */
  restores(release: Release): string | undefined {
    return this.#deployer.restores(release);
  }

  /** What no release explains is looked at twice: it may be a stale answer, and others act on what is said here. */
  async live(target: Target): Promise<Live> {
    const live = await this.#look(target);
    return isExplained(live) ? live : this.#look(target);
  }

  async #look(target: Target): Promise<Live> {
    const [machines, app] = await Promise.all([this.#machines(target), this.#parts.api.app(target.name)]);
    this.#deployer.recognise(app.releases);
    return liveOf(machines, app.releases);
  }

  async #machines({ name }: Target, api = this.#parts.api): Promise<readonly WireMachine[]> {
    return inScope(await api.machines(name), this.#parts.scope);
  }

  async *releases(target: Target): AsyncGenerator<Release> {
    for await (const release of this.#parts.api.releases(target.name)) yield toRelease(release);
  }

  /** The release with its digest, and whether it can be brought back. Failure: `no-target`. */
  inspect(target: Target, id: string): Promise<Release> {
    return this.#inspect(this.#parts.api, target, id);
  }

  async #inspect(api: FlyApi, target: Target, id: string): Promise<Release> {
    const { wire, definition } = await find(api, target, id);
    const release = toRelease(wire);
    if (wire.imageRef === undefined || wire.imageRef === '') return release;
    const image = await api.image(target.name, wire.imageRef);
    if (image === undefined) {
      return { ...release, restorable: 'no', restorableWhy: `the registry no longer has ${wire.imageRef}` };
    }
    const found = { ...release, artifact: image.digest };
    if (definition !== undefined) return { ...found, restorable: 'yes' };
    return { ...found, restorable: 'no', restorableWhy: 'Fly stored no configuration with it' };
  }

  async ship(target: Target, source: FlySource, options: ShipOptions, signal: AbortSignal): Promise<Shipped> {
    const { scope } = this.#parts;
    const deploy = { ...source, app: target.name, scope, skipReleaseCommand: false, smokeChecks: true };
    return this.#deployer.deploy(deploy, { budgetMs: options.budgetMs, signal });
  }

  /** Restores a release: its image with its own stored configuration, and never its release command. */
  async activate(
    target: Target,
    release: Release,
    options: ActivateOptions,
    signal: AbortSignal,
  ): Promise<Release> {
    const stored = await find(this.#parts.api, target, release.id);
    if (stored.definition === undefined) throw noDefinition(target, release);
    return this.#restorer.restore({ target, release, stored, options, signal });
  }

  /** Clears away what this run left beside the fleet and that takes no traffic. Failures: HttpError. */
  clearAway(
    target: Target,
    options: { readonly only?: Leftover['kind']; readonly signal: AbortSignal },
  ): Promise<void> {
    return this.#restorer.clearAway(target, options);
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
    const { clock } = this.#parts;
    let release: Release | undefined;
    let seen = '';
    const look = async (remainingMs: number) => {
      const api = this.#parts.api.within(remainingMs);
      release ??= await this.#inspect(api, target, id);
      return judgeFleet(await this.#machines(target, api), release, clock.now());
    };
    const isFinal = (verdict: FleetVerdict) => {
      const note = verdict.kind === 'failed' ? verdict.failure.what : verdict.note;
      if (note !== seen) options.onProgress(note);
      seen = note;
      return verdict.kind !== 'pending';
    };
    const policy = { ...settlePolicy, deadlineMs: options.budgetMs };
    try {
      const settled = await settle({ clock, signal, look, isFinal, policy });
      return settleResult(settled, id, options.budgetMs);
    } catch (error) {
      // Fly refuses to tell: the token was revoked meanwhile, or it does not know the release.
      if (error instanceof ActionFailure) return { kind: 'unknown', note: error.message };
      throw error;
    }
  }

  async health(target: Target): Promise<readonly Evidence[]> {
    return evidenceOf(await this.#machines(target), this.#parts.clock.now());
  }
}

async function find(api: FlyApi, target: Target, id: string): Promise<StoredRelease> {
  const version = releaseVersion(id);
  const found = version === undefined ? undefined : await api.release(target.name, version);
  if (found !== undefined) return found;
  throw new ActionFailure({
    code: 'no-target',
    what: `${target.name} has no release ${id}`,
    next: `Choose one that \`fly releases --app ${target.name}\` lists.`,
  });
}

/** An old image under a newer configuration would be a third thing, never proved by anyone. */
function noDefinition(target: Target, release: Release): ActionFailure {
  return new ActionFailure({
    code: 'no-target',
    what: `Fly stored no configuration with ${release.label} of ${target.name}`,
    why: 'it was made by a client that sends none, so it cannot be brought back as it was',
    next: 'Deploy its image with a fly.toml that fits it.',
  });
}

function settleResult(settled: Settled<FleetVerdict>, id: string, budgetMs: number): SettleResult {
  if (settled.kind === 'unreachable') return { kind: 'unknown', note: settled.error.message };
  const verdict = settled.kind === 'final' ? settled.value : settled.last;
  if (verdict.kind !== 'pending') return verdict;
  return {
    kind: 'failed',
    failure: {
      reason: 'unhealthy',
      what: `${id} was not healthy after ${Math.round(budgetMs / 1000)} s: ${verdict.note}`,
      next: 'Read the failing machine’s log and checks above; raise `wait-timeout` if the app is only slow to start.',
    },
  };
}
