import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { lateTls } from '../../io/late-builtins.ts';
import { addressOf, hostOf } from './address.ts';
import type { AttemptWatch } from './attempt-watch.ts';
import { describeCertificate } from './certificate.ts';
import { ignored, opened, openTunnel } from './connect.ts';
import type { WebConnection } from './connection.ts';
import { ExchangeError } from './exchange-error.ts';
import type { Lease } from './lease.ts';
import type { ExchangeRequest } from './message.ts';
import type { Proxies } from './proxy.ts';
import { proxyFor } from './proxy.ts';
import { serverNameOf } from './server-name.ts';
import type { TlsSession } from './tls-memory.ts';

/** How a host is reached. */
export interface WebLine {
  readonly proxies: Proxies;
  readonly watch: AttemptWatch;
  /** What shapes the connection: `connectionKey`. */
  readonly key: string;
}

/** A connection of this attempt's own to the host of the request, secured when it is https; through a proxy by CONNECT. */
export async function connectWeb(
  request: ExchangeRequest,
  { proxies, watch, key }: WebLine,
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
  const socket = secure ? await handshake(tcp, request, { watch, key }) : tcp;
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
  { watch, key }: Pick<WebLine, 'watch' | 'key'>,
): Promise<TLSSocket> {
  const { serverName, verify = true, ...terms } = tls ?? {};
  const host = serverName ?? hostOf(url);
  const lease = watch.connections;
  const sharing = lease?.shares === true && version !== '2' ? lease : undefined;
  const session = sharing?.tls.sessionFor(key, sharing);
  const socket = lateTls().connect({
    ...(lease === undefined ? terms : { secureContext: lease.tls.contextFor(terms) }),
    ...(session === undefined ? {} : { session: session.ticket }),
    socket: tcp,
    host,
    servername: serverNameOf(host),
    rejectUnauthorized: verify,
    ALPNProtocols: version === '2' ? ['h2', 'http/1.1'] : ['http/1.1'],
  });
  watch.onCut((why) => socket.destroy(why));
  socket.on('error', ignored);
  const keepNewest = sharing === undefined ? undefined : keeper(socket, { key, verify, session, sharing });
  await opened(socket, 'secureConnect');
  keepNewest?.();
  watch.secured();
  if (version === '2' && socket.alpnProtocol !== 'h2') {
    socket.destroy();
    throw new ExchangeError(
      'assertion',
      `the server does not speak HTTP/2: it chose ${socket.alpnProtocol || 'nothing'}`,
    );
  }
  return socket;
}

interface Keeping {
  readonly key: string;
  readonly verify: boolean;
  /** What the handshake offered. */
  readonly session: TlsSession | undefined;
  readonly sharing: Lease;
}

/** Remembers the sessions of a socket; what it answers is to be called once the handshake is over. */
function keeper(socket: TLSSocket, { key, verify, session, sharing }: Keeping): () => void {
  const { tls } = sharing;
  let newest: Buffer | undefined;
  const fresh = tls.proofOf(sharing);
  const keep = () => {
    // One that comes before the certificate is looked at has no name checked; nor is any checked when it is resumed.
    if (newest === undefined || !(socket.authorized || !verify)) return;
    const proof = session !== undefined && socket.isSessionReused() ? session.proof : fresh;
    tls.keep(key, { ticket: newest, proof });
  };
  socket.on('session', (one: Buffer) => {
    newest = one;
    keep();
  });
  return keep;
}
