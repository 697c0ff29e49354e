import type { Socket } from 'node:net';

/** The client connections of a front, kept so that each can be reset, and all be ended on close. */
export class Tunnels {
  readonly #sockets = new Map<number, Socket>();

  track(socket: Socket): void {
    const port = socket.remotePort;
    // A client that has gone already has no port any more.
    if (port === undefined) return;
    this.#sockets.set(port, socket);
    socket.once('close', () => this.#sockets.delete(port));
    // Clients hang up as they like; that is never an error of ours.
    socket.on('error', () => undefined);
  }

  /**
   * Ends the connection with RST, as a crashed gateway does. The TCP socket under a TLS socket is found by the
   * client's port, for TLS itself cannot send one.
   */
  reset(socket: Pick<Socket, 'remotePort' | 'destroy'>): void {
    const raw = this.#sockets.get(socket.remotePort ?? 0);
    if (raw === undefined) socket.destroy();
    else raw.resetAndDestroy();
  }

  destroyAll(): void {
    for (const socket of this.#sockets.values()) socket.destroy();
  }
}
