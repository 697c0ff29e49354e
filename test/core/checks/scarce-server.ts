import type { Socket } from 'node:net';
import { serveSocket } from './loopback.ts';

export interface Scarce {
  readonly url: string;
  /** Most connections that were open at once. */
  readonly peak: () => number;
  /** Connections that were opened. */
  readonly opened: () => number;
}

export interface Reply {
  readonly status?: string;
  readonly type?: string;
  readonly headers?: string;
  readonly body?: string;
  readonly afterMs?: number;
}

/** A web server with so many workers: each has one connection until that is closed, as a threaded server has. */
export async function serveScarcely(workers: number, reply: (path: string) => Reply): Promise<Scarce> {
  const waiting: Socket[] = [];
  let free = workers;
  let open = 0;
  let peak = 0;
  let opened = 0;
  const next = () => {
    const socket = free > 0 ? waiting.shift() : undefined;
    if (socket === undefined) return;
    free--;
    socket.once('close', () => {
      free++;
      next();
    });
    serveOn(socket, reply);
  };
  const url = await serveSocket((socket) => {
    peak = Math.max(peak, ++open);
    opened++;
    socket.once('close', () => {
      open--;
      const at = waiting.indexOf(socket);
      if (at >= 0) waiting.splice(at, 1);
    });
    waiting.push(socket);
    next();
  });
  return { url, peak: () => peak, opened: () => opened };
}

function serveOn(socket: Socket, reply: (path: string) => Reply): void {
  let heard = '';
  socket.on('data', (bytes: Buffer) => {
    heard += bytes.toString('latin1');
    if (!heard.includes('\r\n\r\n')) return;
    const isHead = heard.startsWith('HEAD ');
    const path = heard.split(' ')[1] ?? '';
    heard = '';
    const {
      status = '200 OK',
      type = 'application/json',
      headers = '',
      body = '{}',
      afterMs = 0,
    } = reply(path);
    const head = `HTTP/1.1 ${status}\r\ncontent-type: ${type}\r\n${headers}content-length: ${body.length}\r\n\r\n`;
    setTimeout(() => socket.write(isHead ? head : head + body), afterMs);
  });
}
