import type { Socket } from 'node:net';
import { Inbox } from './inbox.ts';

/** A socket as something to talk with. */
export interface StreamLine {
  /** The next bytes; undefined when the other side has closed. Rejects when the connection breaks. */
  next(): Promise<Buffer | undefined>;
  /** Stops listening and leaves the socket to whoever comes next. */
  release(): void;
}

export function streamLine(socket: Socket, onFirstByte: () => void = () => {}): StreamLine {
  const inbox = new Inbox<Buffer>();
  const onData = (bytes: Buffer) => inbox.put(bytes);
  const onEnd = () => inbox.end();
  const onError = (error: Error) => inbox.end(error);
  socket.once('data', onFirstByte);
  socket.on('data', onData).once('error', onError).once('end', onEnd).once('close', onEnd);
  return {
    next: () => inbox.next(),
    release() {
      socket.off('data', onFirstByte);
      socket.off('data', onData).off('error', onError).off('end', onEnd).off('close', onEnd);
      socket.pause();
    },
  };
}
