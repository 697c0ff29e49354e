import type { Socket } from 'node:net';
import { isIP } from 'node:net';
import type { ConnectionOptions, TLSSocket } from 'node:tls';
import { connect as openTls } from 'node:tls';
import type { AttemptWatch } from './attempt-watch.ts';
import type { CertificateFacts } from './certificate.ts';
import { describeCertificate } from './certificate.ts';
import { addressOf, hostOf, opened, openTunnel } from './connect.ts';
import type { ExchangeRequest } from './exchange.ts';
import type { Proxies } from './proxy.ts';
import { proxyFor } from './proxy.ts';
import { Trouble } from './trouble.ts';

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

/** A connection ready for one request. */
export interface WebConnection {
  readonly socket: Socket;
  /** The proxy that is asked for the whole URL. */
  readonly plainProxy: URL | undefined;
  /** The address that answered; undefined when a proxy knows it and we do not. */
  readonly ip: string | undefined;
  readonly certificate: CertificateFacts | undefined;
}

/** A connection of this attempt's own to the host of the request, secured when it is https; through a proxy by CONNECT. */
export async function connectWeb(
  request: ExchangeRequest,
  proxies: Proxies,
  watch: AttemptWatch,
): Promise<WebConnection> {
  const { url, version } = request;
  const proxy = chosenProxy(request, proxies);
  const secure = url.protocol === 'https:';
  // Plain http goes to the proxy itself, which is asked for the whole URL; it would choose version and address.
  const plainProxy = secure || version === '2' || watch.route !== undefined ? undefined : proxy;
  const tcp =
    plainProxy === undefined
      ? await openTunnel(addressOf(url), proxy, watch)
      : await openTunnel(addressOf(plainProxy), undefined, watch);
  const ip = proxy === undefined ? tcp.remoteAddress : undefined;
  if (ip !== undefined) admitted(tcp, () => request.onAddress?.(ip));
  const socket = secure ? await handshake(tcp, request, watch) : tcp;
  watch.ready();
  const certificate =
    request.wantsCertificate === true && socket !== tcp
      ? describeCertificate(socket as TLSSocket)
      : undefined;
  return { socket, plainProxy, ip, certificate };
}

/** A connection to where it may not go is of no use to anyone. */
function admitted(tcp: Socket, admit: () => void): void {
  try {
    admit();
  } catch (error) {
    tcp.destroy();
    throw error;
  }
}

/** The proxy of the request itself, else of the environment. */
export function chosenProxy(
  { url, proxy }: Pick<ExchangeRequest, 'url' | 'proxy'>,
  proxies: Proxies,
): URL | undefined {
  if (proxy === undefined) return proxyFor(url, proxies);
  return proxy === 'none' ? undefined : proxy;
}

async function handshake(
  tcp: Socket,
  { url, version, tls }: ExchangeRequest,
  watch: AttemptWatch,
): Promise<TLSSocket> {
  const { serverName, verify = true, ...terms } = tls ?? {};
  const host = serverName ?? hostOf(url);
  const socket = openTls({
    ...terms,
    socket: tcp,
    host,
    // A server name may not be an address.
    servername: isIP(host) === 0 ? host : '',
    rejectUnauthorized: verify,
    ALPNProtocols: version === '2' ? ['h2', 'http/1.1'] : ['http/1.1'],
  });
  watch.onCut((why) => socket.destroy(why));
  socket.on('error', () => {});
  await opened(socket, 'secureConnect');
  watch.secured();
  if (version === '2' && socket.alpnProtocol !== 'h2') {
    socket.destroy();
    throw new Trouble(
      'assertion',
      `the server does not speak HTTP/2: it chose ${socket.alpnProtocol || 'nothing'}`,
    );
  }
  return socket;
}
