import type { IncomingMessage } from 'node:http';
import { flushCompileCache } from 'node:module';
import type { Duplex } from 'node:stream';
import type { WebSocketServer } from 'ws';

let server: Promise<WebSocketServer> | undefined;

/** `/live`: every message comes back as it was. */
export async function joinLive(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
  server ??= openServer();
  const open = await server;
  open.handleUpgrade(request, socket, head, (client) => {
    client.on('message', (data, binary) => client.send(data, { binary }));
    client.on('error', () => client.terminate());
  });
}

/** Loaded when the first socket is asked for: few instances ever are. */
async function openServer(): Promise<WebSocketServer> {
  const { WebSocketServer: Server } = await import('ws');
  flushCompileCache();
  return new Server({ noServer: true });
}
