import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { send } from './answer.ts';
import type { CertificateAuthority } from './authority.ts';
import type { Dispatcher } from './dispatcher.ts';
import { parseAuthority } from './hosts.ts';
import type { Router } from './router.ts';
import type { Tunnels } from './tunnels.ts';

export interface FrontParts {
  readonly authority: CertificateAuthority;
  readonly router: Router;
  readonly dispatcher: Dispatcher;
  readonly tunnels: Tunnels;
  /** Says what came and how it was refused, before any service is asked. */
  readonly refused: (request: {
    host: string;
    method: string;
    path: string;
    headers: IncomingMessage['headers'];
  }) => void;
  /** Answers what is asked of the port itself: the control API. */
  readonly control: (incoming: IncomingMessage, response: ServerResponse) => Promise<void>;
}

/**
 * A CONNECT proxy on loopback and the one TLS server behind it. The TLS server never listens: each tunnel is
 * handed to it, and SNI picks the certificate.
 */
export class Front {
  readonly #parts: FrontParts;
  readonly #proxy: Server;
  readonly #tls: TlsServer;

  constructor(parts: FrontParts) {
    this.#parts = parts;
    const { authority, dispatcher } = parts;
    this.#tls = createTlsServer({
      SNICallback: (host, done) => done(null, authority.contextFor(host)),
      // Idle connections stay: a client that reuses one just as we close it would see a reset nobody scripted.
      keepAliveTimeout: 0,
    });
    this.#tls.on('request', (incoming, response) => void dispatcher.dispatch(incoming, response));
    this.#tls.on('upgrade', (incoming, client, head) => {
      client.unshift(head);
      void dispatcher.upgrade(incoming, client);
    });
    this.#proxy = createServer({ keepAliveTimeout: 0 }, (incoming, response) =>
      this.#plain(incoming, response),
    );
    this.#proxy.on('connection', (socket) => parts.tunnels.track(socket));
    this.#proxy.on('connect', (incoming, socket, head) => this.#connect(incoming, socket, head));
  }

  /** Resolves with the port, which is `port` unless that is 0. */
  async listen(port: number): Promise<number> {
    this.#proxy.listen(port, '127.0.0.1');
    await once(this.#proxy, 'listening');
    return (this.#proxy.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    if (!this.#proxy.listening) return;
    const closed = once(this.#proxy, 'close');
    this.#proxy.close();
    this.#parts.tunnels.destroyAll();
    await closed;
  }

  #connect(incoming: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { host, port } = parseAuthority(incoming.url ?? '');
    if (port !== 443 || !this.#parts.router.isClaimed(host)) {
      const why = `local cloud: no service claims ${incoming.url}`;
      this.#noteRefusal(incoming, host);
      socket.end(`HTTP/1.1 403 Forbidden\r\ncontent-type: text/plain\r\nconnection: close\r\n\r\n${why}\n`);
      return;
    }
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    if (head.length > 0) socket.unshift(head);
    this.#tls.emit('connection', socket);
  }

  /** An origin-form target is meant for us; an absolute one asks for a plain-HTTP proxy, which we are not. */
  #plain(incoming: IncomingMessage, response: ServerResponse): void {
    const { url = '/' } = incoming;
    if (url.startsWith('/')) {
      void this.#parts.control(incoming, response);
      return;
    }
    this.#noteRefusal(incoming, URL.parse(url)?.hostname ?? '');
    send({ status: 403, body: `local cloud: plain HTTP is not proxied: ${url}\n` }, response);
  }

  #noteRefusal({ method = '', url = '', headers }: IncomingMessage, host: string): void {
    this.#parts.refused({ host, method, path: url, headers });
  }
}
