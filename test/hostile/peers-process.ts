import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { Authority } from '../support/certificates.ts';
import { serveDns } from './dns-server.ts';
import { dnsPeers } from './peers/dns.ts';
import { peers } from './peers/index.ts';

/** Starts every peer and tells its parent where: in a process of its own, so that the time and memory of the checks are theirs. */
const root = new Authority('Hostile Root');
const identity = root.leaf({ names: ['127.0.0.1'] });

const guarded = (meet: (socket: Socket) => void) => (socket: Socket) => {
  socket.on('error', () => {});
  meet(socket);
};

const ports: [string, number][] = [];
for (const { name, secure, meet } of peers) {
  const server =
    secure === true
      ? createTlsServer({ ...identity, ALPNProtocols: ['h2', 'http/1.1'] }, guarded(meet))
      : createServer(guarded(meet));
  server.on('tlsClientError', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ports.push([name, (server.address() as AddressInfo).port]);
}
for (const [name, answer] of Object.entries(dnsPeers)) ports.push([`DNS: ${name}`, await serveDns(answer)]);
process.send?.({ ports, root: root.cert });
process.once('disconnect', () => process.exit());
