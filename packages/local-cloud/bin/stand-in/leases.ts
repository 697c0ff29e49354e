import { setTimeout as delay } from 'node:timers/promises';
import { type Deployment, type Machine, shownName } from './deployment.ts';
import { CommandError, MachinesApiError, messageOf } from './errors.ts';
import { info, warn } from './terminal.ts';

const ttlSeconds = 13;
const refreshMs = 4_000;
/** flyctl's; a test has less. */
const timeBudgetMs = Number(process.env.STAND_IN_LEASE_PATIENCE_MS ?? 59_000);

/** Leases of all machines, taken at once and refreshed until released. */
export class Leases {
  readonly #deployment: Deployment;
  readonly #machines: readonly Machine[];
  readonly #nonces = new Map<string, string>();
  readonly #gone = new Set<string>();
  #refresh: NodeJS.Timeout | undefined;

  constructor(deployment: Deployment, machines: readonly Machine[]) {
    this.#deployment = deployment;
    this.#machines = machines;
  }

  async acquire(): Promise<void> {
    await Promise.all(this.#machines.map(({ id }) => this.#acquireOne(id)));
    this.#refresh = setInterval(() => void this.#refreshAll(), refreshMs);
  }

  nonce(id: string): string | undefined {
    return this.#nonces.get(id);
  }

  /** A destroyed machine has no lease to give back. */
  forget(id: string): void {
    this.#gone.add(id);
  }

  /** Cancelled, flyctl speaks of releasing its leases and leaves them to run out. */
  async release(): Promise<void> {
    clearInterval(this.#refresh);
    const { strategy, signal } = this.#deployment;
    const machines = this.#machines;
    if (signal.aborted && strategy !== 'bluegreen') {
      const allowing = 'detected canceled context and allowing 500ms to release machine';
      info(`${allowing} leases`);
      for (const machine of machines) info(`${allowing} ${shownName(machine)} lease`);
      process.stderr.write('\n\n');
      return;
    }
    await Promise.all(
      [...this.#nonces.keys()].filter((id) => !this.#gone.has(id)).map((id) => this.#releaseOne(id)),
    );
  }

  /** One that ran out meanwhile is as good as given back. */
  async #releaseOne(id: string): Promise<void> {
    const { api, app } = this.#deployment;
    const sent = { nonce: this.nonce(id) };
    await api.flaps('DELETE', `${app}/machines/${id}/lease`, sent).catch((error) => {
      if (error instanceof MachinesApiError && error.status === 404) return;
      warn(`failed to release lease: ${messageOf(error)}`);
    });
  }

  async #acquireOne(id: string): Promise<void> {
    const { api, app, signal } = this.#deployment;
    const deadline = performance.now() + timeBudgetMs;
    for (;;) {
      try {
        const path = `${app}/machines/${id}/lease?ttl=${ttlSeconds}`;
        const { data } = await api.flaps('POST', path, { nonce: this.nonce(id), signal });
        this.#nonces.set(id, data.nonce);
        return;
      } catch (error) {
        // Whatever the refusal: flyctl means to wait for a held lease, and waits for all others as well.
        if (!signal.aborted && performance.now() < deadline) {
          await delay(500, undefined, { signal });
          continue;
        }
        const why = `failed to get lease on VM ${id}: ${messageOf(error)}`;
        throw new CommandError(why, { cause: error });
      }
    }
  }

  async #refreshAll(): Promise<void> {
    const { api, app } = this.#deployment;
    const held = this.#machines.filter(({ id }) => !this.#gone.has(id));
    const refreshed = held.map(({ id }) =>
      api.flaps('POST', `${app}/machines/${id}/lease?ttl=${ttlSeconds}`, { nonce: this.nonce(id) }),
    );
    for (const result of await Promise.allSettled(refreshed)) {
      if (result.status === 'rejected') warn(`failed to refresh lease: ${messageOf(result.reason)}`);
    }
  }
}

export function warnOfLease(error: unknown): void {
  if (messageOf(error).startsWith('failed to get lease'))
    warn(`failed to acquire lease: ${messageOf(error)}`);
}
