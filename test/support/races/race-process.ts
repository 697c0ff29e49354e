import type { Clock } from '../../../packages/core/src/io/clock.ts';
import type { Machine } from '../histories/fleet.ts';
import { RunProcess } from '../histories/run-process.ts';
import type { RolloutScript } from '../histories/script.ts';
import type { VirtualClock } from '../virtual-clock.ts';
import type { RaceWorld } from './race-world.ts';
import type { RaceRunScript } from './script.ts';
import type { Hand } from './slow-client.ts';

/** A run on its runner, beside others. */
export class RaceProcess extends RunProcess implements Hand {
  declare readonly world: RaceWorld;
  readonly maker: string;
  readonly pace: RaceRunScript['pace'];
  goneAt: number | undefined;
  /** When it last saw what serves. */
  lookedAt = -1;

  constructor(stage: {
    readonly world: RaceWorld;
    readonly clock: VirtualClock;
    readonly maker: string;
    readonly script: RaceRunScript;
    readonly part: 'main' | 'post';
  }) {
    const { world, clock, maker, script, part } = stage;
    super({ world, clock, script: toRollout(script, part), elsewhere: async () => {} });
    this.maker = maker;
    this.pace = script.pace;
  }

  now(): number {
    return this.clock.monotonic();
  }

  override async called(call: string, signal?: AbortSignal): Promise<void> {
    return super.called(`${this.maker}: ${call}`, signal);
  }

  override async die(): Promise<void> {
    this.goneAt = this.now();
    return super.die();
  }

  override async look(): Promise<readonly Machine[]> {
    const machines = await super.look();
    this.lookedAt = this.now();
    return machines;
  }

  async pause(ms: number, signal?: AbortSignal): Promise<void> {
    await this.clock.sleep(ms, signal);
    await this.alive();
  }

  /** Time as this run has it: where it is gone, nothing goes on. */
  get time(): Clock {
    return {
      now: () => this.clock.now(),
      monotonic: () => this.clock.monotonic(),
      sleep: (ms, signal) => this.pause(ms, signal),
    };
  }
}

/** What a run of a history knows of the same: everything it has no word for goes well. */
function toRollout(script: RaceRunScript, part: 'main' | 'post'): RolloutScript {
  const { hasChecks, killedAt, cancelledAt } = script;
  const isMain = part === 'main';
  return {
    what: { does: 're-run' },
    hasChecks,
    ship: 'done',
    restore: 'done',
    isNamed: true,
    room: 'there',
    isBlind: false,
    stale: [],
    elsewhere: [],
    cancelledAt: isMain ? cancelledAt : undefined,
    killedAt: isMain ? killedAt : undefined,
  };
}
