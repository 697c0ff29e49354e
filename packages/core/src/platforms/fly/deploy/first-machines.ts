import type { Clock } from '../../../io/clock.ts';
import type { Part, Target } from '../../platform.ts';
import type { FlyApi } from '../api/api.ts';
import type { WireMachine, WireRelease } from '../api/wire.ts';
import { describeHalfMade, halfMadeParts, makeMissing } from '../machines/half-made.ts';
import { MachineVerbs } from '../machines/machine-verbs.ts';

interface FirstMachinesPorts {
  readonly api: FlyApi;
  readonly clock: Clock;
  log(line: string): void;
  warn(line: string): void;
}

/** What a deploy that was cut left out of the first machines of a group, from where it is seen to where it is made. */
export class FirstMachines {
  readonly #ports: FirstMachinesPorts;
  #seen: readonly Part[] = [];
  #missing: readonly Part[] = [];

  constructor(ports: FirstMachinesPorts) {
    this.#ports = ports;
  }

  /** As of the last look. */
  get isHalfMade(): boolean {
    return this.#seen.length > 0;
  }

  /** Of what was wanted, what is neither made nor told of. */
  get missing(): readonly Part[] {
    return this.#missing;
  }

  /** Answers what there is to say of it. */
  see(machines: readonly WireMachine[], releases: readonly WireRelease[]): readonly string[] {
    this.#seen = halfMadeParts(machines, releases);
    return this.#seen.map(describeHalfMade);
  }

  /** What the last look has seen is to be made once the release that is shipped now is proved. */
  want(): void {
    this.#missing = this.#seen;
  }

  /** Where one cannot be made, that is told. Failure: HttpError, where Fly does not tell what is there. */
  async make(
    target: Target,
    machines: () => Promise<readonly WireMachine[]>,
    signal: AbortSignal,
  ): Promise<void> {
    if (this.#missing.length === 0) return;
    const { api, clock, log, warn } = this.#ports;
    const verbs = new MachineVerbs({ api, clock, app: target.name, signal });
    const there = await machines();
    for (const part of this.#missing) {
      const made = await makeMissing(part, { app: target.name, machines: there, verbs });
      this.#missing = this.#missing.filter((one) => one !== part);
      if (made !== undefined) (made.isDone ? log : warn)(made.line);
    }
  }
}
