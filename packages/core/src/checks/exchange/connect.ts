import { request } from 'node:http';
import type { Socket } from 'node:net';
import { isIP, isIPv6, connect as openTcp } from 'node:net';
import { connect as openTls } from 'node:tls';
import type { AttemptWatch } from './attempt-watch.ts';
import { proxyAuthorization } from './proxy.ts';
import { Trouble } from './trouble.ts';

/** Where a connection goes; IPv6 addresses without brackets. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** A connection of this attempt's own to the host of `url`, secured when it is https; through `proxy` by CONNECT. */
export async function connectTo(url: URL, proxy: URL | undefined, watch: AttemptWatch): Promise<Socket> {
  const secure = url.protocol === 'https:';
  // Plain http goes to the proxy itself, which is asked for the whole URL.
  const socket =
    proxy === undefined || secure
      ? await openTunnel(addressOf(url), proxy, watch)
      : await openTunnel(addressOf(proxy), undefined, watch);
  const ready = secure ? await handshake(socket, hostOf(url), watch) : socket;
  watch.ready();
  return ready;
}

/**
 * Plain bytes to and from `address`: directly, or by CONNECT where a proxy is given. The caller tells the watch when
 * the connection is `ready()`, after whatever handshake it makes on top.
 */
export async function openTunnel(
  address: Address,
  proxy: URL | undefined,
  watch: AttemptWatch,
): Promise<Socket> {
  watch.connecting();
  const tcp = await dial(proxy === undefined ? address : addressOf(proxy), watch);
  const tunnel = proxy === undefined ? tcp : await throughProxy(tcp, address, proxy);
  watch.onCut((why) => tunnel.destroy(why));
  watch.connected();
  return tunnel;
}

function dial({ host, port }: Address, watch: AttemptWatch): Promise<Socket> {
  const socket = openTcp({ host, port, noDelay: true });
  watch.onCut((why) => socket.destroy(why));
  // Between the handlers of one step and those of the next an error would otherwise end the process.
  socket.on('error', () => {});
  if (isIP(host) !== 0) watch.resolved(false);
  socket.once('lookup', (error) => {
    if (!error) watch.resolved(true);
  });
  return opened(socket, 'connect');
}

async function throughProxy(tcp: Socket, { host, port }: Address, proxy: URL): Promise<Socket> {
  const carrier = proxy.protocol === 'https:' ? await secured(tcp, hostOf(proxy)) : tcp;
  const authority = `${isIPv6(host) ? `[${host}]` : host}:${port}`;
  const authorization = proxyAuthorization(proxy);
  const ask = request({
    createConnection: () => carrier,
    method: 'CONNECT',
    path: authority,
    headers: {
      host: authority,
      ...(authorization === undefined ? {} : { 'proxy-authorization': authorization }),
    },
  });
  return new Promise((resolve, reject) => {
    ask.once('error', reject);
    ask.once('connect', (answer, socket, head) => {
      if (answer.statusCode === 200) {
        // A server that speaks first may be heard together with the proxy's answer.
        if (head.length > 0) socket.unshift(head);
        return resolve(socket);
      }
      socket.destroy();
      reject(
        new Trouble(
          'connect',
          `the proxy ${proxy.host} answered ${answer.statusCode} to CONNECT ${authority}`,
        ),
      );
    });
    ask.end();
  });
}

async function handshake(tcp: Socket, host: string, watch: AttemptWatch): Promise<Socket> {
  const socket = await secured(tcp, host, watch);
  watch.secured();
  return socket;
}

function secured(tcp: Socket, host: string, watch?: AttemptWatch): Promise<Socket> {
  // A server name may not be an address.
  const socket = openTls({
    socket: tcp,
    host,
    servername: isIP(host) === 0 ? host : '',
    ALPNProtocols: ['http/1.1'],
  });
  watch?.onCut((why) => socket.destroy(why));
  socket.on('error', () => {});
  return opened(socket, 'secureConnect');
}

/** Waits for `event`; rejects with the socket's error, or when it closes first. */
export function opened<S extends Socket>(socket: S, event: 'connect' | 'secureConnect'): Promise<S> {
  return new Promise((resolve, reject) => {
    const closed = () => reject(new Error('the connection was closed'));
    socket.once('error', reject);
    socket.once('close', closed);
    socket.once(event, () => {
      socket.off('error', reject);
      socket.off('close', closed);
      resolve(socket);
    });
  });
}

function addressOf(url: URL): Address {
  return { host: hostOf(url), port: portOf(url) };
}

/** The host of a URL; IPv6 addresses lose their brackets. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}

export function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'https:' || url.protocol === 'wss:' ? 443 : 80;
}
