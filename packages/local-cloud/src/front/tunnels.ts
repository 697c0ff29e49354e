import type { Socket } from 'node:net';

/** The client connections of a front, kept so that each can be reset, and all be ended on close. */
export class Tunnels {
  readonly #sockets = new Set<Socket>();
  /** By the client's port. */
  readonly #named = new Map<number, Socket>();

  track(socket: Socket): void {
    // Clients hang up as they like; that is never an error of ours. One may have done so already: it has no port any
    // more, and what is written to it fails all the same.
    socket.on('error', () => undefined);
    this.#sockets.add(socket);
    const port = socket.remotePort;
    if (port !== undefined) this.#named.set(port, socket);
    socket.once('close', () => {
      this.#sockets.delete(socket);
      if (port !== undefined && this.#named.get(port) === socket) this.#named.delete(port);
    });
  }

  /**
   * Ends the connection with RST, as a crashed gateway does. The TCP socket under a TLS socket is found by the
   * client's port, for TLS itself cannot send one.
   */
  reset(socket: Pick<Socket, 'remotePort' | 'destroy'>): void {
    const raw = this.#named.get(socket.remotePort ?? 0);
    if (raw === undefined) socket.destroy();
    else raw.resetAndDestroy();
  }

  destroyAll(): void {
    for (const socket of this.#sockets) socket.destroy();
  }
}
