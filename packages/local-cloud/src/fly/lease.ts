import { Refusal } from './refusal.ts';

export interface Lease {
  readonly nonce: string;
  readonly owner: string;
  readonly description: string;
  readonly expiresAtMs: number;
}

/** The lease of one machine: while it lasts, whoever lacks its nonce changes nothing. */
export class LeaseHolder {
  readonly #machine: string;
  readonly #now: () => number;
  #lease: Lease | undefined;

  constructor(machine: string, now: () => number) {
    this.#machine = machine;
    this.#now = now;
  }

  current(): Lease | undefined {
    if (this.#lease !== undefined && this.#lease.expiresAtMs <= this.#now()) this.#lease = undefined;
    return this.#lease;
  }

  /** Throws the 409 Fly answers when someone else holds the lease. */
  assertFree(nonce: string | undefined): void {
    const lease = this.current();
    if (lease === undefined || lease.nonce === nonce) return;
    const expires = new Date(lease.expiresAtMs).toISOString().replace(/\.\d+Z$/, 'Z');
    const holder = `lease currently held by ${lease.owner}, expires at ${expires}`;
    throw new Refusal(409, `machine ID ${this.#machine} ${holder}`);
  }

  /** A new lease, or the held one prolonged when its nonce is presented: the nonce then stays. */
  acquire(wanted: Omit<Lease, 'expiresAtMs'> & { ttlSeconds: number }, presented: string | undefined): Lease {
    this.assertFree(presented);
    const { ttlSeconds, ...lease } = wanted;
    const nonce = this.current()?.nonce ?? lease.nonce;
    this.#lease = { ...lease, nonce, expiresAtMs: this.#now() + ttlSeconds * 1000 };
    return this.#lease;
  }

  release(presented: string | undefined): void {
    if (this.current() === undefined) throw new Refusal(404, 'lease not found');
    this.assertFree(presented);
    this.#lease = undefined;
  }
}
