import { carrierOf } from './carrier.ts';
import type { SharedConnection, WebConnection } from './connection.ts';
import type { HostUsers } from './host-users.ts';
import type { TlsMemory } from './tls-memory.ts';

/** The connections of a run, as an attempt uses them. */
interface Pool {
  readonly tls: TlsMemory;
  readonly hostUsers: HostUsers;
  take(key: string, lease: Lease): PooledConnection | undefined;
  put(kept: PooledConnection): void;
  pass(lease: Lease, passed: boolean): void;
  close(host?: string): void;
}

/** What one attempt has of the connections of a run. Its requests share their own, as those of a browser do. */
export class Lease {
  readonly #connections: Pool;
  readonly #busy = new Map<SharedConnection, PooledConnection>();
  readonly #measured = new Map<string, () => void>();
  #isOver = false;
  #isWary = false;
  /** The check that the attempt is one of. */
  readonly owner: object;
  /** Whether connections may be shared, and TLS sessions resumed. */
  readonly shares: boolean;

  constructor(connections: Pool, owner: object, shares: boolean) {
    this.#connections = connections;
    this.owner = owner;
    this.shares = shares;
  }

  get tls(): TlsMemory {
    return this.#connections.tls;
  }

  /** One that stands, and that no other attempt of this check has used. */
  take(key: string): SharedConnection | undefined {
    if (!this.shares || this.#isWary) return undefined;
    const kept = this.#connections.take(key, this);
    if (kept === undefined) return undefined;
    kept.owners.add(this.owner);
    kept.holder = this;
    kept.connection.isFree = false;
    this.#busy.set(kept.connection, kept);
    return kept.connection;
  }

  /** A new one, for what is asked later. */
  add(key: string, host: string, connection: WebConnection): SharedConnection {
    const shared = { ...connection, isFree: false, carrier: carrierOf(connection.socket) };
    const owners = new Set([this.owner]);
    this.#busy.set(shared, {
      connection: shared,
      key,
      host,
      madeAt: performance.now(),
      owners,
      holder: this,
    });
    return shared;
  }

  /** What was asked over it is over: it waits for the next of this attempt where it is free, else it is closed. */
  leave(connection: SharedConnection): void {
    const kept = this.#busy.get(connection);
    this.#busy.delete(connection);
    if (kept === undefined || this.#isOver || !connection.isFree) connection.socket.destroy();
    else this.#connections.put(kept);
  }

  /** One that stood turned out to be gone: the others may be, too. */
  beWary(): void {
    this.#isWary = true;
  }

  /** A new connection to `host` is made, with `leftMs` for it; what it answers says that the answer has come, or none will. */
  asks(host: string, leftMs: number): () => void {
    if (this.shares) return this.#connections.hostUsers.asks(host, leftMs);
    this.attend(host);
    return () => {};
  }

  /** The attempt measures what it asks `host`: no connection that waits is to be in its way. */
  attend(host: string): void {
    if (this.#measured.has(host) || this.#isOver) return;
    this.#measured.set(host, this.#connections.hostUsers.measures(host));
    this.#connections.close(host);
  }

  /** The attempt is judged: what it had is for others where it passed. */
  end(passed: boolean): void {
    this.#isOver = true;
    for (const over of this.#measured.values()) over();
    for (const { socket } of this.#busy.keys()) socket.destroy();
    this.#busy.clear();
    this.#connections.pass(this, passed);
  }
}

/** One of them, and who has had it. */
export interface PooledConnection {
  readonly connection: SharedConnection;
  readonly key: string;
  /** The name of the host that is asked over it. */
  readonly host: string;
  /** On the clock of `performance`. */
  readonly madeAt: number;
  /** The checks that asked over it. */
  readonly owners: Set<object>;
  /** The attempt that has it to itself, since it is not judged yet. */
  holder: Lease | undefined;
}
