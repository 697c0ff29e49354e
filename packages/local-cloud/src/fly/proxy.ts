import { setTimeout as delay } from 'node:timers/promises';
import type { Upstream } from '../service.ts';
import type { Fleet } from './fleet.ts';
import type { FlyApp, Machine } from './machine.ts';
import { autostopOf, leastRunning, startsForTraffic } from './machine-config.ts';
import { currentRelease } from './model.ts';
import type { FlyDoors } from './settings.ts';
import { nextUpstream, takesTraffic } from './traffic.ts';

/** How long a request waits for the machine it woke. */
const patienceMs = 10_000;

const nothing: Upstream = { kind: 'nothing' };

/** Fly's proxy: it sends a request to a machine, wakes one where none runs, and stops those nobody asks. */
export class FlyProxy {
  readonly #doors: FlyDoors;
  readonly #fleet: Fleet;
  readonly #life = new AbortController();
  readonly #lastUse = new Map<FlyApp, number>();
  readonly #watched = new Set<FlyApp>();

  constructor(doors: FlyDoors, fleet: Fleet) {
    this.#doors = doors;
    this.#fleet = fleet;
  }

  async upstreamFor(app: FlyApp): Promise<Upstream> {
    if (!hasPublicAddress(app)) return nothing;
    this.#lastUse.set(app, this.#doors.clock.now());
    const ready = nextUpstream(app);
    if (ready.kind !== 'nothing') return ready;
    const woken = this.#wake(app);
    if (woken === undefined || !(await this.#isReady(woken))) return nothing;
    return nextUpstream(app);
  }

  /** Counts a machine's start as use: a fleet that nobody asks is stopped as well. */
  attend(machine: Machine): void {
    machine.watch((state) => {
      if (state !== 'started' || autostopOf(machine.config) === 'off') return;
      this.#lastUse.set(machine.app, this.#doors.clock.now());
      void this.#stopWhenIdle(machine.app);
    });
  }

  close(): void {
    this.#life.abort();
  }

  /** One on its way already, else the first that may be started. */
  #wake(app: FlyApp): Machine | undefined {
    const serving = [...app.machines.values()].filter(
      ({ config, cordoned, hostStatus }) => startsForTraffic(config) && !cordoned && hostStatus === 'ok',
    );
    const coming = serving.find(({ state }) => state === 'starting');
    if (coming !== undefined) return coming;
    const asleep = serving.find(({ state }) => state === 'stopped' || state === 'suspended');
    if (asleep !== undefined) this.#fleet.start(asleep);
    return asleep;
  }

  async #isReady(machine: Machine): Promise<boolean> {
    const deadline = performance.now() + patienceMs;
    while (performance.now() < deadline && !this.#life.signal.aborted) {
      if (takesTraffic(machine)) return true;
      if (machine.state !== 'starting' && machine.state !== 'started') return false;
      await delay(20);
    }
    return false;
  }

  async #stopWhenIdle(app: FlyApp): Promise<void> {
    if (this.#watched.has(app)) return;
    this.#watched.add(app);
    const { clock, settings } = this.#doors;
    const idleAt = () => (this.#lastUse.get(app) ?? 0) + settings.idleMs;
    while (clock.now() < idleAt() && !this.#life.signal.aborted) {
      await clock.until(idleAt(), this.#life.signal);
    }
    this.#watched.delete(app);
    if (this.#life.signal.aborted) return;
    for (const machine of idleMachines(app)) {
      this.#fleet.stop(machine, { into: autostopOf(machine.config) === 'suspend' ? 'suspended' : 'stopped' });
    }
  }
}

/** All that may be stopped, but for the least that keeps running in the primary region. A lease forbids it. */
function idleMachines(app: FlyApp): Machine[] {
  const running = [...app.machines.values()].filter(
    ({ state, config, lease, hostStatus }) =>
      state === 'started' &&
      hostStatus === 'ok' &&
      autostopOf(config) !== 'off' &&
      lease.current() === undefined,
  );
  const primary = running.filter(({ region }) => region === primaryRegion(app));
  const kept = new Set(primary.slice(0, Math.max(0, ...primary.map(({ config }) => leastRunning(config)))));
  return running.filter((machine) => !kept.has(machine));
}

function primaryRegion(app: FlyApp): string {
  const { primary_region: region } = Object(currentRelease(app)?.definition);
  return typeof region === 'string' ? region : 'iad';
}

function hasPublicAddress(app: FlyApp): boolean {
  return app.isPublicUnlisted || app.ips.some(({ type }) => type !== 'private_v6');
}
