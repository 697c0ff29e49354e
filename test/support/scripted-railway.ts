import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { text } from 'node:stream/consumers';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { type WebSocket, WebSocketServer } from 'ws';
import { systemClock } from '../../packages/core/src/io/clock.ts';
import { createHttp } from '../../packages/core/src/io/http/create-http.ts';
import type { Http } from '../../packages/core/src/io/http.ts';
import { CertificateAuthority } from '../../packages/local-cloud/src/front/authority.ts';
import { type ConnectProxy, connectProxy } from './connect-proxy.ts';
import { type RailwayScript, ScriptedAnswers } from './railway-answers.ts';

/** One stream that a client asked for. */
export interface Stream {
  readonly operation: string;
  readonly variables: Readonly<Record<string, unknown>>;
  next(data: object): void;
  complete(): void;
  fail(message: string): void;
}

/** How the socket's upgrade goes. */
export type SocketMood = 'works' | 'refused' | 'stalls' | 'never acknowledges';

export interface ScriptedRailway extends AsyncDisposable {
  /** What a client needs: the proxy by which the production name leads here. */
  readonly env: { readonly HTTPS_PROXY: string };
  readonly http: Http;
  readonly answers: ScriptedAnswers;
  readonly proxy: ConnectProxy;
  /** Headers of each upgrade that was asked for. */
  readonly upgrades: readonly Readonly<Record<string, unknown>>[];
  /** Streams that were asked for and not ended, in their order. */
  readonly streams: readonly Stream[];
  /** Sockets that are open. */
  readonly open: number;
  mood: SocketMood;
  /** Told each stream as it is asked for. */
  onSubscribe: (stream: Stream) => void;
  /** Sends to every stream of an operation. */
  push(operation: string, data: object): void;
  /** Cuts every socket off without a word. */
  drop(): void;
  /** Stops reading every socket: no pings are answered any more. */
  freeze(): void;
}

/** Railway's API on loopback as its script says, over TLS, by its production name behind a proxy. This process trusts it until it is closed. */
export async function scriptedRailway(script: RailwayScript): Promise<ScriptedRailway> {
  const trusted = getCACertificates('default');
  const authority = new CertificateAuthority();
  setDefaultCACertificates([...trusted, authority.pem]);
  const answers = new ScriptedAnswers(script);
  const sockets = new Set<Duplex>();
  const server = createServer(
    { SNICallback: (name, answer) => answer(null, authority.contextFor(name)) },
    async (request, response) => {
      const given = answers.answer(await text(request), request.headers);
      const status = 'status' in given ? given.status : 200;
      const body = 'status' in given ? (given.text ?? '') : JSON.stringify(given);
      response.writeHead(status, 'status' in given ? given.headers : {}).end(body);
    },
  );
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
  });
  const upgrades: Readonly<Record<string, unknown>>[] = [];
  const streams = new Set<Stream>();
  const clients = new Map<WebSocket, Duplex>();
  const upgrader = new WebSocketServer({ noServer: true, handleProtocols: () => 'graphql-transport-ws' });
  server.on('upgrade', (request, socket: Duplex, head) => {
    upgrades.push(request.headers);
    if (railway.mood === 'refused') socket.end('HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n');
    if (railway.mood === 'refused' || railway.mood === 'stalls') return;
    upgrader.handleUpgrade(request, socket, head, (client) => {
      clients.set(client, socket);
      client.on('error', () => {});
      client.on('close', () => {
        clients.delete(client);
        for (const stream of ownedBy(client)) streams.delete(stream);
      });
      client.on('message', (message) => hear(client, JSON.parse(String(message))));
    });
  });
  const owners = new Map<Stream, WebSocket>();
  const ownedBy = (client: WebSocket) => [...streams].filter((stream) => owners.get(stream) === client);

  function hear(client: WebSocket, { type, id, payload }: Frame): void {
    const send = (frame: object) => client.send(JSON.stringify(frame));
    if (type === 'connection_init' && railway.mood === 'works') send({ type: 'connection_ack' });
    if (type !== 'subscribe') return;
    const stream: Stream = {
      operation: payload.operationName,
      variables: payload.variables,
      next: (data) => send({ id, type: 'next', payload: { data } }),
      complete() {
        streams.delete(stream);
        send({ id, type: 'complete' });
      },
      fail(message) {
        streams.delete(stream);
        send({ id, type: 'error', payload: [{ message }] });
      },
    };
    owners.set(stream, client);
    streams.add(stream);
    railway.onSubscribe(stream);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const proxy = await connectProxy({ kind: 'tunnels', to: port });
  const env = { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` };
  const railway: ScriptedRailway = {
    env,
    http: createHttp({ clock: systemClock, env, userAgent: 'belay/test' }),
    answers,
    proxy,
    upgrades,
    get streams() {
      return [...streams];
    },
    get open() {
      return clients.size;
    },
    mood: 'works',
    onSubscribe: () => {},
    push(operation, data) {
      for (const stream of streams) if (stream.operation === operation) stream.next(data);
    },
    drop() {
      for (const client of clients.keys()) client.terminate();
    },
    freeze() {
      for (const socket of clients.values()) socket.pause();
    },
    async [Symbol.asyncDispose]() {
      setDefaultCACertificates(trusted);
      for (const client of clients.keys()) client.terminate();
      for (const socket of sockets) socket.destroy();
      await proxy[Symbol.asyncDispose]();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return railway;
}

interface Frame {
  readonly type: string;
  readonly id: string;
  readonly payload: { readonly operationName: string; readonly variables: Record<string, unknown> };
}
