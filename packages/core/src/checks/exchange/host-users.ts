/** A new connection that has waited so long may wait for a worker that another one holds: milliseconds, and a share of its time. */
const longMs = 1000;
const longShare = 0.25;

/** Who else asks a host: an idle connection may hold the very worker of the service that they wait for. */
export class HostUsers {
  readonly #timed = new Map<string, number>();
  readonly #new = new Map<string, Set<{ readonly patientUntil: number }>>();

  /** Whether somebody is better served by a connection that is closed than by one that is kept. */
  wants(host: string): boolean {
    if (this.#timed.has(host)) return true;
    const now = performance.now();
    return [...(this.#new.get(host) ?? [])].some(({ patientUntil }) => now > patientUntil);
  }

  /** Somebody who measures begins; what it answers ends that. */
  measures(host: string): () => void {
    this.#timed.set(host, (this.#timed.get(host) ?? 0) + 1);
    return () => {
      const others = (this.#timed.get(host) ?? 0) - 1;
      if (others > 0) this.#timed.set(host, others);
      else this.#timed.delete(host);
    };
  }

  /** Somebody who has `leftMs` asks over a new connection; what it answers ends that. */
  asks(host: string, leftMs: number): () => void {
    const one = { patientUntil: performance.now() + Math.min(longMs, leftMs * longShare) };
    const all = this.#new.get(host) ?? new Set();
    this.#new.set(host, all.add(one));
    return () => {
      all.delete(one);
      if (all.size === 0) this.#new.delete(host);
    };
  }
}
