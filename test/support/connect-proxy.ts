import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

/** How a proxy answers: it tunnels to `to` whatever the host, refuses, hangs up, or never answers. */
export type ProxyMood =
  | { readonly kind: 'tunnels'; readonly to: number }
  | { readonly kind: 'refuses'; readonly status: number }
  | { readonly kind: 'hangs-up' }
  | { readonly kind: 'never-answers' };

export interface ConnectProxy extends AsyncDisposable {
  readonly port: number;
  /** `CONNECT api.fly.io:443`, or `GET http://host/path` of a plain request. */
  readonly asked: readonly string[];
  /** The `proxy-authorization` of each of them. */
  readonly credentials: readonly (string | undefined)[];
}

/** A small proxy on loopback; plain requests are answered by itself. */
export async function connectProxy(mood: ProxyMood): Promise<ConnectProxy> {
  const asked: string[] = [];
  const credentials: (string | undefined)[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    credentials.push(request.headers['proxy-authorization']);
    if (mood.kind === 'refuses') response.writeHead(mood.status);
    response.end('by the proxy');
  });
  server.on('connection', (socket) => sockets.add(socket));
  server.on('connect', (request, socket: Socket) => {
    asked.push(`CONNECT ${request.url}`);
    credentials.push(request.headers['proxy-authorization']);
    socket.on('error', () => {});
    answer(mood, socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    credentials,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function answer(mood: ProxyMood, socket: Socket): void {
  if (mood.kind === 'hangs-up') socket.destroy();
  if (mood.kind === 'refuses') socket.end(`HTTP/1.1 ${mood.status} No\r\nContent-Length: 0\r\n\r\n`);
  if (mood.kind !== 'tunnels') return;
  const upstream = connect(mood.to, '127.0.0.1', () => {
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    upstream.pipe(socket).pipe(upstream);
  });
  upstream.on('error', () => socket.destroy());
  socket.on('close', () => upstream.destroy());
}
