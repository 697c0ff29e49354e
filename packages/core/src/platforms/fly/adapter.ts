import { together } from '../parts.ts';
import type {
  ActivateOptions,
  Health,
  InstanceHealth,
  Live,
  Part,
  Platform,
  PlatformFailure,
  Predecessor,
  Relation,
  Release,
  SettleResult,
  ShipOptions,
  Shipped,
  Ships,
  Target,
} from '../platform.ts';
import type { FlyParts } from './adapter-parts.ts';
import { findRestorable } from './api/find-release.ts';
import { inspectRelease } from './api/inspect.ts';
import { isExplained, liveOf } from './api/live.ts';
import type { AskedDeploy } from './api/own-releases.ts';
import { releaseId, releaseVersion, toRelease } from './api/release.ts';
import type { WireMachine, WireRelease } from './api/wire.ts';
import { FlyDeployer } from './deploy/deployer.ts';
import { FirstMachines } from './deploy/first-machines.ts';
import { type Decided, tookOver } from './deploy/last-look.ts';
import { type FlySettleOptions, settleFleet } from './deploy/settling.ts';
import type { FlyDeploy } from './flyctl/flyctl.ts';
import { abandonedMachines } from './machines/abandoned.ts';
import { type Beside, BesideWatch } from './machines/beside.ts';
import { lostBeside, machineRelease, newestOn, servingMachines } from './machines/fleet.ts';
import { evidenceOf } from './machines/health.ts';
import { MachineReader } from './machines/machine-reader.ts';
import { partsOf } from './machines/parts.ts';
import { inScope, isPartial } from './machines/scope.ts';
import type { StaleMachine } from './machines/stale-machines.ts';
import { unmanagedMachinesOf } from './machines/unmanaged.ts';
import { FlyRestorer } from './restore/restorer.ts';

/** Looking once more before shipping takes no longer than this, milliseconds. */
const askingMs = 3_000;
/** A look that is younger is as good, milliseconds. */
const youngMs = 3_000;

/** What `ship` deploys: everything of the command line that is not the adapter's to decide. */
export type FlySource = Omit<
  FlyDeploy,
  'app' | 'scope' | 'lost' | 'skipReleaseCommand' | 'smokeChecks' | 'updateOnly'
>;

/** Fly: flyctl acts, the API judges. */
export class FlyPlatform implements Platform, Ships<FlySource>, Health {
  readonly #parts: FlyParts;
  readonly #deployer: FlyDeployer;
  readonly #restorer: FlyRestorer;
  readonly #reader = new MachineReader();
  readonly #beside: BesideWatch;
  /** Ids of the fleet's machines whose hosts did not answer at the last look. */
  #lost: readonly string[] = [];
  #newestAtFirst: number | undefined;
  #looked: { readonly at: number; readonly machines: readonly WireMachine[] } | undefined;
  /** What was there at the last look, which is what others decide by. */
  #decided: Decided | undefined;
  /** What ran when flyctl was started: the first look of a run may have been of a replica that lags. */
  #ranBefore: readonly Part[] = [];
  readonly #first: FirstMachines;
  constructor(parts: FlyParts) {
    this.#parts = parts;
    this.#deployer = new FlyDeployer(parts);
    this.#first = new FirstMachines(parts);
    const destroyed = (leftover: StaleMachine) => this.#beside.destroyed(leftover);
    this.#restorer = new FlyRestorer({ ...parts, reader: this.#reader, destroyed }, this.#deployer);
    const { acceptedMachines: accepted = [], log, warn } = parts;
    this.#beside = new BesideWatch({ accepted, log, warn });
  }

  /** What ran beside the fleet at the last look, and is no part of what serves. */
  get beside(): Beside {
    return this.#beside.seen;
  }

  /** Whether a deploy that was cut while it made the first machines of a group left some out. */
  get isHalfMade(): boolean {
    return this.#first.isHalfMade;
  }

  /** Of what a deploy before this one had left out, what `completeHalfMade` has neither made nor told of. */
  get missing(): readonly Part[] {
    return this.#first.missing;
  }

  relation(release: Release): Relation {
    return this.#deployer.relation(release);
  }

  disown(release: Pick<Release, 'id'>): void {
    this.#deployer.disown(release);
  }

  /** What `recall` needs in another process: what this one has asked flyctl for, and what was there before. */
  memory(): string {
    return this.#deployer.memory();
  }

  /** What `ship` will be asked for: a later process could not know which image was built. */
  intends(source: FlySource): void {
    this.#deployer.intends(source);
  }

  recall(memory: string | undefined, asked: AskedDeploy): void {
    this.#deployer.recall(memory, asked);
  }

  /** What no release explains is looked at twice: it may be a stale answer, and others act on what is said here. */
  async live(target: Target): Promise<Live> {
    const live = await this.#look(target);
    return isExplained(live) ? live : this.#look(target);
  }

  async #look(target: Target): Promise<Live> {
    const { api, clock, scope, acceptedMachines: accepted = [], mayStay } = this.#parts;
    const [all, { releases }] = await Promise.all([
      this.#reader.read(api, target.name),
      api.app(target.name),
    ]);
    this.#deployer.recognise(releases);
    const listed = Math.max(0, ...releases.map((release) => release.version));
    this.#newestAtFirst ??= listed;
    const machines = inScope(all, scope);
    const question = { app: target.name, accepted, mayStay };
    const left = abandonedMachines(machines, releases);
    this.#beside.see(target.name, all, { ...unmanagedMachinesOf(machines, question), left });
    this.#beside.tell(this.#first.see(isPartial(scope) ? [] : machines, releases));
    this.#lost = lostBeside(machines);
    this.#looked = { at: clock.monotonic(), machines };
    this.#decided = { listed, running: newestOn(machines) };
    return liveOf(machines, { ...question, releases });
  }

  /** Fly numbers releases, so what came directly before is told by the number; what failed never had it all. */
  async predecessor(target: Target, { id }: Release): Promise<Predecessor | undefined> {
    const version = releaseVersion(id) ?? 0;
    const { releases } = await this.#parts.api.app(target.name);
    // What was there at the last look before shipping did not come in between, whatever became of it: a run may have
    // waited long since its first.
    const before = this.#deployer.before(version) ?? this.#newestAtFirst ?? 0;
    const isBetween = (release: WireRelease) => release.version < version && release.version > before;
    const older = releases.filter(isBetween).map(toRelease);
    const release = older.find(({ state }) => state !== 'failed');
    return release === undefined ? undefined : { release, unsure: release.state === 'building' };
  }

  /**
   * What others made live between this run's last look before a release and the release: taken over unseen. Nothing is
   * known of a release that this run has not made, or that another process made and did not live to say so.
   */
  async cameBetween(target: Target, { id }: Release): Promise<readonly Release[]> {
    const own = releaseVersion(id) ?? 0;
    const { releases } = await this.#parts.api.app(target.name);
    this.#deployer.recognise(releases);
    const before = this.#deployer.before(own);
    if (before === undefined) return [];
    const isOurs = (release: string) => this.#deployer.hasMade(release);
    const isLater = releases.some(({ version }) => version > own && !isOurs(releaseId(version)));
    const machines = isLater ? await this.#machines(target) : [];
    const running = new Set(machines.flatMap((machine) => machineRelease(machine) ?? []));
    return tookOver(releases, { before, own, running, isOurs });
  }

  async #machines({ name }: Target, api = this.#parts.api): Promise<readonly WireMachine[]> {
    return inScope(await this.#reader.read(api, name), this.#parts.scope);
  }

  async *releases(target: Target): AsyncGenerator<Release> {
    for await (const release of this.#parts.api.releases(target.name)) yield toRelease(release);
  }

  /** The release, and whether it can be brought back. Failure: `no-target`. */
  inspect(target: Target, known: Pick<Release, 'id' | 'artifact'>): Promise<Release> {
    return inspectRelease(this.#parts.api, target, known);
  }

  async ship(target: Target, source: FlySource, options: ShipOptions, signal: AbortSignal): Promise<Shipped> {
    const { scope, clock } = this.#parts;
    const end = clock.monotonic() + options.budgetMs;
    const failure = await this.clearAbandoned(target, { budgetMs: options.budgetMs, signal });
    if (failure !== undefined) return { failure };
    this.#first.want();
    const machines = await this.#lookBeforeShipping(target);
    const own = { app: target.name, scope, lost: this.#lost };
    const deploy = { ...source, ...own, skipReleaseCommand: false, smokeChecks: true };
    const decided = this.#decided;
    return this.#deployer.deploy(deploy, { budgetMs: end - clock.monotonic(), signal, machines, decided });
  }

  /**
   * What runs, and which hosts are lost, may have changed since the first look. One that was taken just now will do: Fly
   * allows about a list a second, and flyctl needs one next. A Fly that does not tell keeps nobody from shipping.
   */
  async #lookBeforeShipping(target: Target): Promise<readonly WireMachine[]> {
    const { api, clock } = this.#parts;
    const isYoung = this.#looked !== undefined && clock.monotonic() - this.#looked.at < youngMs;
    const seen = isYoung
      ? this.#looked?.machines
      : await this.#machines(target, api.within(askingMs)).catch(() => undefined);
    if (seen === undefined) return this.#looked?.machines ?? [];
    this.#ranBefore = partsOf(servingMachines(seen));
    this.#lost = lostBeside(seen);
    return seen;
  }

  /**
   * Restores a release: its image with its own stored configuration, and never its release command. Failures: those of
   * flyctl; `superseded`, with nothing switched, where another release has come since the last look.
   */
  async activate(
    target: Target,
    release: Release,
    options: ActivateOptions,
    signal: AbortSignal,
  ): Promise<Release> {
    const stored = await findRestorable(this.#parts.api, target, release);
    return this.#restorer.restore({ target, release, stored, options, signal, decided: this.#decided });
  }

  /**
   * Clears away what deploys that are over left beside the fleet, where the last look found any. `lease-held` or
   * `superseded`, and nothing is touched, where somebody is changing the machines and goes on for longer than there is time.
   */
  async clearAbandoned(
    target: Target,
    { budgetMs, signal }: { readonly budgetMs: number; readonly signal: AbortSignal },
  ): Promise<PlatformFailure | undefined> {
    if (this.#beside.seen.left.length === 0) return undefined;
    // What is to be deployed to has to be looked at anew.
    this.#looked = undefined;
    return this.#restorer.clearAbandoned(target, { decided: this.#decided, budgetMs, signal });
  }

  /**
   * Makes what a deploy before this one was to make and was cut in, like the machines that serve. Once those are proved:
   * where it cannot be done, that is told and takes nothing back. Failure: HttpError, where Fly does not tell what is there.
   */
  completeHalfMade(target: Target, signal: AbortSignal): Promise<void> {
    return this.#first.make(target, () => this.#machines(target), signal);
  }

  /** Clears away what this run left beside the fleet and that takes no traffic. Failures: HttpError. */
  clearAway(
    target: Target,
    options: { readonly only?: StaleMachine['kind']; readonly signal: AbortSignal },
  ): Promise<void> {
    return this.#restorer.clearAway(target, options);
  }

  /**
   * Looks until every machine runs the release and is healthy and all that is owed runs, or one has crashed for good;
   * starts what is down and wakes what sleeps. The release's own status is not waited for: its last PATCH may be lost
   * after everything went well, and it then stays `running`.
   */
  settle(
    target: Target,
    release: Pick<Release, 'id' | 'artifact'>,
    options: FlySettleOptions,
    signal: AbortSignal,
  ): Promise<SettleResult> {
    const { api } = this.#parts;
    const owes = together(options.owes ?? [], this.#ranBefore);
    const machines = (leftMs: number) => this.#machines(target, api.within(leftMs));
    return settleFleet({ ...this.#parts, target, release, options: { ...options, owes }, signal }, machines);
  }

  async health(target: Target): Promise<readonly InstanceHealth[]> {
    return evidenceOf(await this.#machines(target), this.#parts.clock.now());
  }
}
