import type { Part } from '../../../packages/core/src/platforms/platform.ts';
import type { Build, Group } from './build.ts';

export interface Machine {
  readonly id: string;
  readonly group: Group;
  readonly version: number;
  readonly state: 'running' | 'resting' | 'ended';
  /** The version under which it ended by itself. */
  readonly endedUnder?: number;
  /** Ends of its process that nobody asked for. */
  readonly exits: readonly string[];
}

const wakes: Readonly<Record<Group, boolean>> = { web: true, worker: false };
const groups: readonly Group[] = ['web', 'worker'];

/** The machines that really are there. Every change makes new ones, so that what was seen stays as it was. */
export class Fleet {
  machines: readonly Machine[] = [];
  #made = 0;
  #exits = 0;

  add(group: Group, version: number, state: Machine['state'] = 'running'): void {
    this.#made += 1;
    this.machines = [...this.machines, { id: `m${this.#made}`, group, version, state, exits: [] }];
  }

  /** As the client does it: what rests or has ended gets the new version and is not started. */
  update(version: number, { quality, hasWorker }: Build, share: 'half' | 'all'): void {
    const first = share === 'all' ? this.machines.length : Math.ceil(this.machines.length / 2);
    const kept = this.machines.map((machine, at) => (at < first ? { ...machine, version } : machine));
    this.machines = kept.filter(({ group, version: own }) => hasWorker || group === 'web' || own !== version);
    if (quality === 'worker-ends') this.endWorkers(version);
  }

  endWorkers(version: number): void {
    const isToEnd = (one: Machine) =>
      one.group === 'worker' && one.version === version && one.state === 'running';
    if (!this.machines.some(isToEnd)) return;
    this.machines = this.machines.map((one) => (isToEnd(one) ? this.#ended(one) : one));
  }

  start(id: string): void {
    this.machines = this.machines.map((one) => (one.id === id ? { ...one, state: 'running' } : one));
  }

  #ended(machine: Machine): Machine {
    this.#exits += 1;
    const exits = [...machine.exits, `${machine.id} at ${this.#exits}`];
    return { ...machine, state: 'ended', endedUnder: machine.version, exits };
  }
}

/** What the platform tells of machines. */
export function partsOf(machines: readonly Machine[]): readonly Part[] {
  return groups.flatMap((group) => {
    const own = machines.filter((machine) => machine.group === group);
    const count = (state: Machine['state']) => own.filter((machine) => machine.state === state).length;
    const part = { running: count('running'), resting: count('resting'), ended: count('ended') };
    return own.length === 0 ? [] : [{ name: `${group}/iad`, ...part, unknown: 0, wakes: wakes[group] }];
  });
}

/** What is served by a group, counted by hand: what runs, and what a request would start. */
export function servingIn(machines: readonly Machine[], group: Group): number {
  return machines.filter(
    (one) => one.group === group && (one.state === 'running' || (one.state === 'resting' && wakes[group])),
  ).length;
}

/** What of a group has to run again: what runs, and what ended by itself. */
export function owedIn(machines: readonly Machine[], group: Group): number {
  return machines.filter((one) => one.group === group && one.state !== 'resting').length;
}
