import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Apps } from './apps/apps.ts';
import type { Images } from './apps/images.ts';
import type { CloudClock } from './clock.ts';

/** What is known of a request before its body is read. `host` is the production host name the client asked for. */
export interface RequestHead {
  readonly host: string;
  readonly method: string;
  /** Path with query, as sent. */
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  /** Aborted when the client has gone. */
  readonly signal: AbortSignal;
}

/** One request to an emulated host, already read. */
export interface ServiceRequest extends RequestHead {
  readonly body: Buffer;
}

export interface ServiceAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON. */
  readonly body?: string | Buffer | object;
  /**
   * What was asked for is beyond the emulator, though the platform's own error is the answer, as for a field that a
   * GraphQL schema has not: the journal keeps the request as unknown.
   */
  readonly unknown?: true;
}

/**
 * Where the traffic of an application goes: to a loopback port; to nothing, which the front answers 503; or to a port
 * nobody listens on, which it answers 502. `instead` is how the platform's own edge words that.
 */
export type Upstream =
  | { readonly kind: 'app'; readonly port: number; readonly instead?: ServiceAnswer }
  | { readonly kind: 'nothing'; readonly instead?: ServiceAnswer }
  | { readonly kind: 'refused'; readonly instead?: ServiceAnswer };

/** A connection whose client asks for another protocol. */
export interface UpgradedClient {
  readonly incoming: IncomingMessage;
  readonly client: Duplex;
  /** Hears the status before the client does. */
  readonly answered: (status: number) => void;
}

/** Each answers what is sent instead, or a promise of it, from the true answer and the request it was for. */
export type Mutators = Readonly<Record<string, (answer: unknown, request: ServiceRequest) => unknown>>;

/** What of a platform is emulated, as people speak of it. */
export interface EmulatedPart {
  readonly part: string;
  readonly does: string;
  /** Names of its routes, with `*` for any characters. */
  readonly routes: readonly string[];
}

/**
 * One emulated API. `handle` answers undefined for a route it does not know: the front then answers 501 naming
 * the route, and the journal keeps it as unknown, which fails a test.
 */
export interface Service {
  readonly name: string;
  /** Exact host names, or patterns such as `*.fly.dev`. Where two services claim a host, the first that knows the route answers. */
  readonly hosts: readonly string[];
  /** All that `route` may answer for requests the emulator knows: a fault that names another is refused. */
  readonly routes: readonly string[];
  /** The same in words, for whoever asks the cloud what it is. */
  readonly parts?: readonly EmulatedPart[];
  /** The stable name of a route, for faults and the journal: `machines.update`, `graphql.image`. Pure. */
  route(request: ServiceRequest): string | undefined;
  handle(request: ServiceRequest): Promise<ServiceAnswer | undefined>;
  /**
   * For hosts that are applications rather than APIs: where the request is piped, streams and upgrades included.
   * Undefined sends it on to `route` and `handle`. Such traffic has the route name `app`.
   */
  proxyTo?(request: RequestHead): Upstream | undefined | Promise<Upstream | undefined>;
  /** The stable name of an upgrade (WebSocket) that the API takes itself; undefined for one it does not. */
  upgradeRoute?(head: RequestHead): string | undefined;
  /** Takes over a connection for which `upgradeRoute` has a name. */
  upgrade?(head: RequestHead, connection: UpgradedClient): void | Promise<void>;
  /** The application hosts that exist now, for `/_cloud/hosts`. */
  appHosts?(): readonly string[];
  /** Says whether a request changes anything, where method and GraphQL operation do not tell. */
  isMutation?(request: ServiceRequest): boolean | undefined;
  /** Named ways to make a JSON answer wrong but valid, for the fault `wrong`. */
  readonly mutators?: Mutators;
  /** Everything back to the seed; apps stopped. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

/** What every emulator is given. */
export interface CloudContext {
  readonly clock: CloudClock;
  readonly apps: Apps;
  readonly images: Images;
  /** A directory in the git checkout whose commits the emulated GitHub knows. */
  readonly repository?: string;
}

export type ServiceFactory<S extends Service = Service> = (context: CloudContext) => S;
