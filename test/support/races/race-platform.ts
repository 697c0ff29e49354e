import { ActionFailure } from '../../../packages/core/src/outcome/failure.ts';
import type { DeployAttempt } from '../../../packages/core/src/platforms/fly/api/own-releases.ts';
import {
  pinnedRef,
  releaseVersion,
  toRelease,
} from '../../../packages/core/src/platforms/fly/api/release.ts';
import type {
  ActivateOptions,
  Live,
  PlatformFailure,
  Predecessor,
  Release,
  Shipped,
  Target,
} from '../../../packages/core/src/platforms/platform.ts';
import type { Allowance } from '../../../packages/core/src/rollout/ports.ts';
import { type Build, digest } from '../histories/build.ts';
import type { Order } from '../histories/client.ts';
import { NumberedPlatform } from '../histories/numbered-platform.ts';
import { pinned } from '../histories/numbered-world.ts';
import type { RaceProcess } from './race-process.ts';
import { deploySlowly } from './slow-client.ts';

/** How long the client may wait for leases before it is stopped, milliseconds: nothing of it has changed by then. */
const patienceMs = 3_000;
const pauseMs = 1_000;

/** What was known when something was decided: nobody has decided about what came after. */
interface Decided {
  readonly listed: number;
  readonly running: number;
}

/**
 * The numbered platform, whose client and builder take their time while others do the same. As Fly's adapter, it looks
 * directly before the client: it waits for whoever is changing machines, and gives way to what came since the last look.
 */
export class RacePlatform extends NumberedPlatform {
  readonly #process: RaceProcess;
  #isBuilt = false;
  #newestAtFirst: number | undefined;
  #decided: Decided = { listed: 0, running: 0 };
  /** Of what it shipped: the newest release there was when its client began. */
  #before: number | undefined;

  constructor(process: RaceProcess) {
    super(process, process.maker);
    this.#process = process;
  }

  override async live(): Promise<Live> {
    const live = await super.live();
    const { made, serving } = this.#process.world;
    this.#newestAtFirst ??= made.length;
    this.#decided = { listed: made.length, running: Math.max(...serving) };
    return live;
  }

  /** What takes no traffic; made once. */
  async build({ signal }: Pick<Allowance, 'signal'>): Promise<void> {
    if (this.#isBuilt) return;
    await this.#process.called('build', signal);
    await this.#process.pause(this.#process.pace.buildMs, signal);
    this.#isBuilt = true;
  }

  /** What was there at the first look did not come in between. */
  override async predecessor(_: Target, { id }: Release): Promise<Predecessor | undefined> {
    await this.#process.alive();
    const own = releaseVersion(id) ?? 0;
    const older = this.#process.world.wire
      .filter(({ version }) => version < own && version > (this.#before ?? this.#newestAtFirst ?? 0))
      .map(toRelease);
    const release = older.find(({ state }) => state !== 'failed');
    return release === undefined ? undefined : { release, unsure: release.state === 'building' };
  }

  async cameBetween(_: Target, { id }: Release): Promise<readonly Release[]> {
    await this.#process.called(`what came before ${id}`);
    const own = releaseVersion(id) ?? 0;
    const before = this.#before ?? own;
    const between = this.#process.world.wire.filter(
      ({ version, status }) => version > before && version < own && status !== 'failed',
    );
    return between.map(toRelease).filter((one) => this.relation(one).made !== 'yes');
  }

  override async ship(
    build: Build,
    imageLabel: string | undefined,
    { signal, budgetMs }: Allowance,
  ): Promise<Shipped> {
    await this.build({ signal });
    const image = pinned(build.image);
    const imageRef = imageLabel === undefined ? image : `registry.fly.io/shop:${imageLabel}`;
    const asked = imageLabel === undefined ? { image } : { imageLabel };
    const order = { build, imageRef, maker: this.#process.maker };
    return this.#run(order, asked, { signal, budgetMs });
  }

  override async activate(
    _: Target,
    release: Release,
    { budgetMs }: ActivateOptions,
    signal: AbortSignal,
  ): Promise<Release> {
    const { world } = this.#process;
    await this.#process.called(`activate ${release.id}`, signal);
    const stored = world.get(releaseVersion(release.id) ?? 0);
    const copyOf = releaseVersion(release.restores ?? release.id) ?? stored.version;
    const imageRef =
      release.artifact === undefined ? stored.imageRef : pinnedRef(stored.imageRef, release.artifact);
    const asked = { image: imageRef, restores: `v${copyOf}` };
    const order = { maker: this.#process.maker, build: stored.build, imageRef, copyOf };
    const { release: made, failure } = await this.#run(order, asked, { signal, budgetMs });
    if (failure !== undefined) throw new ActionFailure({ code: failure.reason, ...failure });
    return made ?? release;
  }

  async #run(order: Order, asked: Omit<DeployAttempt, 'before'>, allowance: Allowance): Promise<Shipped> {
    const end = this.#process.now() + allowance.budgetMs;
    for (;;) {
      const left = { ...allowance, budgetMs: end - this.#process.now() };
      const obstacle = await this.#lastLook(left);
      if (obstacle !== undefined) return { failure: obstacle };
      const shipped = await this.#once(order, asked, left);
      if (shipped !== 'contested') return shipped;
      this.#process.world.tell(`  ${this.#process.maker}: another client has taken the machines first`);
    }
  }

  /** Waits while others change machines, for half of its time at most, and then asks what has come meanwhile. */
  async #lastLook({ budgetMs, signal }: Allowance): Promise<PlatformFailure | undefined> {
    const { world } = this.#process;
    await this.#process.called('last look', signal);
    const end = this.#process.now() + budgetMs / 2;
    while (world.heldFrom(this.#process).length > 0 && this.#process.now() + pauseMs < end)
      await this.#process.pause(pauseMs, signal);
    const others = world.made.filter(
      ({ maker, status }) => maker !== this.#process.maker && status !== 'failed',
    );
    const running = Math.max(...world.serving);
    const other = others.find(
      ({ version }) =>
        version > this.#decided.listed || (version === running && version > this.#decided.running),
    );
    if (other !== undefined) return failed('superseded', `v${other.version} has come`);
    return world.heldFrom(this.#process).length > 0
      ? failed('lease-held', 'another client is at work')
      : undefined;
  }

  /** One run of the client, and what this run makes of what it says. */
  async #once(
    order: Order,
    asked: Omit<DeployAttempt, 'before'>,
    { signal }: Allowance,
  ): Promise<Shipped | 'contested'> {
    const { world } = this.#process;
    const attempt = this.own.begin(asked, world.wire);
    const isBack = order.copyOf !== undefined;
    if (!isBack) this.#before = world.made.length;
    const end = await deploySlowly(order, this.#process, { skipsCommand: isBack, patienceMs, signal });
    if (end.isContested === true) return 'contested';
    const { made, failure } = end;
    const said =
      failure === undefined && made !== undefined
        ? JSON.stringify({ id: 'r', version: made.version, image_ref: made.imageRef })
        : '';
    this.own.claim(attempt, said, world.wire);
    const wire = this.own.releaseOf(attempt, world.wire);
    if (wire === undefined) return { failure: failed('deploy-failed', failure ?? 'nothing was made') };
    const { build } = world.get(wire.version);
    const artifact = world.serving.includes(wire.version) ? { artifact: digest(build.image) } : {};
    const known = { ...toRelease(wire), ...artifact };
    const release = asked.restores === undefined ? known : { ...known, restores: asked.restores };
    return failure === undefined ? { release } : { release, failure: failed('deploy-failed', failure) };
  }
}

function failed(reason: string, what: string): PlatformFailure {
  return { reason, what, next: 'Look.' };
}
