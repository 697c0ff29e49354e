import { createSocket } from 'node:dgram';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import type { DnsPeer } from './peers/dns.ts';
import { goodAnswer, truncated } from './peers/dns.ts';

/** What a datagram holds; the rest is asked for by TCP. */
const mostInDatagram = 4096;

/** A DNS server on one port of UDP and TCP. */
export async function serveDns(answer: DnsPeer): Promise<number> {
  const byTcp = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', (query) => {
      for (const one of query.length < 14 ? [] : answer(query.subarray(2))) {
        const length = Buffer.alloc(2);
        length.writeUInt16BE(one.length);
        socket.write(Buffer.concat([length, one]));
      }
    });
  });
  await new Promise<void>((resolve) => byTcp.listen(0, '127.0.0.1', resolve));
  const { port } = byTcp.address() as AddressInfo;
  const byUdp = createSocket('udp4');
  byUdp.on('error', () => {});
  byUdp.on('message', (query, from) => {
    for (const one of answer(query))
      byUdp.send(
        one.length > mostInDatagram ? goodAnswer(query, 0, truncated) : one,
        from.port,
        from.address,
      );
  });
  await new Promise<void>((resolve) => byUdp.bind(port, '127.0.0.1', resolve));
  return port;
}
