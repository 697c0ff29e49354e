import type { Clock } from '../../io/clock.ts';
import type { Http } from '../../io/http.ts';
import type {
  ActivateOptions,
  Finds,
  Health,
  InstanceHealth,
  Live,
  Platform,
  Predecessor,
  Relation,
  Release,
  SettleOptions,
  SettleResult,
  ShipOptions,
  Shipped,
  Ships,
  Target,
} from '../platform.ts';
import type { RailwayApi, ServiceIds } from './api/api.ts';
import { classOf } from './api/deployment-status.ts';
import { holdersOf, liveOf, withLeaving } from './api/live.ts';
import { type ReleaseFacts, toRelease } from './api/release.ts';
import type { WireDeployment } from './api/wire.ts';
import type { DeploymentMeta } from './api/wire-meta.ts';
import type { WireServiceInstance } from './api/wire-service.ts';
import { cancelOwnDeployments } from './deploy/cancel-own.ts';
import { copiesSince, type Decided, madeSince } from './deploy/decided.ts';
import { RailwayDeployer, type RailwaySource } from './deploy/deployer.ts';
import { Follower, type LastSeen } from './deploy/follower.ts';
import { healthOf } from './deploy/health.ts';
import { madeAgain } from './deploy/made-again.ts';
import { overtaken } from './deploy/overtaken.ts';
import type { OwnDeployments } from './deploy/own-deployments.ts';
import type { Deployed } from './deploy/sent.ts';
import { settleThroughCopies } from './deploy/settle-through-copies.ts';
import { SourceKeeper } from './deploy/source-keeper.ts';
import { Finder } from './find/finder.ts';
import type { RailwayMatch } from './find/match.ts';
import { RailwayRoller } from './restore/roller.ts';
import type { FollowedLine } from './watch/followed.ts';
import type { OpenSocket } from './watch/open-socket.ts';

export interface RailwayAdapterParts {
  readonly api: RailwayApi;
  readonly http: Http;
  readonly clock: Clock;
  readonly ids: ServiceIds;
  readonly own: OwnDeployments;
  /** Opens the socket that Railway pushes over. */
  readonly openSocket: OpenSocket;
  /** How long a deployment that Railway calls live has to go on running, milliseconds. */
  readonly stabilizeMs: number;
  /** Of the workspace: how long images are kept. */
  readonly plan: string | undefined;
  /** Whether what is no longer kept may be brought back by building it again. */
  readonly mayRebuild?: boolean;
  log(line: string): void;
  warn(line: string): void;
  /** A line of a build or a container. */
  tail(line: FollowedLine): void;
  group<T>(title: string, work: () => Promise<T>): Promise<T>;
}

/** What is put back in passing, milliseconds. */
const hurriedMs = 3_000;

/** Railway: its API acts, and its API judges; no client of its own is started. */
export class RailwayPlatform implements Platform, Ships<RailwaySource>, Finds<RailwayMatch>, Health {
  readonly #parts: RailwayAdapterParts;
  readonly #follower: Follower;
  readonly #deployer: RailwayDeployer;
  readonly #roller: RailwayRoller;
  readonly #keeper: SourceKeeper;
  readonly #finder: Finder;
  /** What was there at the last look, which is what others decide by. */
  #decided: Decided | undefined;
  /** The same before this run changed anything. */
  #shippedOn: Decided | undefined;
  #instance: WireServiceInstance | undefined;
  /** What Railway has made by itself → the deployment it is a copy of: the same serves, and nobody has moved it. */
  readonly #copies = new Map<string, string>();

  constructor(parts: RailwayAdapterParts) {
    this.#parts = parts;
    this.#follower = new Follower({ ...parts, facts: (id) => this.#facts(id) });
    this.#keeper = new SourceKeeper(parts);
    this.#deployer = new RailwayDeployer({ ...parts, follower: this.#follower, keeper: this.#keeper });
    this.#finder = new Finder({ ...parts, follower: this.#follower });
    this.#roller = new RailwayRoller({ ...parts, follower: this.#follower });
  }

  /** The service as it was seen last. */
  get instance(): WireServiceInstance | undefined {
    return this.#instance;
  }

  /** What Railway tells of a deployment that is active, by the last look. */
  metaOf(id: string): DeploymentMeta | undefined {
    return this.#instance?.activeDeployments.find((one) => one.id === id)?.meta;
  }

  /** The newest deployment that Railway has made of what was shipped. */
  get deployed(): Deployed | undefined {
    return this.#deployer.deployed;
  }

  /** How a deployment that was followed or settled was seen last. */
  seen(id: string): LastSeen | undefined {
    return this.#follower.seen(id);
  }

  /** Why Railway skipped the deployment that was followed last. */
  get skippedReason(): string | undefined {
    return this.#follower.skippedReason;
  }

  relation({ id }: Release): Relation {
    return this.#parts.own.relation(id);
  }

  disown({ id }: Pick<Release, 'id'>): void {
    this.#parts.own.disown(id);
  }

  /** Nothing, or several, where one is expected may be a stale answer, and others act on what is said here: looked at twice. */
  async live(_: Target): Promise<Live> {
    const live = await this.#look();
    return live.kind === 'one' ? live : this.#look();
  }

  async #look(): Promise<Live> {
    const { api, ids, own, clock, plan } = this.#parts;
    const [answered, page] = await Promise.all([
      api.serviceInstance(ids),
      api.deploymentPage(ids, { first: 50 }),
    ]);
    own.see(page.nodes);
    const instance = withLeaving(answered, page.nodes);
    this.#instance = instance;
    const serving = holdersOf(instance);
    const others = serving.filter(({ id }) => !own.has(id));
    const copies = this.#decided === undefined ? [] : copiesSince(others, this.#decided);
    for (const { id, of } of copies) this.#copies.set(id, this.#restores(of) ?? of);
    const all = [...page.nodes, ...instance.activeDeployments];
    const again = madeAgain(all, own);
    this.#decided = { known: new Set(all.map(({ id }) => id)), serving };
    return liveOf(instance, {
      now: clock.now(),
      plan,
      restores: (id) => this.#restores(id),
      as: (id) => again.get(id),
    });
  }

  async *releases(_: Target): AsyncGenerator<Release> {
    const { api, ids } = this.#parts;
    for await (const deployment of api.deployments(ids)) yield this.#release(deployment);
  }

  async inspect(_: Target, { id }: Pick<Release, 'id'>): Promise<Release> {
    return this.#release(await this.#parts.api.deployment(id));
  }

  /** What others made live between this run's last look before it changed anything and its release, newest first. */
  async cameBetween(_: Target, { id }: Release): Promise<readonly Release[]> {
    return (await this.#between(id)).map((one) => this.#release(one));
  }

  async predecessor(_: Target, { id }: Release): Promise<Predecessor | undefined> {
    const before = await this.#servedBefore(id);
    if (before !== undefined) return { release: this.#release(before), unsure: false };
    const [newest] = await this.#between(id);
    // What was removed since may have served, or have been cancelled before.
    return newest && { release: this.#release(newest), unsure: classOf(newest) !== 'live' };
  }

  async #between(id: string): Promise<readonly WireDeployment[]> {
    const { api, ids, own } = this.#parts;
    const before = this.#shippedOn;
    if (before === undefined || !own.has(id)) return [];
    const { nodes } = await api.deploymentPage(ids, { first: 50 });
    return madeSince(nodes, before, (one) => own.has(one)).filter(earlierThan(id, nodes));
  }

  /** What was live before this run first looked took the place of the newest older one that has served. */
  async #servedBefore(id: string): Promise<WireDeployment | undefined> {
    const { api, ids, own } = this.#parts;
    if (this.#shippedOn !== undefined || own.followed !== id) return undefined;
    const { nodes } = await api.deploymentPage(ids, { first: 50 });
    const hasServed = (one: WireDeployment) => !own.has(one.id) && this.#release(one).restorable === 'yes';
    return nodes.filter(earlierThan(id, nodes)).find(hasServed);
  }

  async ship(_: Target, source: RailwaySource, options: ShipOptions, signal: AbortSignal): Promise<Shipped> {
    this.#shippedOn ??= this.#decided;
    const shipped = await this.#deployer.ship(source, { ...options, signal });
    return overtaken(shipped, { ...this.#parts, before: this.#shippedOn });
  }

  /** From now on what Railway makes of this commit by itself is what this run is about. */
  watch(commit: string): void {
    this.#parts.own.watches(commit);
  }

  /** Whether what serves is of the commit that is watched: then it is gone by. */
  servesWatched({ id, created, commit }: Release): boolean {
    const { own } = this.#parts;
    const isIt = commit !== undefined && own.has(id) && own.restores(id) === undefined;
    if (isIt) own.follows({ id, createdAt: created });
    return isIt;
  }

  /** Follows what Railway makes of a commit by itself: see `Finder`. */
  async find(_: Target, match: RailwayMatch, options: ShipOptions, signal: AbortSignal): Promise<Shipped> {
    this.#shippedOn ??= this.#decided;
    return this.#finder.find(match, { ...options, signal });
  }

  /**
   * Cancels what this run has started and that is still on its way, and puts the source back; what may be somebody else's
   * is left. After a cancel there is a second for it: two questions, one after the other.
   */
  async cancelOwn(_: Target, signal: AbortSignal): Promise<void> {
    await Promise.all([
      cancelOwnDeployments(this.#parts, signal),
      this.#keeper.putBack({ withinMs: hurriedMs }),
    ]);
  }

  /** After the verdict: what did not come to serve is not left as the source of the service. Never throws. */
  async tidyUp(): Promise<void> {
    await this.#keeper.putBack({ withinMs: hurriedMs });
  }

  async settle(
    _: Target,
    release: Pick<Release, 'id'>,
    options: SettleOptions,
    signal: AbortSignal,
  ): Promise<SettleResult> {
    // A process before this one may have been ended between its way back and this.
    if (this.#parts.own.restores(release.id) !== undefined) await this.#keeper.putBack({ takenBack: true });
    const saw: Follower['saw'] = (deployment) => this.#follower.saw(deployment);
    return settleThroughCopies({ ...this.#parts, release, options, signal, saw });
  }

  /** Rolls back: see `RailwayRoller`. */
  activate(
    _: Target,
    release: Release,
    { budgetMs, remember }: ActivateOptions,
    signal: AbortSignal,
  ): Promise<Release> {
    this.#shippedOn ??= this.#decided;
    return this.#roller.rollBack({ release, decided: this.#decided, budgetMs, signal, remember });
  }

  async health(_: Target): Promise<readonly InstanceHealth[]> {
    return healthOf(await this.#parts.api.serviceInstance(this.#parts.ids));
  }

  #restores(id: string): string | undefined {
    return this.#parts.own.restores(id) ?? this.#copies.get(id);
  }

  #release(deployment: WireDeployment): Release {
    return toRelease(deployment, this.#facts(deployment.id));
  }

  #facts(id: string): ReleaseFacts {
    const { clock, plan, mayRebuild = false } = this.#parts;
    const active = this.#instance?.activeDeployments.some((one) => one.id === id);
    return { now: clock.now(), plan, mayRebuild, restores: this.#restores(id), isActive: active ?? false };
  }
}

function earlierThan(id: string, all: readonly WireDeployment[]): (one: WireDeployment) => boolean {
  const made = all.find((one) => one.id === id)?.createdAt;
  return ({ createdAt }) => made === undefined || Date.parse(createdAt) < Date.parse(made);
}
