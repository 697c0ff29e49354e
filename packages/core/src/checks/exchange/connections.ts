import { HostUsers } from './host-users.ts';
import type { PooledConnection } from './lease.ts';
import { Lease } from './lease.ts';
import { TlsMemory } from './tls-memory.ts';

/** Nobody takes what has waited longer: it holds a worker of the service, and may lead to a machine on its way out. Milliseconds. */
const mostIdleMs = 50;
/** Nor does another check take what is older than this, milliseconds. */
const mostAgeMs = 5000;
/** Connections that wait; more than a run ever has under way at once. */
const mostIdle = 64;

/**
 * The connections of a run that wait for another request. Different checks share them; two attempts of one check never
 * do, and no other takes what an attempt had that did not pass: that is how a bad machine among good ones is found.
 */
export class Connections {
  readonly tls = new TlsMemory();
  readonly hostUsers = new HostUsers();
  /** With what ends its waiting; in the order they came. */
  readonly #idle = new Map<PooledConnection, () => void>();

  /**
   * For one attempt of the check that `owner` stands for. `shares`: whether it is content with a connection that stands;
   * one that is not has `host` to itself, as far as idle connections go.
   */
  lease(owner: object, shares: boolean, host?: string): Lease {
    const lease = new Lease(this, owner, shares);
    if (!shares && host !== undefined) lease.attend(host);
    return lease;
  }

  /** The newest that this attempt may have. */
  take(key: string, lease: Lease): PooledConnection | undefined {
    const now = performance.now();
    for (const kept of [...this.#idle.keys()].reverse()) {
      if (kept.key !== key) continue;
      const isOurs = kept.holder === lease;
      const isAnyones = kept.holder === undefined && !kept.owners.has(lease.owner);
      if (!isOurs && (!isAnyones || now - kept.madeAt > mostAgeMs)) continue;
      this.#forget(kept);
      return kept;
    }
    return undefined;
  }

  /** One that is free; it waits for whoever wants it, and keeps no process alive. */
  put(kept: PooledConnection): void {
    const { socket } = kept.connection;
    if (this.#idle.size >= mostIdle || socket.destroyed || this.hostUsers.wants(kept.host))
      return void socket.destroy();
    const timer = setTimeout(() => drop(), mostIdleMs).unref();
    const drop = () => {
      this.#forget(kept);
      socket.destroy();
    };
    this.#idle.set(kept, () => {
      clearTimeout(timer);
      for (const event of ends) socket.off(event, drop);
      socket.ref();
    });
    // Nobody has asked: whatever comes now is nobody's answer.
    for (const event of ends) socket.once(event, drop);
    socket.resume();
    socket.unref();
  }

  /** Those that an attempt has to itself: for others where it passed. */
  pass(lease: Lease, passed: boolean): void {
    for (const kept of [...this.#idle.keys()]) {
      if (kept.holder !== lease) continue;
      this.#forget(kept);
      kept.holder = undefined;
      if (passed) this.put(kept);
      else kept.connection.socket.destroy();
    }
  }

  /** Closes those that wait: all, or those to a host. */
  close(host?: string): void {
    for (const kept of [...this.#idle.keys()]) {
      if (host !== undefined && kept.host !== host) continue;
      this.#forget(kept);
      kept.connection.socket.destroy();
    }
  }

  #forget(kept: PooledConnection): void {
    this.#idle.get(kept)?.();
    this.#idle.delete(kept);
  }
}

const ends = ['data', 'end', 'close'] as const;
