import { request } from 'node:http';
import type { Socket } from 'node:net';
import { isIP, isIPv6, connect as openTcp } from 'node:net';
import { lateTls } from '../../io/late-builtins.ts';
import type { Address } from './address.ts';
import { addressOf, hostOf } from './address.ts';
import type { AttemptWatch } from './attempt-watch.ts';
import { ExchangeError } from './exchange-error.ts';
import { refuseStrays } from './interim-answers.ts';
import { proxyAuthorization } from './proxy.ts';
import type { Route } from './route.ts';
import { routed, routedByProxy } from './route.ts';
import { serverNameOf } from './server-name.ts';

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
  const tunnel =
    proxy === undefined ? await dial(address, watch, watch.route) : await viaProxy(address, proxy, watch);
  watch.onCut((why) => tunnel.destroy(why));
  watch.count(tunnel);
  watch.connected();
  return tunnel;
}

/** A route is for the host that is asked, and not for the proxy on the way there. */
async function viaProxy(address: Address, proxy: URL, watch: AttemptWatch): Promise<Socket> {
  const target = await routedByProxy(address, watch.route);
  return throughProxy(await dial(addressOf(proxy), watch), target, proxy);
}

async function dial(address: Address, watch: AttemptWatch, route?: Route): Promise<Socket> {
  const { host, port } = routed(address, route);
  const family = route?.family === undefined ? {} : { family: route.family, autoSelectFamily: false };
  const socket = openTcp({ host, port, noDelay: true, ...family });
  watch.onCut((why) => socket.destroy(why));
  // Between the handlers of one step and those of the next an error would otherwise end the process.
  socket.on('error', ignored);
  if (isIP(host) !== 0) watch.resolved(false);
  const onLookup = (error: Error | null) => {
    if (!error) watch.resolved(true);
  };
  socket.once('lookup', onLookup);
  try {
    return await opened(socket, 'connect');
  } finally {
    // A connection may outlive the attempt, and must not hold what that has heard.
    socket.off('lookup', onLookup);
  }
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
    refuseStrays(ask, reject);
    ask.once('connect', (answer, socket, head) => {
      if (answer.statusCode === 200) {
        // A server that speaks first may be heard together with the proxy's answer.
        if (head.length > 0) socket.unshift(head);
        return resolve(socket);
      }
      socket.destroy();
      reject(
        new ExchangeError(
          'connect',
          `the proxy ${proxy.host} answered ${answer.statusCode} to CONNECT ${authority}`,
        ),
      );
    });
    ask.end();
  });
}

function secured(tcp: Socket, host: string): Promise<Socket> {
  const socket = lateTls().connect({
    socket: tcp,
    host,
    servername: serverNameOf(host),
    ALPNProtocols: ['http/1.1'],
  });
  socket.on('error', ignored);
  return opened(socket, 'secureConnect');
}

/** A listener of its own would hold what stands around it, and a connection may outlive its attempt. */
export function ignored(): void {}

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
