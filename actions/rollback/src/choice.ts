import {
  type ChosenTarget,
  findTarget,
  type History,
  type Live,
  type OpenFly,
  type Ports,
  type Release,
  type WantedTarget,
} from '#core';
import { candidatesOf } from './candidates.ts';
import { restoredCommit } from './decide.ts';

/** What a rollback goes back to: chosen from the look that is acted on, and once more where that has changed. */
export class Choice {
  readonly #fly: OpenFly;
  readonly #history: History;
  readonly #ports: Pick<Ports, 'clock' | 'runner'>;
  readonly #wanted: WantedTarget;
  readonly #allowUnverified: boolean;
  /** The commit that the inputs name. */
  readonly #given: string | undefined;
  #chosen: ChosenTarget = { kind: 'no-target', why: 'Nothing was looked at.', candidates: [] };
  #commit: string | undefined;

  constructor(
    fixed: {
      readonly fly: OpenFly;
      readonly history: History;
      readonly ports: Pick<Ports, 'clock' | 'runner'>;
    },
    wanted: {
      readonly target: WantedTarget;
      readonly allowUnverified: boolean;
      readonly commit: string | undefined;
    },
  ) {
    this.#fly = fixed.fly;
    this.#history = fixed.history;
    this.#ports = fixed.ports;
    this.#wanted = wanted.target;
    this.#allowUnverified = wanted.allowUnverified;
    this.#given = wanted.commit;
  }

  get chosen(): ChosenTarget {
    return this.#chosen;
  }

  /** The commit of what is brought back, as far as it is known. */
  get commit(): string | undefined {
    return this.#commit;
  }

  get release(): Release | undefined {
    return this.#chosen.kind === 'no-target' ? undefined : this.#chosen.release;
  }

  async choose(live: Live): Promise<ChosenTarget> {
    const { platform, target, clock } = this.#fly;
    const { runner } = this.#ports;
    this.#chosen = await findTarget({
      ...{ platform, target, history: this.#history, live, now: clock.now() },
      wanted: await byDigest(this.#fly, this.#wanted),
      allowUnverified: this.#allowUnverified,
    });
    runner.info(`choice: ${this.#chosen.why}`);
    for (const { label, claim } of candidatesOf(this.#chosen)) {
      if (claim !== undefined) runner.info(`${label}: ${claim}`);
    }
    this.#commit = undefined;
    if (this.#chosen.kind === 'target') {
      const recorded = await this.#history.commit(this.#chosen.release);
      const known = restoredCommit(this.#chosen.release.label, recorded, this.#given);
      this.#commit = known.commit;
      for (const warning of [...this.#chosen.warnings, ...known.warnings]) runner.warning(warning);
    }
    return this.#chosen;
  }
}

/** An image is looked for by its digest: the tag may have moved since it was deployed. */
async function byDigest({ api, target }: OpenFly, wanted: WantedTarget): Promise<WantedTarget> {
  if (wanted.kind !== 'image') return wanted;
  const image = await api.image(target.name, wanted.image);
  return image === undefined ? wanted : { kind: 'image', image: image.digest };
}
