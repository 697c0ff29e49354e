import type { RollbackFleet } from '../../rollback-fleet.ts';
import type { Switch } from '../race-world.ts';

type Fleet = ReadonlyMap<string, number>;

/** How often the machines are looked at, milliseconds. */
const everyMs = 50;

/** Watches which release each machine of the app is of, past the journal and faults, while runs change them. */
export class FleetWitness {
  readonly switches: Switch[] = [];
  readonly #fleet: RollbackFleet;
  readonly #from: number;
  readonly #timer: NodeJS.Timeout;
  #seen: { readonly at: number; readonly machines: Fleet }[] = [];

  /** `from`: the schedule's beginning, milliseconds since the epoch. */
  constructor(fleet: RollbackFleet, from: number) {
    this.#fleet = fleet;
    this.#from = from;
    this.#look();
    this.#timer = setInterval(() => this.#look(), everyMs);
  }

  end(): void {
    clearInterval(this.#timer);
    this.#look();
  }

  /** What was there then. */
  machinesAt(at: number): readonly { readonly version: number }[] {
    const { machines } = this.#seen.findLast((one) => one.at <= at) ??
      this.#seen[0] ?? { machines: new Map() };
    return [...machines.values()].map((version) => ({ version }));
  }

  get machines(): readonly string[] {
    return [...(this.#seen[0]?.machines.keys() ?? [])];
  }

  #look(): void {
    const at = Date.now() - this.#from;
    const machines: Fleet = new Map(
      this.#fleet.machines().map(({ id, config }) => [id, Number(config.metadata?.fly_release_version)]),
    );
    const before = this.#seen.at(-1)?.machines ?? machines;
    for (const [machine, to] of machines) {
      const from = before.get(machine);
      if (from !== undefined && from !== to) this.switches.push({ at, machine, from, to });
    }
    this.#seen.push({ at, machines });
  }
}
