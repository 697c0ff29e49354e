import type { WireRelease } from '../../../packages/core/src/platforms/fly/api/wire.ts';
import { type Build, describeBuild, digest } from './build.ts';
import { Fleet, type Machine } from './fleet.ts';

/** One numbered release, and what no code under test can see of it. */
export interface Made {
  readonly version: number;
  /** `run 2`, `other 1`: whose it really is. */
  readonly maker: string;
  readonly build: Build;
  readonly imageRef: string;
  /** The version it brought back. */
  readonly copyOf?: number;
  status: 'running' | 'complete' | 'failed';
  /** The versions that served directly before it took traffic; undefined as long as it has taken none. */
  tookFrom?: readonly number[];
}

/** The truth of an app: what really serves, who made it, and all that ever happened. */
export class NumberedWorld {
  readonly made: Made[] = [];
  readonly fleet = new Fleet();
  /** What happened, one line each. */
  readonly story: string[] = [];
  /** Before the last change: what a replica that lags behind may still tell. */
  before: readonly Machine[] = [];
  /** How often anything has changed. */
  changes = 0;
  /** Until when, by the clock, no machine can be made. */
  noRoomUntil = 0;

  make(fields: Omit<Made, 'version' | 'status' | 'tookFrom'>): Made {
    const one: Made = { ...fields, version: this.made.length + 1, status: 'running' };
    this.made.push(one);
    const what = one.copyOf === undefined ? describeBuild(one.build) : `v${one.copyOf} brought back`;
    this.tell(`${one.maker} makes v${one.version}: ${what}`);
    return one;
  }

  get(version: number): Made {
    const one = this.made[version - 1];
    if (one === undefined) throw new Error(`The world has no v${version}.`);
    return one;
  }

  /** Everything that touches a machine. */
  change(what: string, act: (fleet: Fleet) => void): void {
    const { machines } = this.fleet;
    act(this.fleet);
    if (this.fleet.machines === machines) return;
    const [had, has] = [servingOf(machines), this.serving];
    for (const version of has.filter((one) => !had.includes(one))) this.get(version).tookFrom ??= had;
    this.before = machines;
    this.changes += 1;
    this.tell(`${what}: ${describeMachines(this.fleet.machines)}`);
  }

  /** The versions that have traffic, newest first. */
  get serving(): readonly number[] {
    return servingOf(this.fleet.machines);
  }

  get wire(): readonly WireRelease[] {
    return this.made
      .map(({ version, status, imageRef }) => ({
        id: `r${version}`,
        version,
        status,
        imageRef,
        description: undefined,
        user: undefined,
        createdAt: new Date(Date.UTC(2026, 10, 20, 10, version)).toISOString(),
      }))
      .reverse();
  }

  tell(line: string): void {
    this.story.push(line);
  }
}

export function servingOf(machines: readonly Machine[]): readonly number[] {
  return [...new Set(machines.map(({ version }) => version))].sort((a, b) => b - a);
}

export function pinned(image: string): string {
  return `registry.fly.io/shop@${digest(image)}`;
}

/** `web v3 running, worker v3 ended`. */
export function describeMachines(machines: readonly Machine[]): string {
  return machines.map(({ group, version, state }) => `${group} v${version} ${state}`).join(', ') || 'nothing';
}
