import { HttpError } from '../../../packages/core/src/io/http.ts';
import { ActionFailure } from '../../../packages/core/src/outcome/failure.ts';
import {
  type DeployAttempt,
  OwnReleases,
} from '../../../packages/core/src/platforms/fly/api/own-releases.ts';
import {
  digestOf,
  pinnedRef,
  releaseVersion,
  toRelease,
} from '../../../packages/core/src/platforms/fly/api/release.ts';
import type {
  ActivateOptions,
  Live,
  Platform,
  PlatformFailure,
  Predecessor,
  Relation,
  Release,
  SettleResult,
  Shipped,
  Target,
} from '../../../packages/core/src/platforms/platform.ts';
import type { Allowance } from '../../../packages/core/src/rollout/ports.ts';
import { type Build, digest } from './build.ts';
import { deployBy, type Order } from './client.ts';
import { partsOf } from './fleet.ts';
import { pinned, servingOf } from './numbered-world.ts';
import type { RunProcess } from './run-process.ts';
import type { Effect } from './script.ts';
import { type NumberedSettleOptions, NumberedSettling } from './settling.ts';

const againMs = 5_000;

/** A platform that numbers its releases, each activation too, asked by one run. */
export class NumberedPlatform implements Platform {
  readonly own = new OwnReleases();
  readonly #process: RunProcess;
  readonly #maker: string;
  #restores = 0;

  constructor(process: RunProcess, maker: string) {
    this.#process = process;
    this.#maker = maker;
  }

  async live(): Promise<Live> {
    const machines = await this.#process.look();
    this.own.see(this.#process.world.wire);
    const running = { parts: partsOf(machines), exits: machines.flatMap(({ exits }) => exits) };
    const shares = servingOf(machines).map((version) => {
      const own = machines.filter((machine) => machine.version === version);
      return { release: this.#running(version), share: own.length / machines.length };
    });
    const [first, ...others] = shares;
    if (first === undefined) return { kind: 'nothing', ...running };
    if (others.length > 0) return { kind: 'mixed', shares, ...running };
    return { kind: 'one', release: { ...first.release, state: 'live' }, ...running };
  }

  /** A machine knows its digest, whatever its release was called. */
  #running(version: number): Release {
    return { ...this.#listed(version), artifact: digest(this.#process.world.get(version).build.image) };
  }

  #listed(version: number): Release {
    const wire = this.#process.world.wire.find((one) => one.version === version);
    if (wire === undefined) throw new Error(`The platform has no v${version}.`);
    return toRelease(wire);
  }

  async *releases(): AsyncGenerator<Release> {
    await this.#process.alive();
    yield* this.#process.world.wire.map(toRelease);
  }

  async inspect(_: Target, known: Pick<Release, 'id' | 'artifact'>): Promise<Release> {
    await this.#process.called(`inspect ${known.id}`);
    const release = this.#listed(this.#find(known).version);
    const artifact = release.artifact ?? known.artifact;
    if (artifact === undefined) return { ...release, restorable: 'unknown' };
    return { ...release, artifact, restorable: 'yes' };
  }

  #find({ id }: Pick<Release, 'id'>) {
    const version = releaseVersion(id);
    const made = this.#process.world.made.find((one) => one.version === version);
    if (made !== undefined) return made;
    throw new ActionFailure({ code: 'no-target', what: `There is no ${id}`, next: 'Choose another.' });
  }

  /** By its number, as on Fly. */
  async predecessor(_: Target, { id }: Release): Promise<Predecessor | undefined> {
    await this.#process.alive();
    const version = releaseVersion(id) ?? 0;
    const older = this.#process.world.wire.filter((one) => one.version < version).map(toRelease);
    const release = older.find(({ state }) => state !== 'failed');
    return release === undefined ? undefined : { release, unsure: release.state === 'building' };
  }

  relation(release: Release): Relation {
    return this.own.relation(release);
  }

  disown(release: Release): void {
    this.own.disown(release);
  }

  async ship(build: Build, imageLabel: string | undefined, { signal }: Allowance): Promise<Shipped> {
    const { script } = this.#process;
    const image = pinned(build.image);
    const imageRef = imageLabel === undefined ? image : `registry.fly.io/shop:${imageLabel}`;
    const asked = imageLabel === undefined ? { image } : { imageLabel };
    const order = { maker: this.#maker, build, imageRef };
    return this.#run({ call: 'ship', order, asked, effect: script.ship, signal });
  }

  async activate(
    _: Target,
    release: Release,
    { budgetMs }: ActivateOptions,
    signal: AbortSignal,
  ): Promise<Release> {
    const { clock, script, world } = this.#process;
    const stored = this.#find(release);
    const copyOf = releaseVersion(release.restores ?? release.id) ?? stored.version;
    const imageRef =
      release.artifact === undefined ? stored.imageRef : pinnedRef(stored.imageRef, release.artifact);
    const asked = { image: imageRef, restores: `v${copyOf}` };
    const from = clock.monotonic();
    const missesGroup =
      stored.build.hasWorker && !world.fleet.machines.some(({ group }) => group === 'worker');
    let failure: PlatformFailure | undefined;
    for (let attempt = 0; attempt === 0 || clock.monotonic() - from < budgetMs / 2; attempt += 1) {
      if (attempt > 1) await clock.sleep(Math.min(againMs * 6, budgetMs / 10), signal);
      const updateOnly = attempt === 1 && missesGroup;
      const order = { maker: this.#maker, build: stored.build, imageRef, copyOf, updateOnly };
      const effect = this.#restores === 0 ? script.restore : 'done';
      this.#restores += 1;
      const call = attempt === 0 ? `activate ${release.id}` : undefined;
      const shipped = await this.#run({ call, order, asked, effect, signal });
      if (shipped.failure === undefined && !updateOnly) return shipped.release ?? release;
      failure = shipped.failure ?? failure;
    }
    world.tell('  the restore is given up');
    const { what = 'it failed', next = 'Look.' } = failure ?? {};
    throw new ActionFailure({ code: 'deploy-failed', what, next });
  }

  /** One run of the client, and what this run makes of what it says. */
  async #run(run: {
    readonly call: string | undefined;
    readonly order: Order;
    readonly asked: Omit<DeployAttempt, 'before'>;
    readonly effect: Effect;
    readonly signal: AbortSignal;
  }): Promise<Shipped> {
    const { order, asked, effect, signal } = run;
    const { world, clock, script } = this.#process;
    await this.#process.alive();
    const attempt = this.own.begin(asked, world.wire);
    this.#process.images.add(order.build.image);
    const at = this.#process.calls.length;
    const isCut = run.call !== undefined && (at === script.killedAt || at === script.cancelledAt);
    // A client that is cut has done what it had done.
    if (isCut) deployBy(order, effect, this.#process);
    if (run.call !== undefined) await this.#process.called(run.call, signal);
    const { made, failure } = deployBy(order, effect, this.#process);
    if (effect === 'hangs-halfway') await clock.sleep(1e9, signal);
    if (effect === 'lost-after') throw noAnswer();
    const isSaid = script.isNamed && failure === undefined && made !== undefined;
    const said = isSaid ? { id: 'r', version: made.version, image_ref: made.imageRef } : undefined;
    this.own.claim(attempt, said === undefined ? '' : JSON.stringify(said), world.wire);
    const wire = this.own.releaseOf(attempt, world.wire);
    if (wire === undefined) return { failure: failed(failure ?? 'nothing was made') };
    const release = { ...toRelease(wire), ...this.#artifact(wire.version, asked) };
    const known = asked.restores === undefined ? release : { ...release, restores: asked.restores };
    return failure === undefined ? { release: known } : { release: known, failure: failed(failure) };
  }

  #artifact(version: number, { image = '' }: Omit<DeployAttempt, 'before'>): Pick<Release, 'artifact'> {
    const isRunning = this.#process.world.serving.includes(version);
    const artifact =
      digestOf(image) ?? (isRunning ? digest(this.#process.world.get(version).build.image) : undefined);
    return artifact === undefined ? {} : { artifact };
  }

  async settle(
    _: Target,
    release: Pick<Release, 'id'>,
    options: NumberedSettleOptions,
    signal: AbortSignal,
  ): Promise<SettleResult> {
    await this.#process.called(`settle ${release.id}`, signal);
    const wanted = this.#find(release);
    return new NumberedSettling(this.#process, wanted, options).settle(signal);
  }
}

function failed(what: string): PlatformFailure {
  return { reason: 'deploy-failed', what, next: 'Look.' };
}

function noAnswer(): HttpError {
  const reason = 'connection reset';
  const wire = { method: 'POST', url: 'https://platform.test/', attempts: 1, maybeEffective: true };
  return new HttpError({ ...wire, kind: 'reset', reason });
}
