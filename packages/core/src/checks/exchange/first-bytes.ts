import type { Socket } from 'node:net';

/** The next bytes the other end sends, as they come. Rejects when the connection ends first, or has ended already. */
export function nextBytes(socket: Socket): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const closed = () => done(() => reject(new Error('the connection was closed')));
    const failed = (error: Error) => done(() => reject(error));
    const came = (bytes: Buffer) => done(() => resolve(bytes));
    const done = (settle: () => void) => {
      socket.off('close', closed).off('end', closed).off('error', failed).off('data', came).pause();
      settle();
    };
    if (socket.destroyed || socket.readableEnded) return closed();
    socket.on('close', closed).on('end', closed).on('error', failed).on('data', came).resume();
  });
}
