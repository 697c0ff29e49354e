import type { Fleet } from '../histories/fleet.ts';
import { NumberedWorld } from '../histories/numbered-world.ts';
import type { VirtualClock } from '../virtual-clock.ts';

/** One machine that went from one release to another. */
export interface Switch {
  readonly at: number;
  readonly machine: string;
  readonly from: number;
  readonly to: number;
}

/** One run of the client, by whoever made it. Milliseconds of the clock. */
export interface ClientRun {
  readonly maker: string;
  readonly version: number;
  readonly startedAt: number;
  /** Undefined as long as it waits for leases. */
  leasedAt?: number;
  endedAt?: number;
}

/** Whoever works on the app: a run on its runner, or somebody in a shell. */
export interface Holder {
  readonly maker: string;
  /** When it was gone from one moment to the next. */
  readonly goneAt: number | undefined;
}

/** The client keeps its leases alive; of one that is gone they end after this long, milliseconds. */
const leaseMs = 13_000;

/** The truth of an app that several change at once: each switch of a machine, each run of a client, each lease. */
export class RaceWorld extends NumberedWorld {
  readonly switches: Switch[] = [];
  readonly clients: ClientRun[] = [];
  readonly #leases = new Map<string, Holder>();
  readonly #clock: VirtualClock;

  constructor(clock: VirtualClock) {
    super();
    this.#clock = clock;
  }

  override change(what: string, act: (fleet: Fleet) => void): void {
    const before = new Map(this.fleet.machines.map(({ id, version }) => [id, version]));
    super.change(what, act);
    const at = this.#clock.monotonic();
    for (const { id, version } of this.fleet.machines) {
      const from = before.get(id);
      if (from !== undefined && from !== version) this.switches.push({ at, machine: id, from, to: version });
    }
  }

  override tell(line: string): void {
    super.tell(`${(this.#clock.monotonic() / 1000).toFixed(1).padStart(6)} ${line}`);
  }

  /** All machines, or none: another client holds one of them. */
  lease(machines: readonly string[], holder: Holder): boolean {
    if (machines.some((id) => this.#isTaken(id, holder))) return false;
    for (const id of machines) this.#leases.set(id, holder);
    return true;
  }

  /** Those of all machines that somebody else holds. */
  heldFrom(asker: Holder): readonly string[] {
    return this.fleet.machines.map(({ id }) => id).filter((id) => this.#isTaken(id, asker));
  }

  release(holder: Holder): void {
    for (const [id, other] of this.#leases) if (other === holder) this.#leases.delete(id);
  }

  #isTaken(id: string, asker: Holder): boolean {
    const holder = this.#leases.get(id);
    if (holder === undefined || holder === asker) return false;
    return holder.goneAt === undefined || this.#clock.monotonic() < holder.goneAt + leaseMs;
  }
}
