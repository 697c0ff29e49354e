import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** What one request gets; the next request gets the next one, and the last is repeated. */
export type Scene = (request: IncomingMessage, response: ServerResponse) => void;

export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  /** Which connection it came on, from 1. */
  readonly connection: number;
}

export interface ScriptedServer extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  readonly received: readonly Received[];
}

/** A plain HTTP server on loopback that plays its scenes in order. */
export async function scriptedServer(...scenes: readonly Scene[]): Promise<ScriptedServer> {
  const received: Received[] = [];
  const sockets: Socket[] = [];
  const server = createServer(async (request, response) => {
    const at = received.length;
    const { method = '', url: path = '', headers } = request;
    const entry = { method, path, headers, body: '', connection: sockets.indexOf(request.socket) + 1 };
    received.push(entry);
    try {
      for await (const chunk of request) entry.body += chunk;
    } catch {
      // Who cuts its request gets no answer.
      return;
    }
    (scenes[at] ?? scenes.at(-1))?.(request, response);
  });
  server.on('connection', (socket) => sockets.push(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    received,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function answers(
  status: number,
  body: string | object = '',
  headers: Record<string, string> = {},
): Scene {
  const json = typeof body === 'object';
  const type = { 'content-type': json ? 'application/json' : 'text/plain' };
  return (_, response) => {
    response.writeHead(status, { ...type, ...headers }).end(json ? JSON.stringify(body) : body);
  };
}

/** The connection is reset without an answer; whether the request took effect, its sender cannot know. */
export const resets: Scene = (request) => {
  request.socket.resetAndDestroy();
};

/** Nothing ever comes. */
export const stalls: Scene = () => {};

/** Fewer bytes come than were promised. */
export const truncates: Scene = (request, response) => {
  response.writeHead(200, { 'content-length': '1000' }).write('half of');
  setTimeout(() => request.socket.destroy(), 20);
};
