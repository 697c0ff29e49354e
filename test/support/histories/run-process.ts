import type { VirtualClock } from '../virtual-clock.ts';
import type { Chronicle } from './chronicle.ts';
import type { Machine } from './fleet.ts';
import { type NumberedWorld, servingOf } from './numbered-world.ts';
import type { RolloutScript, Stale } from './script.ts';

const latencyMs = 200;

/** One thing a run asked for, and what really served at that moment. */
export interface Call {
  readonly call: string;
  readonly serving: readonly number[];
  /** Whether anything had changed since the run last saw the truth. */
  readonly isSeen: boolean;
  readonly cancelled: boolean;
}

/** What a run really saw, when it was told the truth. */
export interface Sight {
  readonly change: number;
  /** How many releases there were. */
  readonly made: number;
  readonly machines: readonly Machine[];
}

export interface Stage {
  readonly world: NumberedWorld;
  readonly clock: VirtualClock;
  readonly script: RolloutScript;
  /** What somebody else does as this call comes in. */
  readonly elsewhere: (call: number) => Promise<void>;
}

/** A run on its runner: it can be cancelled, and be gone from one moment to the next. */
export class RunProcess {
  readonly calls: Call[] = [];
  readonly sights: Sight[] = [];
  /** What a rollback last chose from, whether or not it came to a choice. */
  choosesFrom: Sight | undefined;
  /** What everybody could know as it chose where a restore goes. */
  chronicle: Chronicle | undefined;
  readonly cancel = new AbortController();
  readonly killed: Promise<void>;
  readonly world: NumberedWorld;
  readonly clock: VirtualClock;
  readonly script: RolloutScript;
  readonly startedMs: number;
  /** How often anything had changed when it began. */
  readonly startedAt: number;
  /** Images that the client may be asked for in it. */
  readonly images = new Set<string>();
  saved = '';
  isGone = false;
  /** The last look it had was false, and it had no time to ask again. */
  isMisled = false;
  readonly #elsewhere: Stage['elsewhere'];
  readonly #stale: Stale[];
  #restedAt = 0;
  #kill: () => void = () => {};

  constructor({ world, clock, script, elsewhere }: Stage) {
    this.world = world;
    this.clock = clock;
    this.script = script;
    this.startedMs = clock.monotonic();
    this.startedAt = world.changes;
    this.#elsewhere = elsewhere;
    this.#stale = [...script.stale];
    this.killed = new Promise((resolve) => {
      this.#kill = resolve;
    });
  }

  save(text: string): void {
    if (!this.isGone) this.saved = text;
  }

  /** A call comes in: what the script has in store for it happens, then it takes its time. */
  async called(call: string, signal?: AbortSignal): Promise<void> {
    await this.alive();
    const at = this.calls.length;
    if (this.calls.at(-1)?.call.startsWith('settle') === true) this.#endLate();
    await this.#elsewhere(at);
    if (at === this.script.cancelledAt) {
      this.world.tell('  the job is cancelled');
      this.cancel.abort(new Error('The job was cancelled.'));
    }
    const { serving, changes } = this.world;
    const isSeen = this.sights.at(-1)?.change === changes;
    this.calls.push({ call, serving, isSeen, cancelled: this.cancel.signal.aborted });
    this.world.tell(`  ${at}. ${call}`);
    if (at === this.script.killedAt) await this.die();
    await this.clock.sleep(latencyMs, signal);
    await this.alive();
  }

  /** The runner is gone: nothing of the run happens any more. */
  async die(): Promise<void> {
    this.world.tell('  the runner is gone');
    this.isGone = true;
    this.#kill();
    await this.alive();
  }

  async alive(): Promise<void> {
    if (this.isGone) await new Promise<never>(() => {});
  }

  /** What a look is told: the truth, or what a replica that lags behind still has. */
  async look(): Promise<readonly Machine[]> {
    const at = this.calls.length;
    const stale = this.#stale.find((one) => one.at <= at && at >= this.#restedAt);
    const machines = stale === undefined ? undefined : this.#told(stale);
    if (stale === undefined || machines === undefined) {
      this.isMisled = false;
      await this.called('look');
      const { machines: truth } = this.world.fleet;
      const { changes, made } = this.world;
      this.sights.push({ change: changes, made: made.length, machines: truth });
      return truth;
    }
    // What a false answer costs must not move what the script has in store for later calls.
    this.#stale.splice(this.#stale.indexOf(stale), 1);
    if (stale.times === 2) this.#stale.unshift({ ...stale, times: 1 });
    // No replica lags behind three times in a row, nor each time it is asked.
    else this.#restedAt = at + 6;
    await this.alive();
    this.isMisled = this.cancel.signal.aborted;
    this.world.tell(`     a stale answer: ${stale.tells}`);
    await this.clock.sleep(latencyMs);
    return machines;
  }

  /** What passes for settled may end yet. */
  #endLate(): void {
    const { world } = this;
    for (const { version } of world.made.filter(({ build }) => build.quality === 'worker-ends-late'))
      world.change(`  workers of v${version} end`, (fleet) => fleet.endWorkers(version));
  }

  /** Undefined where it would not surprise anybody: at the first look all but nothing may be true. */
  #told({ tells }: Stale): readonly Machine[] | undefined {
    if (tells === 'nothing') return [];
    const last = this.sights.at(-1)?.machines;
    if (last === undefined) return undefined;
    const { machines } = this.world.fleet;
    if (tells === 'fewer') return machines.length > 1 ? machines.slice(0, -1) : undefined;
    const { before, serving } = this.world;
    return servingOf(before).join() === serving.join() ? undefined : before;
  }
}
