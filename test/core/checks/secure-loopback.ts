import {
  createServer,
  rootCertificates,
  setDefaultCACertificates,
  type TLSSocket,
  type TlsOptions,
} from 'node:tls';
import { Authority, type Identity } from '../../support/certificates.ts';
import { listen } from './loopback.ts';

/** The authority that `trustTestRoot` makes known to this process. */
export const testRoot = new Authority('Test Root');

/** What NODE_EXTRA_CA_CERTS does before a process starts, done later. */
export function trustTestRoot(): void {
  setDefaultCACertificates([...rootCertificates, testRoot.cert]);
}

/** A TLS server on loopback; answers its port. Clients that leave in the middle do it no harm. */
export async function serveTls(
  options: TlsOptions,
  onConnection: (socket: TLSSocket) => void = () => {},
): Promise<number> {
  const server = createServer(options, (socket) => {
    socket.on('error', () => {});
    onConnection(socket);
  });
  server.on('tlsClientError', () => {});
  return listen(server);
}

/** The certificates a server sends, in this order, with the key of the first. */
export function chained({ cert, key }: Identity, ...others: readonly { readonly cert: string }[]): Identity {
  return { cert: [cert, ...others.map((one) => one.cert)].join(''), key };
}
