import type { IncomingHttpHeaders } from 'node:http';
import type { Apps } from './apps/apps.ts';
import type { CloudClock } from './clock.ts';

/** One request to an emulated host, already read. `host` is the production host name the client asked for. */
export interface ServiceRequest {
  readonly host: string;
  readonly method: string;
  /** Path with query, as sent. */
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Aborted when the client has gone. */
  readonly signal: AbortSignal;
}

export interface ServiceAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON. */
  readonly body?: string | Buffer | object;
}

/**
 * One emulated API. `handle` answers undefined for a route it does not know: the front then answers 501 naming
 * the route, and the journal keeps it as unknown, which fails a test.
 */
export interface Service {
  readonly name: string;
  /** Exact host names, or patterns such as `*.fly.dev`. */
  readonly hosts: readonly string[];
  /** The stable name of a route, for faults and the journal: `machines.update`, `graphql.image`. Pure. */
  route(request: ServiceRequest): string | undefined;
  handle(request: ServiceRequest): Promise<ServiceAnswer | undefined>;
  /** Everything back to the seed; apps stopped. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

/** What every emulator is given. */
export interface CloudContext {
  readonly clock: CloudClock;
  readonly apps: Apps;
}
