import type { ConnectionOptions } from 'node:tls';

/** How the server is to be trusted, and what it is shown; Node's own defaults where absent. */
export interface TlsTerms {
  /** Authorities in place of the known ones, PEM. */
  readonly ca?: string;
  /** Our own certificate and its key, PEM. */
  readonly cert?: string;
  readonly key?: string;
  readonly passphrase?: string;
  /** The name to ask for and to expect, in place of the host's. */
  readonly serverName?: string;
  readonly minVersion?: NonNullable<ConnectionOptions['minVersion']>;
  /** False to accept any certificate. */
  readonly verify: boolean;
}
