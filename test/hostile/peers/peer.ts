import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

/** A server that means ill: what it does to each connection. */
export interface Peer {
  readonly name: string;
  /** Speaks after a good TLS handshake. */
  readonly secure?: boolean;
  meet(socket: Socket): void;
}

/** Peers by name. */
export type Peers = Readonly<Record<string, Peer['meet']>>;

/** Breaks the connection off; what is inside TLS can only close it. */
export const reset = (socket: Socket) =>
  void (socket instanceof TLSSocket ? socket.destroy() : socket.resetAndDestroy());

type Words = string | Buffer | readonly (string | Buffer)[];

const bytesOf = (words: Words) =>
  Buffer.concat([words].flat().map((one) => (typeof one === 'string' ? Buffer.from(one, 'latin1') : one)));

/** Speaks as soon as it is connected. */
export const greets = (words: Words) => (socket: Socket) => void socket.write(bytesOf(words));

/** Answers whatever is said first, and then nothing more. */
export const answers = (words: Words) => (socket: Socket) =>
  void socket.once('data', () => socket.write(bytesOf(words)));

/** Answers and closes. */
export const ends = (words: Words) => (socket: Socket) =>
  void socket.once('data', () => socket.end(bytesOf(words)));

/** Answers and resets. */
export const resets = (words: Words) => (socket: Socket) =>
  void socket.once('data', () => socket.write(bytesOf(words), () => reset(socket)));

/** Answers every time it hears something, with one line after the other. */
export const inTurn =
  (...lines: readonly Words[]) =>
  (socket: Socket) => {
    const rest = lines.values();
    socket.on('data', () => {
      const next = rest.next();
      if (next.done !== true) socket.write(bytesOf(next.value));
    });
  };

/** Begins with `first` and goes on with `again` as fast as it is read. */
export const floods =
  (again: Words, first: Words = '') =>
  (socket: Socket) => {
    const piece = bytesOf(again);
    const block = Buffer.concat(Array.from({ length: Math.ceil(65_536 / piece.length) }, () => piece));
    const pour = () => {
      while (!socket.destroyed && socket.write(block));
    };
    socket.once('data', () => {
      socket.write(bytesOf(first));
      socket.on('drain', pour);
      pour();
    });
  };

/** Answers byte by byte, one every millisecond. */
export const drips = (words: Words) => (socket: Socket) => {
  socket.once('data', () => {
    const rest = bytesOf(words).values();
    const timer = setInterval(() => {
      const next = rest.next();
      if (next.done === true || socket.destroyed) clearInterval(timer);
      else socket.write(Buffer.of(next.value));
    }, 1);
  });
};

/** `count` bytes of one letter. */
export const many = (count: number, letter = 'a') => Buffer.alloc(count, letter);
