import type { Deployment } from './deployment.ts';
import type { RailwayDoors } from './switches.ts';

/** A service that sleeps is put to bed so long after its last request: https://docs.railway.com/reference/app-sleeping. */
const idleMs = 600_000;

/** Serverless deployments: asleep when nobody asks, woken by the next request, which may come too early to be answered. */
export class Sleepers {
  readonly #doors: RailwayDoors;
  readonly #lastUse = new WeakMap<Deployment, number>();
  /** The end of its processes: what is woken meanwhile starts once they are gone. */
  readonly #ending = new WeakMap<Deployment, Promise<unknown>>();

  constructor(doors: RailwayDoors) {
    this.#doors = doors;
  }

  /** Watches a deployment that has gone live. */
  async attend(deployment: Deployment): Promise<void> {
    if (!deployment.settings.sleepApplication) return;
    const { clock, closed } = this.#doors;
    const { signal } = deployment.life;
    this.use(deployment);
    const idleAt = () => (this.#lastUse.get(deployment) ?? 0) + idleMs;
    while (clock.now() < idleAt() && !signal.aborted && !closed.aborted) await clock.until(idleAt(), signal);
    if (deployment.status === 'SUCCESS' && !closed.aborted) await this.putToBed(deployment);
  }

  async putToBed(deployment: Deployment): Promise<void> {
    deployment.enter('SLEEPING');
    const ending = Promise.all(deployment.replicas.map((replica) => replica.end('STOPPED', 0)));
    this.#ending.set(deployment, ending);
    await ending;
  }

  /** A request came for it. */
  use(deployment: Deployment): void {
    this.#lastUse.set(deployment, this.#doors.clock.now());
    if (deployment.status === 'SLEEPING') void this.#wake(deployment);
  }

  async #wake(deployment: Deployment): Promise<void> {
    deployment.enter('SUCCESS');
    await this.#ending.get(deployment);
    await Promise.all(deployment.replicas.map((replica) => replica.launch()));
    void this.attend(deployment);
  }
}
