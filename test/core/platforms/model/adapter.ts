import type { Clock } from '../../../../packages/core/src/io/clock.ts';
import type {
  ActivateOptions,
  Cancels,
  Finds,
  Live,
  Platform,
  Relation,
  Release,
  SettleOptions,
  SettleResult,
  ShipOptions,
  Shipped,
  Ships,
  Target,
} from '../../../../packages/core/src/platforms/platform.ts';
import type { Ask, Deployment, ModelWorld } from './world.ts';

/** What is shipped: a commit, which the platform builds. */
export type ModelSource = Pick<Ask, 'commit' | 'quality'>;

/** A deployment made elsewhere: by the platform's own Git deploy, or staged by an earlier run. */
export type ModelMatch = { readonly commit: string } | { readonly id: string };

/** What the API takes for an answer, and a poll for its pause, milliseconds. */
const answerMs = 200;
const pollMs = 1_000;

/** The API's every verb, on a clock; `mark` is written on all that this run makes. */
export class ModelPlatform implements Platform, Ships<ModelSource>, Finds<ModelMatch>, Cancels {
  readonly #world: ModelWorld;
  readonly #clock: Clock;
  #mark: string;

  constructor(world: ModelWorld, clock: Clock, mark: string) {
    this.#world = world;
    this.#clock = clock;
    this.#mark = mark;
  }

  get mark(): string {
    return this.#mark;
  }

  recall(mark: string): void {
    this.#mark = mark;
  }

  async live(_: Target): Promise<Live> {
    await this.#clock.sleep(answerMs);
    const serving = this.#world.find(this.#world.serving ?? '');
    return serving === undefined ? { kind: 'nothing' } : { kind: 'one', release: this.#release(serving) };
  }

  async *releases(_: Target): AsyncIterable<Release> {
    await this.#clock.sleep(answerMs);
    for (const deployment of this.#world.deployments) yield this.#release(deployment);
  }

  async inspect(_: Target, { id }: Pick<Release, 'id'>): Promise<Release> {
    await this.#clock.sleep(answerMs);
    return this.#release(this.#known(id));
  }

  relation({ id }: Release): Relation {
    const deployment = this.#world.find(id);
    if (deployment?.mark !== this.#mark) return { made: 'no' };
    const { copyOf } = deployment;
    // What this run has staged itself, and then made live under another id, brings nothing back.
    const isOwn = copyOf === undefined || this.#world.find(copyOf)?.mark === this.#mark;
    return isOwn ? { made: 'yes' } : { made: 'yes', restores: copyOf };
  }

  async ship(
    _: Target,
    source: ModelSource,
    { budgetMs }: ShipOptions,
    signal: AbortSignal,
  ): Promise<Shipped> {
    const { id } = this.#world.deploy({ ...source, mark: this.#mark });
    return this.#built(id, budgetMs, signal);
  }

  async find(_: Target, match: ModelMatch, { budgetMs }: ShipOptions, signal: AbortSignal): Promise<Shipped> {
    await this.#clock.sleep(answerMs, signal);
    const isIt = ({ id, commit }: Deployment) => ('id' in match ? id === match.id : commit === match.commit);
    const found = this.#world.deployments.find(isIt);
    if (found !== undefined) return this.#built(found.id, budgetMs, signal);
    const what = 'id' in match ? `There is no deployment ${match.id}.` : 'No deployment is of the commit.';
    return { failure: { reason: 'release-not-created', what, next: 'See what the project builds.' } };
  }

  async cancel(_: Target, { id }: Pick<Release, 'id'>): Promise<void> {
    await this.#clock.sleep(answerMs);
    this.#world.cancel(id);
  }

  /** Whatever this run has asked for and that is still being built. */
  async cancelOwn(target: Target): Promise<void> {
    for (const { id, mark } of this.#world.deployments)
      if (mark === this.#mark) await this.cancel(target, { id });
  }

  async settle(
    _: Target,
    { id }: Pick<Release, 'id'>,
    { budgetMs }: SettleOptions,
    signal: AbortSignal,
  ): Promise<SettleResult> {
    const isThere = await this.#until(() => this.#world.serving === id, budgetMs, signal);
    if (isThere) return { kind: 'settled' };
    const what = `The address of ${this.#world.project} does not lead to ${id}.`;
    return { kind: 'failed', failure: { reason: 'deploy-timeout', what, next: 'See who has moved it.' } };
  }

  async activate(_: Target, { id }: Release, __: ActivateOptions, signal: AbortSignal): Promise<Release> {
    await this.#clock.sleep(answerMs, signal);
    return this.#release(this.#world.promote(id, this.#mark));
  }

  async #built(id: string, budgetMs: number, signal: AbortSignal): Promise<Shipped> {
    await this.#until(() => !this.#world.isBuilding(this.#known(id)), budgetMs, signal);
    const deployment = this.#known(id);
    const release = this.#release(deployment);
    if (this.#world.isReady(deployment)) return { release };
    const what = `The build of ${id} failed.`;
    return { release, failure: { reason: 'build-failed', what, next: 'Read the log of the build.' } };
  }

  async #until(isSo: () => boolean, budgetMs: number, signal: AbortSignal): Promise<boolean> {
    const end = this.#clock.monotonic() + budgetMs;
    while (!isSo() && this.#clock.monotonic() < end) await this.#clock.sleep(pollMs, signal);
    return isSo();
  }

  #known(id: string): Deployment {
    const deployment = this.#world.find(id);
    if (deployment === undefined) throw new Error(`The project has no deployment ${id}.`);
    return deployment;
  }

  #release(deployment: Deployment): Release {
    const { id, commit, copyOf, createdMs } = deployment;
    return {
      id,
      label: id,
      commit,
      url: this.#world.addressOf(id),
      state: this.#stateOf(deployment),
      created: new Date(createdMs).toISOString(),
      ...(this.#world.namesArtifacts ? { artifact: copyOf ?? id } : {}),
      ...(copyOf === undefined ? {} : { restores: copyOf }),
      ...(this.#world.isReady(deployment)
        ? { restorable: 'yes' }
        : { restorable: 'no', restorableWhy: 'it was never built' }),
    };
  }

  #stateOf(deployment: Deployment): Release['state'] {
    if (this.#world.isBuilding(deployment)) return 'building';
    if (!this.#world.isReady(deployment)) return 'failed';
    if (deployment.id === this.#world.serving) return 'live';
    return deployment.hasServed ? 'superseded' : 'ready';
  }
}
