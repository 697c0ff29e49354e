import { createServer as createHttp2Server } from 'node:http2';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { goodPostgres } from './peers/databases.ts';
import { inTurn } from './peers/peer.ts';
import { goodWebSocket } from './peers/websocket.ts';
import type { Random } from './random.ts';

/** A server as it should be, or nearly: what it says is broken on its way. */
export type GoodServer = (socket: Socket, random: Random) => void;

const packers = { gzip: gzipSync, br: brotliCompressSync, deflate: deflateSync, zstd: zstdCompressSync };

/** An answer of HTTP/1.1 that may be unusual in its status, its coding, its headers and its length. */
function web(body: string): GoodServer {
  return (socket, random) => {
    socket.on('data', () => {
      let bytes: Buffer = Buffer.from(random.next() < 0.1 ? body.repeat(random.below(5000)) : body);
      const codings: string[] = [];
      for (let more = random.next() < 0.3 ? random.below(7) : 0; more > 0; more--) {
        const coding = random.pick<keyof typeof packers>(['gzip', 'br', 'deflate', 'zstd']);
        codings.push(coding);
        bytes = packers[coding](bytes);
      }
      const status =
        random.next() < 0.8 ? 200 : random.pick([100, 101, 103, 204, 206, 304, 401, 503, 599, 999]);
      const length = random.next() < 0.9 ? bytes.length : random.pick([0, 1, -1, 2 ** 31, 1e21]);
      socket.write(
        [
          `HTTP/1.1 ${status} X`,
          `content-type: ${random.pick(['text/html', 'application/json', 'text/html; charset=utf-16', 'x'])}`,
          ...(codings.length === 0 ? [] : [`content-encoding: ${codings.join(', ')}`]),
          ...Array.from({ length: random.next() < 0.1 ? random.below(3000) : 2 }, (_, at) => `x-${at}: a`),
          `content-length: ${length}`,
          '\r\n',
        ].join('\r\n'),
      );
      socket.write(bytes);
    });
  };
}

const http2Server = createHttp2Server().on('stream', (stream) => {
  stream.on('error', () => {});
  stream.respond({ ':status': 200 });
  stream.end('{"commit":"abcdef1","text":"hello"}');
});
const grpcServer = createHttp2Server().on('stream', (stream) => {
  stream.on('error', () => {});
  stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
  stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
  stream.end(Buffer.from('00000000020801', 'hex'));
});
for (const server of [http2Server, grpcServer])
  server.on('sessionError', () => {}).on('session', (session) => session.on('error', () => {}));

const page =
  '<html><link rel=stylesheet href=a.css><script src=a.js></script><img srcset="a.png 1x, b.png 2x">hello';

/** After STARTTLS, TLS with `identity`. */
const mail =
  (identity: { readonly cert: string; readonly key: string }): GoodServer =>
  (socket) => {
    socket.write('220 mail\r\n');
    socket.on('data', function talk(line: Buffer) {
      if (!line.includes('STARTTLS')) return void socket.write('250-mail\r\n250 STARTTLS\r\n');
      socket.off('data', talk);
      socket.write('220 go\r\n');
      new TLSSocket(socket, { ...identity, isServer: true }).on('error', () => {});
    });
  };

/** By the type of check that asks. */
export function goodServers(identity: {
  readonly cert: string;
  readonly key: string;
}): Readonly<Record<string, GoodServer>> {
  const json = web('{"commit":"abcdef1","text":"hello"}');
  const http2: GoodServer = (socket) => void http2Server.emit('connection', socket);
  const grpc: GoodServer = (socket) => void grpcServer.emit('connection', socket);
  const redis = inTurn('+OK\r\n', '+OK\r\n', '+PONG\r\n');
  const postgres: GoodServer = (socket) => goodPostgres(socket);
  return {
    http: json,
    https: json,
    http2,
    'http2 over tls': http2,
    tls: json,
    tcp: (socket) => void socket.on('data', () => socket.write('pong\n')),
    'tcp with starttls': mail(identity),
    websocket: goodWebSocket,
    'websocket over tls': goodWebSocket,
    grpc,
    'grpc over tls': grpc,
    assets: web(page),
    postgres,
    'postgres with a query': postgres,
    redis,
    rediss: inTurn('+PONG\r\n'),
    release: json,
  };
}
