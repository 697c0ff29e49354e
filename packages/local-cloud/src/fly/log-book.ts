export interface LogLine {
  readonly id: number;
  readonly at: number;
  readonly machine: string;
  readonly region: string;
  readonly line: string;
}

interface Source {
  readonly machine: string;
  readonly region: string;
  readonly log: readonly { readonly at: number; readonly line: string }[];
  read: number;
}

/** An app's log over all its processes, numbered as it is first read: a token names a place that never moves. */
export class LogBook {
  readonly #lines: LogLine[] = [];
  readonly #sources: Source[] = [];

  follow(process: Pick<Source, 'machine' | 'region' | 'log'>): void {
    this.#sources.push({ ...process, read: 0 });
  }

  /** The lines after the token, and the token to go on with. */
  after(token: number, filter: { machine?: string; region?: string }): { lines: LogLine[]; next: number } {
    this.#gather();
    const lines = this.#lines
      .slice(token)
      .filter(({ machine }) => filter.machine === undefined || machine === filter.machine)
      .filter(({ region }) => filter.region === undefined || region === filter.region);
    return { lines, next: this.#lines.length };
  }

  #gather(): void {
    const fresh = this.#sources.flatMap((source) => {
      const lines = source.log.slice(source.read);
      source.read = source.log.length;
      return lines.map((line) => ({ ...line, machine: source.machine, region: source.region }));
    });
    fresh.sort((one, other) => one.at - other.at);
    for (const line of fresh) this.#lines.push({ id: this.#lines.length + 1, ...line });
  }
}
