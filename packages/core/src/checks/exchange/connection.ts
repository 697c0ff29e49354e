import type { Socket } from 'node:net';
import type { AgentLike } from './carrier.ts';
import type { CertificateFacts } from './certificate.ts';

/** A connection that may carry one request after the other. */
export interface SharedConnection extends WebConnection {
  /** What was asked over it, by `carrier`, has ended, and the server keeps it open. */
  isFree: boolean;
  readonly carrier: AgentLike;
}

/** A connection ready for one request. */
export interface WebConnection {
  readonly socket: Socket;
  /** The proxy that is asked for the whole URL. */
  readonly plainProxy: URL | undefined;
  /** The address that answered; undefined when a proxy knows it and we do not. */
  readonly ip: string | undefined;
  readonly certificate: CertificateFacts | undefined;
}
