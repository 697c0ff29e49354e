import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { type IncomingHttpHeaders, request } from 'node:http';
import { request as secureRequest } from 'node:https';
import type { Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { connect, type TLSSocket } from 'node:tls';

export interface ProxyEnd {
  readonly proxyUrl: string;
  readonly caFile: string;
}

export interface Received {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Asks a proxy for a tunnel: its status, and the socket behind a 200. */
export async function tunnelTo(
  cloud: ProxyEnd,
  authority: string,
): Promise<{ status: number; socket: Socket }> {
  const { hostname, port } = new URL(cloud.proxyUrl);
  const asking = request({ host: hostname, port, method: 'CONNECT', path: authority, agent: false });
  asking.end();
  const [answer, socket] = await once(asking, 'connect');
  return { status: answer.statusCode, socket };
}

/** A TLS connection to a production host name through the proxy, certificate verified. */
export async function secureTunnel(cloud: ProxyEnd, host: string): Promise<TLSSocket> {
  const { status, socket } = await tunnelTo(cloud, `${host}:443`);
  if (status !== 200) throw new Error(`CONNECT ${host}:443 → ${status}`);
  const secure = connect({ socket, servername: host, ca: await readFile(cloud.caFile) });
  await once(secure, 'secureConnect');
  return secure;
}

/** One HTTPS request through the proxy, on a connection of its own. */
export async function proxied(
  cloud: ProxyEnd,
  url: string,
  init: {
    method?: string;
    headers?: Record<string, string>;
    body?: string | Buffer;
    signal?: AbortSignal;
  } = {},
): Promise<Received> {
  const { hostname: host } = new URL(url);
  const secure = await secureTunnel(cloud, host);
  const { body, headers, ...options } = init;
  const asking = secureRequest(url, {
    ...options,
    headers: { host, ...headers },
    createConnection: () => secure,
  });
  asking.end(body);
  try {
    const [answer] = await once(asking, 'response');
    return { status: answer.statusCode, headers: answer.headers, text: await text(answer) };
  } finally {
    secure.destroy();
  }
}
