import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CloudContext } from '../service.ts';
import { Deploys } from './deploys.ts';
import { Ids } from './ids.ts';
import type { RailwaySwitches } from './switches.ts';
import { RailwayWorld } from './world.ts';

export type Context = Pick<CloudContext, 'clock' | 'apps' | 'images'>;

/** The world from one reset to the next, with what it has on disk and what runs in it. */
export class RailwayState {
  readonly world: RailwayWorld;
  readonly deploys: Deploys;
  readonly #life = new AbortController();
  readonly #dir = lazily(() => mkdtemp(join(tmpdir(), 'belay-railway-')));
  /** What the seeds have deployed, in their order. */
  #planting: (() => Promise<void>)[] = [];
  #begun: Promise<void> = Promise.resolve();

  constructor(context: Context, switches: RailwaySwitches) {
    this.world = new RailwayWorld({
      ...context,
      switches,
      ids: new Ids(),
      closed: this.#life.signal,
      directory: async () => mkdtemp(join(await this.#dir.get(), 'tree-')),
    });
    this.deploys = new Deploys(this.world);
  }

  /** Done before the next request is answered. */
  plant(seed: () => Promise<void>): void {
    this.#planting.push(seed);
  }

  /** The seeds were deployed long ago: whoever asks finds them up. */
  begin(): Promise<void> {
    const planting = this.#planting;
    if (planting.length === 0) return this.#begun;
    this.#planting = [];
    this.#begun = this.#begun.then(async () => {
      for (const seed of planting) await seed();
    });
    return this.#begun;
  }

  /** No process is left, and nothing on disk. */
  async close(): Promise<void> {
    this.#planting = [];
    this.#life.abort();
    await this.#begun.catch(() => undefined);
    await this.deploys.killAll();
    if (this.#dir.isMade()) await rm(await this.#dir.get(), { recursive: true, force: true });
  }
}

function lazily<T>(make: () => Promise<T>) {
  let made: Promise<T> | undefined;
  return {
    get: () => {
      made ??= make();
      return made;
    },
    isMade: () => made !== undefined,
  };
}
