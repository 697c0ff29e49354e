import type { Socket } from 'node:net';
import { ByteCollector } from './byte-collector.ts';

/** A socket as something to talk with. */
export interface StreamLine {
  /** What has come since the last call, in one piece; undefined when the other side has closed. Rejects when the connection breaks. */
  next(): Promise<Buffer | undefined>;
  /** Stops listening and leaves the socket to whoever comes next. */
  release(): void;
}

/** What may wait to be read; more stays with the sender. */
const mostWaiting = 256 * 1024;

export function streamLine(socket: Socket, onFirstByte: () => void = () => {}): StreamLine {
  let waiting = new ByteCollector();
  let end: { readonly error?: Error } | undefined;
  let wake = () => {};
  const onData = (bytes: Buffer) => {
    waiting.add(bytes);
    if (waiting.size >= mostWaiting) socket.pause();
    wake();
  };
  const over = (error?: Error) => {
    end ??= error === undefined ? {} : { error };
    wake();
  };
  const onEnd = () => over();
  socket.once('data', onFirstByte);
  socket.on('data', onData).once('error', over).once('end', onEnd).once('close', onEnd);
  if (socket.destroyed) over();
  return {
    async next() {
      while (waiting.size === 0 && end === undefined) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      if (waiting.size === 0) {
        if (end?.error !== undefined) throw end.error;
        return undefined;
      }
      const bytes = waiting.whole;
      waiting = new ByteCollector();
      if (end === undefined && socket.isPaused()) socket.resume();
      return bytes;
    },
    release() {
      socket.off('data', onFirstByte);
      socket.off('data', onData).off('error', over).off('end', onEnd).off('close', onEnd);
      socket.pause();
    },
  };
}
