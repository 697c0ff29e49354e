import { createSocket } from 'node:dgram';
import type { AddressInfo, Server, Socket } from 'node:net';
import { connect, createServer } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { Authority } from '../support/certificates.ts';
import { goodServers } from './good-servers.ts';
import { mutation } from './mutation.ts';
import { goodAnswer } from './peers/dns.ts';
import { reset } from './peers/peer.ts';
import { seeded } from './random.ts';

/** For each order of its parent, one good server whose words are broken on their way: a process of its own, so that the memory of the checks is theirs. */
export interface Order {
  readonly id: number;
  readonly type: string;
  readonly seed: number;
}

const root = new Authority('Hostile Root');
const identity = root.leaf({ names: ['127.0.0.1'] });
const good = goodServers(identity);
const closing = new Map<number, () => void>();

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

async function serve({ id, type, seed }: Order): Promise<number> {
  if (type === 'dns') return serveDns(id, seed);
  const random = seeded(seed);
  const sockets = new Set<Socket>();
  const kept = (socket: Socket) => {
    sockets.add(socket.on('error', () => {}));
    return socket;
  };
  const byTls = /over tls|https|rediss|^tls/.test(type);
  // What is broken may be the words or the encryption around them.
  const insideTls = byTls && random.next() < 0.7;
  const speak = (socket: Socket) => good[type]?.(kept(socket), random);
  const options = {
    ...identity,
    ALPNProtocols: type.startsWith('http2') || type.startsWith('grpc') ? ['h2'] : ['http/1.1'],
  };
  const origin = byTls && !insideTls ? createTlsServer(options, speak) : createServer(speak);
  const originPort = await listening(origin);
  const relay = (client: Socket) => {
    kept(client);
    const server = kept(connect(originPort, '127.0.0.1'));
    const mutate = mutation(random);
    client.on('data', (words) => server.write(words)).on('close', () => server.destroy());
    server.on('close', () => client.end());
    server.on('data', (words) => {
      const { pieces, after } = mutate(words);
      for (const piece of pieces) client.write(piece);
      if (after === 'ends') client.end();
      if (after === 'is reset') reset(client);
      if (after === 'stalls') server.pause();
    });
  };
  const front = insideTls ? createTlsServer(options, relay) : createServer(relay);
  for (const server of [origin, front]) server.on('tlsClientError', () => {});
  closing.set(id, () => {
    origin.close();
    front.close();
    for (const socket of sockets) socket.destroy();
  });
  return listening(front);
}

async function serveDns(id: number, seed: number): Promise<number> {
  const mutate = mutation(seeded(seed));
  const socket = createSocket('udp4').on('error', () => {});
  socket.on('message', (query, from) => {
    for (const piece of mutate(goodAnswer(query)).pieces)
      socket.send(piece.subarray(0, 9000), from.port, from.address);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  closing.set(id, () => socket.close());
  return socket.address().port;
}

process.on('message', (order: Order | { readonly done: number }) => {
  if ('done' in order) {
    closing.get(order.done)?.();
    closing.delete(order.done);
  } else void serve(order).then((port) => process.send?.({ id: order.id, port }));
});
process.send?.({ root: root.cert });
process.once('disconnect', () => process.exit());
