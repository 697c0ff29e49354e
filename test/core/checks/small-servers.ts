import { createSocket } from 'node:dgram';
import { createServer } from 'node:http';
import { createServer as createHttp2Server } from 'node:http2';
import type { Answer } from 'dns-packet';
import { decode, encode, RECURSION_AVAILABLE } from 'dns-packet';
import type { WebSocket } from 'ws';
import { WebSocketServer } from 'ws';
import { listen } from './loopback.ts';

export interface GrpcAnswer {
  /** Of HTTP; 200 unless said. */
  readonly http?: number;
  /** `grpc-status`; 0 unless said. */
  readonly status?: number | 'none';
  /** Of the health service, by number; none comes with a status that is a failure. */
  readonly health?: number;
}

/** A gRPC server in the clear whose health service answers so; answers its port. */
export function serveHealth({ http = 200, status = 0, health = 1 }: GrpcAnswer): Promise<number> {
  const server = createHttp2Server();
  server.on('sessionError', () => {});
  server.on('stream', (stream) => {
    stream.on('error', () => {});
    const trailers = status === 'none' ? {} : { 'grpc-status': String(status) };
    stream.respond({ ':status': http, 'content-type': 'application/grpc' }, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers(trailers));
    stream.end(status === 0 || status === 'none' ? Buffer.from([0, 0, 0, 0, 2, 8, health]) : undefined);
  });
  return listen(server);
}

const sockets: (() => void)[] = [];

/** Closes what `serveDns` has opened; call it in `afterEach`. */
export function closeSockets(): void {
  for (const close of sockets.splice(0)) close();
}

export interface Zone {
  /** The response code by number; `silent` never answers. */
  readonly rcode?: number | 'silent';
  readonly answers?: readonly Answer[];
}

/** A DNS server on loopback that answers every question so; its port, and the names it was asked for. */
export async function serveDns({ rcode = 0, answers = [] }: Zone) {
  const asked: string[] = [];
  const socket = createSocket('udp4');
  socket.on('message', (bytes, { port, address }) => {
    const { id, questions = [] } = decode(bytes);
    asked.push(...questions.map(({ type, name }) => `${type} ${name}`));
    if (rcode === 'silent') return;
    const flags = RECURSION_AVAILABLE | rcode;
    socket.send(
      encode({
        type: 'response',
        ...(id === undefined ? {} : { id }),
        flags,
        questions,
        answers: [...answers],
      }),
      port,
      address,
    );
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  sockets.push(() => socket.close());
  return { port: socket.address().port, asked };
}

/** A WebSocket server that does so with every connection; answers its port. */
export function serveWebSocket(onConnection: (socket: WebSocket) => void): Promise<number> {
  const server = createServer();
  new WebSocketServer({ server }).on('connection', (socket) => {
    socket.on('error', () => {});
    onConnection(socket);
  });
  return listen(server);
}
