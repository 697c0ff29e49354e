import { ActionFailure } from '../../../packages/core/src/failure.ts';
import type { Attempt } from '../../../packages/core/src/platforms/fly/own-releases.ts';
import { pinnedRef, releaseVersion, toRelease } from '../../../packages/core/src/platforms/fly/release.ts';
import type {
  ActivateOptions,
  Live,
  PlatformFailure,
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

/** The numbered platform, whose client and builder take their time while others do the same. */
export class RacePlatform extends NumberedPlatform {
  readonly #process: RaceProcess;
  #isBuilt = false;
  #hasShipped = false;
  /** The newest release there was at the last look before shipping. */
  #newest = 0;

  constructor(process: RaceProcess) {
    super(process, process.maker);
    this.#process = process;
  }

  override async live(): Promise<Live> {
    const live = await super.live();
    if (!this.#hasShipped) this.#newest = this.#process.world.made.length;
    return live;
  }

  /** What takes no traffic; made once. */
  async build({ signal }: Pick<Allowance, 'signal'>): Promise<void> {
    if (this.#isBuilt) return;
    await this.#process.called('build', signal);
    await this.#process.pause(this.#process.pace.buildMs, signal);
    this.#isBuilt = true;
  }

  async cameBetween(_: Target, release: Release): Promise<readonly Release[]> {
    await this.#process.called(`what came before ${release.id}`);
    const own = releaseVersion(release.id) ?? 0;
    const between = this.#process.world.wire.filter(
      ({ version, status }) => version > this.#newest && version < own && status !== 'failed',
    );
    return between.map(toRelease).filter((one) => this.relation(one).made !== 'yes');
  }

  override async ship(
    build: Build,
    imageLabel: string | undefined,
    { signal }: Pick<Allowance, 'signal'>,
  ): Promise<Shipped> {
    await this.build({ signal });
    const image = pinned(build.image);
    const imageRef = imageLabel === undefined ? image : `registry.fly.io/shop:${imageLabel}`;
    const asked = imageLabel === undefined ? { image } : { imageLabel };
    this.#hasShipped = true;
    return this.#run({ build, imageRef, maker: this.#process.maker }, asked, signal);
  }

  override async activate(
    _: Target,
    release: Release,
    __: ActivateOptions,
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
    const { release: made, failure } = await this.#run(order, asked, signal);
    if (failure !== undefined) throw new ActionFailure({ code: 'deploy-failed', ...failure });
    return made ?? release;
  }

  /** One run of the client, and what this run makes of what it says. */
  async #run(order: Order, asked: Omit<Attempt, 'before'>, signal: AbortSignal): Promise<Shipped> {
    const { world } = this.#process;
    const attempt = this.own.begin(asked, world.wire);
    const skipsCommand = order.copyOf !== undefined;
    const { made, failure } = await deploySlowly(order, this.#process, { skipsCommand, signal });
    const said =
      failure === undefined && made !== undefined
        ? JSON.stringify({ id: 'r', version: made.version, image_ref: made.imageRef })
        : '';
    this.own.claim(attempt, said, world.wire);
    const wire = this.own.releaseOf(attempt, world.wire);
    if (wire === undefined) return { failure: failed(failure ?? 'nothing was made') };
    const { build } = world.get(wire.version);
    const artifact = world.serving.includes(wire.version) ? { artifact: digest(build.image) } : {};
    const known = { ...toRelease(wire), ...artifact };
    const release = asked.restores === undefined ? known : { ...known, restores: asked.restores };
    return failure === undefined ? { release } : { release, failure: failed(failure) };
  }
}

function failed(what: string): PlatformFailure {
  return { reason: 'deploy-failed', what, next: 'Look.' };
}
