import type { Clock } from '../../../io/clock.ts';
import type { Allowance } from '../../../rollout/ports.ts';
import type { PlatformFailure } from '../../platform.ts';
import type { FlySource } from '../adapter.ts';
import { flyDeployCommand } from '../deploy/app-config.ts';
import type { OpenFly } from '../open.ts';
import { build, flyBuildCommand } from './build.ts';

/**
 * Builds before anything takes traffic, so that between the last look and the flyctl that activates lies no build. What
 * was built is shipped by its digest.
 */
export class FlyBuildFirst {
  readonly #fly: OpenFly;
  readonly #clock: Clock;
  readonly #asked: FlySource;
  #ready: FlySource | undefined;

  constructor(fly: OpenFly, clock: Clock, source: FlySource) {
    this.#fly = fly;
    this.#clock = clock;
    this.#asked = source;
    if (!isBuilt(source)) this.#ready = source;
  }

  /** What is to be shipped: by digest, once it is built. */
  get source(): FlySource {
    return this.#ready ?? this.#asked;
  }

  /** Builds once, however often it is asked. Rejects with the signal's reason. */
  async prepare({ signal, budgetMs }: Allowance): Promise<PlatformFailure | undefined> {
    const { source } = this;
    if (this.#ready !== undefined || !isBuilt(source)) return undefined;
    const built = await build(this.#fly, source, { clock: this.#clock, signal, budgetMs });
    if (built.kind === 'failed') {
      const { evidence: _, ...failure } = built.failure;
      return failure;
    }
    // An image that the configuration names is left to flyctl.
    this.#ready = built.kind === 'built' ? ofImage(source, built.image.ref) : source;
    this.#fly.platform.intends(this.#ready);
    return undefined;
  }

  /** The command lines of it all, for `dry-run`; without a secret in them. */
  get commands(): readonly string[] {
    if (!isBuilt(this.#asked)) return [flyDeployCommand(this.#fly, this.#asked)];
    const digest = `registry.fly.io/${this.#fly.target.name}@sha256:…`;
    return [
      flyBuildCommand(this.#fly, this.#asked),
      flyDeployCommand(this.#fly, ofImage(this.#asked, digest)),
    ];
  }
}

type Unbuilt = FlySource & { readonly imageLabel: string };

function isBuilt(source: FlySource): source is Unbuilt {
  return source.image === undefined && source.imageLabel !== undefined;
}

/** Everything that belongs to the deploy, and nothing of the build but its label, by which the release may be known. */
function ofImage({ build: _, ...source }: Unbuilt, image: string): FlySource {
  return { ...source, buildArgs: [], image };
}
