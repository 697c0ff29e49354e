import { request } from 'node:http';
import type { Socket } from 'node:net';
import { isIP, connect as openTcp } from 'node:net';
import { connect as openTls } from 'node:tls';
import type { AttemptWatch } from './attempt-watch.ts';
import { proxyAuthorization } from './proxy.ts';
import { Trouble } from './trouble.ts';

/** A connection of this attempt's own to the host of `url`, secured when it is https; through `proxy` by CONNECT. */
export async function connectTo(url: URL, proxy: URL | undefined, watch: AttemptWatch): Promise<Socket> {
  watch.connecting();
  const secure = url.protocol === 'https:';
  const first = proxy ?? url;
  const tcp = await dial(hostOf(first), portOf(first), watch);
  const tunnel = proxy !== undefined && secure ? await throughProxy(tcp, url, proxy) : tcp;
  watch.connected();
  const socket = secure ? await handshake(tunnel, hostOf(url), watch) : tunnel;
  watch.ready();
  return socket;
}

function dial(host: string, port: number, watch: AttemptWatch): Promise<Socket> {
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

async function throughProxy(tcp: Socket, url: URL, proxy: URL): Promise<Socket> {
  const carrier = proxy.protocol === 'https:' ? await secured(tcp, hostOf(proxy)) : tcp;
  const authority = `${url.hostname}:${portOf(url)}`;
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
    ask.once('connect', (answer, socket) => {
      if (answer.statusCode === 200) return resolve(socket);
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

function opened(socket: Socket, event: 'connect' | 'secureConnect'): Promise<Socket> {
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

function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}

function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'https:' ? 443 : 80;
}
