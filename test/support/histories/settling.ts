import type {
  PlatformFailure,
  SettleOptions,
  SettleResult,
} from '../../../packages/core/src/platforms/platform.ts';
import type { Group } from './build.ts';
import { hasRoom } from './client.ts';
import { type Machine, partsOf, servingIn } from './fleet.ts';
import type { Made } from './numbered-world.ts';
import type { RunProcess } from './run-process.ts';

export interface NumberedSettleOptions extends SettleOptions {
  readonly isNew?: boolean;
}

type Look = SettleResult | { readonly kind: 'pending'; readonly failure: PlatformFailure };

const pauseMs = 20_000;

/** Waits until every machine runs one release, starts what ended before it, and makes what is missing of a group. */
export class NumberedSettling {
  readonly #process: RunProcess;
  readonly #release: Made;
  readonly #options: NumberedSettleOptions;
  readonly #started = new Set<string>();

  constructor(process: RunProcess, release: Made, options: NumberedSettleOptions) {
    this.#process = process;
    this.#release = release;
    this.#options = options;
  }

  async settle(signal: AbortSignal): Promise<SettleResult> {
    const { clock } = this.#process;
    const end = clock.monotonic() + this.#options.budgetMs;
    for (;;) {
      await this.#process.alive();
      const look = this.#look();
      if (look.kind !== 'pending') return look;
      if (clock.monotonic() + pauseMs >= end) return { kind: 'failed', failure: look.failure };
      await clock.sleep(pauseMs, signal);
    }
  }

  #look(): Look {
    const { version } = this.#release;
    const { fleet } = this.#process.world;
    const others = fleet.machines.filter((machine) => machine.version !== version);
    if (others.length > 0) return pending('unhealthy', `${others.length} machines do not run v${version}`);
    const crashed = fleet.machines.find((machine) => this.#hasCrashed(machine));
    if (crashed !== undefined)
      return failed('crashed', `machine ${crashed.id} of v${version} ended by itself`);
    const down = fleet.machines.filter(({ state }) => state === 'ended');
    const resting = this.#groups().flatMap((group) => this.#toWake(group));
    if (down.length + resting.length > 0) return this.#start([...down, ...resting]);
    const missing = this.#groups().filter((group) => servingIn(fleet.machines, group) < this.#owed(group));
    const [group] = missing;
    if (group !== undefined) return this.#make(group);
    const { machines } = fleet;
    const exits = machines.flatMap((one) => one.exits);
    return { kind: 'settled', running: { parts: partsOf(machines), exits } };
  }

  #hasCrashed({ id, state, endedUnder }: Machine): boolean {
    if (state !== 'ended') return false;
    const isOwn = this.#options.isNew === true && endedUnder === this.#release.version;
    return isOwn || this.#started.has(id);
  }

  #groups(): readonly Group[] {
    return this.#release.build.hasWorker ? ['web', 'worker'] : ['web'];
  }

  /** What ran before, and one of whatever the release itself has. */
  #owed(group: Group): number {
    const part = this.#options.owes?.find(({ name }) => name === `${group}/iad`);
    return part === undefined ? 1 : Math.max(1, part.running + part.ended);
  }

  #toWake(group: Group): readonly Machine[] {
    const { machines } = this.#process.world.fleet;
    if (group === 'web') return [];
    const own = machines.filter((machine) => machine.group === group && machine.state === 'resting');
    return own.slice(0, Math.max(0, this.#owed(group) - servingIn(machines, group)));
  }

  #start(machines: readonly Machine[]): Look {
    const { quality, version } = { ...this.#release, ...this.#release.build };
    this.#process.world.change(`  starting ${machines.map(({ id }) => id).join(', ')}`, (fleet) => {
      for (const { id } of machines) {
        fleet.start(id);
        this.#started.add(id);
      }
      if (quality === 'worker-ends') fleet.endWorkers(version);
    });
    return pending('incomplete', 'starting what was down');
  }

  /** Like one that is there; of a group that is gone altogether only the client can make one. */
  #make(group: Group): Look {
    const { world } = this.#process;
    const isModel = world.fleet.machines.some((one) => one.group === group && one.state === 'running');
    if (!isModel) return failed('incomplete', `no machine of ${group}`);
    if (!hasRoom(this.#process)) return pending('incomplete', `no room for a machine of ${group}`);
    world.change(`  one more of ${group}`, (fleet) => fleet.add(group, this.#release.version));
    return pending('incomplete', `one more of ${group}`);
  }
}

function failure(reason: string, what: string): PlatformFailure {
  return { reason, what, next: 'Look.' };
}

function failed(reason: string, what: string): Look {
  return { kind: 'failed', failure: failure(reason, what) };
}

function pending(reason: string, what: string): Look {
  return { kind: 'pending', failure: failure(reason, what) };
}
