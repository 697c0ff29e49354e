import { createHash } from 'node:crypto';

const base32 = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Ids that look as Fly's do, and come out the same after every reset: recordings and tests can name them. */
export class Ids {
  #count = 0;
  readonly #places = new Map<string, number>();

  number(): number {
    return ++this.#count;
  }

  /** 14 hex digits, as machine ids are. */
  machine(): string {
    return this.#digest().slice(0, 14);
  }

  /** 16 letters and digits, as release ids are. */
  release(): string {
    return `rel${this.#digest().slice(0, 13)}`;
  }

  /** `vol_` and 17 letters and digits. */
  volume(): string {
    return `vol_${this.#digest().slice(0, 17)}`;
  }

  snapshot(): string {
    return `vs_${this.#digest().slice(0, 16)}`;
  }

  address(): string {
    return `ip_${this.#digest().slice(0, 16)}`;
  }

  /** As pgBackRest names them, unique within the second. */
  backup(atMs: number): string {
    const stamp = new Date(atMs).toISOString().replace(/[-:]/g, '').slice(0, 15).replace('T', '-');
    return `${stamp}-${this.#digest().slice(0, 4)}F`;
  }

  nonce(): string {
    return this.#digest().slice(0, 12);
  }

  /** A ULID: sorts by time, then by order of making. */
  ulid(atMs: number): string {
    let time = '';
    for (let rest = atMs, place = 0; place < 10; place++, rest = Math.floor(rest / 32)) {
      time = base32.charAt(rest % 32) + time;
    }
    return time + this.#digest().toUpperCase().replaceAll('I', 'J').slice(0, 16);
  }

  /** How many of this kind were counted before: 0 for the first. */
  place(kind: string): number {
    const place = this.#places.get(kind) ?? 0;
    this.#places.set(kind, place + 1);
    return place;
  }

  #digest(): string {
    return createHash('sha256').update(`fly ${this.number()}`).digest('hex');
  }
}
