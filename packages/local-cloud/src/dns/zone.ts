/** What a name says under one type. `data` is as `dns-packet` takes it: an address, a name, `{preference, exchange}`. */
export interface DnsRecord {
  readonly name: string;
  readonly type: RecordType;
  readonly data: unknown;
  /** Seconds; default 60. */
  readonly ttl?: number;
}

/** A name that is not answered but refused with this code. */
export interface DnsRefusal {
  readonly name: string;
  readonly rcode: Exclude<Rcode, 'NOERROR'>;
}

export const recordTypes = ['A', 'AAAA', 'CAA', 'CNAME', 'MX', 'NS', 'SRV', 'TXT'] as const;
export type RecordType = (typeof recordTypes)[number];

/** Response codes with their numbers (RFC 1035, 4.1.1). */
export const rcodes = { NOERROR: 0, FORMERR: 1, SERVFAIL: 2, NXDOMAIN: 3, NOTIMP: 4, REFUSED: 5 } as const;
export type Rcode = keyof typeof rcodes;

export interface ZoneAnswer {
  readonly rcode: Rcode;
  readonly answers: readonly DnsRecord[];
}

/** All the names there are: those of the cloud's hosts, and what has been put on top of them. */
export class Zone {
  readonly #isHost: (name: string) => boolean;
  #records: readonly DnsRecord[] = [];
  readonly #refusals = new Map<string, DnsRefusal>();

  constructor(isHost: (name: string) => boolean) {
    this.#isHost = isHost;
  }

  /** Takes the place of what the same names had under the same types; a refusal and records exclude each other. */
  put(entries: readonly (DnsRecord | DnsRefusal)[]): void {
    const lower = entries.map((entry) => ({ ...entry, name: entry.name.toLowerCase() }));
    this.#records = this.#records.filter(
      (old) =>
        !lower.some((entry) => entry.name === old.name && (!('type' in entry) || entry.type === old.type)),
    );
    for (const entry of lower) {
      if ('rcode' in entry) this.#refusals.set(entry.name, entry);
      else {
        this.#refusals.delete(entry.name);
        this.#records = [...this.#records, entry];
      }
    }
  }

  list(): readonly (DnsRecord | DnsRefusal)[] {
    return [...this.#records, ...this.#refusals.values()];
  }

  clear(): void {
    this.#records = [];
    this.#refusals.clear();
  }

  /** An alias is followed as far as this zone knows. */
  answer(asked: string, type: string, followed = 0): ZoneAnswer {
    const name = asked.toLowerCase();
    const refusal = this.#refusals.get(name);
    if (refusal !== undefined) return { rcode: refusal.rcode, answers: [] };
    const records = this.#recordsOf(name);
    const matching = records.filter((record) => record.type === type);
    if (matching.length > 0) return { rcode: 'NOERROR', answers: matching };
    const alias = records.find((record) => record.type === 'CNAME');
    if (alias === undefined) return { rcode: records.length > 0 ? 'NOERROR' : 'NXDOMAIN', answers: [] };
    if (followed >= longestChain) return { rcode: 'SERVFAIL', answers: [] };
    const behind = this.answer(String(alias.data), type, followed + 1);
    return { rcode: behind.rcode, answers: [alias, ...behind.answers] };
  }

  #recordsOf(name: string): readonly DnsRecord[] {
    const own = this.#records.filter((record) => record.name === name);
    if (own.length > 0 || !this.#isHost(name)) return own;
    return [{ name, type: 'A', data: '127.0.0.1' }];
  }
}

const longestChain = 8;
