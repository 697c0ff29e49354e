import type { RequestListener } from 'node:http';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { Authority } from '../../support/certificates.ts';

/** A service that answers every request after 5 ms, in clear and over TLS. */
export interface Endpoint {
  readonly clear: string;
  readonly secure: string;
  /** Who vouches for the certificate, PEM. */
  readonly authority: string;
  close(): void;
}

const answer: RequestListener = (_, response) => setTimeout(() => response.end('{"ok":true}'), 5);

export async function openEndpoint(): Promise<Endpoint> {
  const authority = new Authority('Bench');
  const servers = [
    createServer(answer),
    createSecureServer(authority.leaf({ names: ['127.0.0.1'] }), answer),
  ];
  const [clear, secure] = await Promise.all(servers.map(portOf));
  return {
    clear: `http://127.0.0.1:${clear}`,
    secure: `https://127.0.0.1:${secure}`,
    authority: authority.cert,
    close() {
      for (const server of servers) server.close();
    },
  };
}

async function portOf(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}
