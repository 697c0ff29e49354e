import type { Clock } from '../../../../packages/core/src/io/clock.ts';

/** What comes of a deployment, and where it shows. */
export type Quality = 'good' | 'does not build' | 'bad at its own address' | 'bad under traffic';

/** One immutable deployment of the project. */
export interface Deployment {
  readonly id: string;
  readonly commit: string;
  readonly quality: Quality;
  /** What whoever asked for it wrote on it; undefined for the platform's own Git deploy. */
  readonly mark?: string | undefined;
  /** Id of the deployment that this one was made of, when that was made live. */
  readonly copyOf?: string;
  readonly createdMs: number;
  readonly readyMs: number;
  /** Made live by the platform itself once it is ready. */
  readonly promotesItself: boolean;
  isCancelled: boolean;
  hasServed: boolean;
}

export type Ask = Pick<Deployment, 'commit' | 'quality'> &
  Partial<Pick<Deployment, 'mark' | 'promotesItself'>>;

/** How long a build takes, milliseconds. */
export const buildMs = 30_000;

/** How the platform of a world does things. */
export interface ModelHow {
  /** Making a deployment live makes a new one of it, under an id of its own. */
  readonly makesCopies?: boolean;
  readonly namesArtifacts?: boolean;
}

/**
 * A platform of deployments: each is built, then has an address of its own, and the project's address is moved to one of
 * them apart. What it really serves is here, whatever anybody was told.
 */
export class ModelWorld {
  readonly project = 'shop';
  /** Whether the API says of a deployment what it cannot move of it: its id. */
  readonly namesArtifacts: boolean;
  /** Every change that was asked for, in order. */
  readonly journal: string[] = [];
  readonly #clock: Pick<Clock, 'now'>;
  readonly #makesCopies: boolean;
  readonly #deployments: Deployment[] = [];
  #serving: Deployment | undefined;

  constructor(clock: Pick<Clock, 'now'>, { makesCopies = false, namesArtifacts = true }: ModelHow = {}) {
    this.#clock = clock;
    this.#makesCopies = makesCopies;
    this.namesArtifacts = namesArtifacts;
  }

  /** Id of what the project's address leads to. */
  get serving(): string | undefined {
    this.#passTime();
    return this.#serving?.id;
  }

  /** Newest first. */
  get deployments(): readonly Deployment[] {
    this.#passTime();
    return this.#deployments.toReversed();
  }

  find(id: string): Deployment | undefined {
    return this.deployments.find((deployment) => deployment.id === id);
  }

  isReady({ readyMs, quality, isCancelled }: Deployment): boolean {
    return !isCancelled && quality !== 'does not build' && readyMs <= this.#clock.now();
  }

  isBuilding({ readyMs, isCancelled }: Deployment): boolean {
    return !isCancelled && readyMs > this.#clock.now();
  }

  deploy(ask: Ask): Deployment {
    const deployment = this.#add(ask, buildMs);
    this.journal.push(`deploy ${deployment.id}`);
    return deployment;
  }

  cancel(id: string): void {
    const deployment = this.find(id);
    if (deployment === undefined || !this.isBuilding(deployment)) return;
    deployment.isCancelled = true;
    this.journal.push(`cancel ${id}`);
  }

  /** Moves the project's address; answers what it leads to now. */
  promote(id: string, mark: string): Deployment {
    const deployment = this.find(id);
    if (deployment === undefined || !this.isReady(deployment)) throw new Error(`${id} is not ready`);
    const { commit, quality, copyOf = id } = deployment;
    const live = this.#makesCopies ? this.#add({ commit, quality, mark, copyOf }, 0) : deployment;
    this.journal.push(live === deployment ? `promote ${id}` : `promote ${id} as ${live.id}`);
    this.#serve(live);
    return live;
  }

  addressOf(id: string): string {
    return `https://${id.replace('_', '-')}.model.test`;
  }

  get address(): string {
    return `https://${this.project}.model.test`;
  }

  /** Whether an address gives a good answer now; undefined where nothing answers there. */
  answersWell(address: string): boolean | undefined {
    const isOwn = (deployment: Deployment) => this.addressOf(deployment.id) === address;
    const asked = address === this.address ? this.find(this.serving ?? '') : this.deployments.find(isOwn);
    if (asked === undefined || !this.isReady(asked)) return undefined;
    const bad = address === this.address ? 'bad under traffic' : 'bad at its own address';
    return asked.quality !== bad && asked.quality !== 'bad at its own address';
  }

  #add(ask: Ask & Pick<Partial<Deployment>, 'copyOf'>, takesMs: number): Deployment {
    const now = this.#clock.now();
    const id = `dpl_${this.#deployments.length + 1}`;
    const fixed = { promotesItself: false, ...ask, id, createdMs: now, readyMs: now + takesMs };
    const deployment = { ...fixed, isCancelled: false, hasServed: false };
    this.#deployments.push(deployment);
    return deployment;
  }

  #serve(deployment: Deployment): void {
    deployment.hasServed = true;
    this.#serving = deployment;
  }

  #passTime(): void {
    for (const deployment of this.#deployments)
      if (deployment.promotesItself && !deployment.hasServed && this.isReady(deployment))
        this.#serve(deployment);
  }
}
