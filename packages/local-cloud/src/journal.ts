import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

const maxBodyBytes = 64 * 1024;

/** One request as it came and how it ended. Ready for JSON. */
export interface JournalEntry {
  readonly seq: number;
  /** Cloud time, milliseconds since the epoch. */
  readonly at: number;
  readonly host: string;
  readonly method: string;
  /** Path and query, as sent; `host:port` for a CONNECT that was refused. */
  readonly path: string;
  readonly service: string | null;
  readonly route: string | null;
  /** As sent, but `authorization` is its scheme and a fingerprint, `project-access-token` a fingerprint. */
  readonly headers: IncomingHttpHeaders;
  /** The first 64 KiB, as text. Empty for application traffic, which is piped. */
  readonly body: string;
  /** Null while it is unanswered, and for ever when the socket was cut before an answer. */
  readonly status: number | null;
  readonly ms: number | null;
  readonly mutation: boolean;
  /** The kind of the fault applied. */
  readonly fault: string | null;
  /** No service knew the route: fails a test. */
  readonly unknown: boolean;
  /** What an emulator threw: a bug of the local cloud, never of the client. */
  readonly error: string | null;
}

export interface JournalQuery {
  /** Only entries after this sequence number. */
  readonly since?: number;
  readonly mutations?: boolean;
  readonly unknown?: boolean;
}

type Arrival = Pick<JournalEntry, 'at' | 'host' | 'method' | 'path' | 'headers'>;
type Findings = Partial<Omit<JournalEntry, keyof Arrival | 'seq' | 'body'>> & { readonly body?: Buffer };

/** Every request from the moment it arrives, so that one that is never answered can be seen too. */
export class Journal {
  #entries = new Map<number, JournalEntry>();
  #lastSeq = 0;

  /** Opens an entry and answers its sequence number. */
  open(arrival: Arrival): number {
    this.#lastSeq += 1;
    this.#entries.set(this.#lastSeq, {
      seq: this.#lastSeq,
      ...arrival,
      headers: withoutCredentials(arrival.headers),
      service: null,
      route: null,
      body: '',
      status: null,
      ms: null,
      mutation: false,
      fault: null,
      unknown: false,
      error: null,
    });
    return this.#lastSeq;
  }

  /** Adds what has become known. An entry cleared meanwhile stays cleared. */
  note(seq: number, { body, ...findings }: Findings): void {
    const entry = this.#entries.get(seq);
    if (entry === undefined) return;
    const text = body === undefined ? {} : { body: body.subarray(0, maxBodyBytes).toString() };
    this.#entries.set(seq, { ...entry, ...findings, ...text });
  }

  entries(query: JournalQuery = {}): readonly JournalEntry[] {
    return [...this.#entries.values()].filter(
      (entry) =>
        entry.seq > (query.since ?? 0) &&
        (query.mutations !== true || entry.mutation) &&
        (query.unknown !== true || entry.unknown),
    );
  }

  get lastSeq(): number {
    return this.#lastSeq;
  }

  /** Forgets the entries; numbers go on, so that `since` stays valid over a reset. */
  clear(): void {
    this.#entries.clear();
  }
}

/** Tells two tokens apart, and a token from none, without keeping either. */
function withoutCredentials(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const { authorization, 'project-access-token': projectToken, ...rest } = headers;
  const [scheme = '', ...token] = authorization?.split(' ') ?? [];
  return {
    ...rest,
    ...(authorization === undefined
      ? {}
      : {
          authorization:
            token.length === 0 ? fingerprint(scheme) : `${scheme} ${fingerprint(token.join(' '))}`,
        }),
    ...(projectToken === undefined ? {} : { 'project-access-token': fingerprint(String(projectToken)) }),
  };
}

function fingerprint(token: string): string {
  return `sha256:${createHash('sha256').update(token).digest('hex').slice(0, 12)}`;
}
