import { once } from 'node:events';
import { WebSocket } from 'ws';
import { type ProxyEnd, secureTunnel } from './proxied.ts';

// biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects; a wrong path fails it
type Frame = any;

/** A client of `graphql-transport-ws` through the front, with the token in its upgrade. */
export class RailwaySocket implements AsyncDisposable {
  readonly frames: Frame[] = [];
  readonly closed: Promise<{ readonly code: number }>;
  readonly #socket: WebSocket;
  #seen: () => void = () => undefined;

  static async open(
    cloud: ProxyEnd,
    {
      headers = {},
      protocol = 'graphql-transport-ws',
    }: { headers?: Record<string, string>; protocol?: string },
  ): Promise<RailwaySocket> {
    const secure = await secureTunnel(cloud, 'backboard.railway.com');
    const socket = new WebSocket('wss://backboard.railway.com/graphql/v2', protocol, {
      headers,
      createConnection: () => secure,
    });
    const opened = new RailwaySocket(socket);
    await once(socket, 'open');
    return opened;
  }

  constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('error', () => undefined);
    socket.on('message', (data) => {
      this.frames.push(frameOf(String(data)));
      this.#seen();
    });
    this.closed = new Promise((resolve) => socket.on('close', (code) => resolve({ code })));
  }

  send(frame: object): void {
    this.#socket.send(JSON.stringify(frame));
  }

  async acknowledged(): Promise<this> {
    this.send({ type: 'connection_init' });
    await this.until((frame) => frame.type === 'connection_ack');
    return this;
  }

  subscribe(id: string, query: string, variables: object = {}, operationName?: string): void {
    this.send({ id, type: 'subscribe', payload: { query, variables, operationName } });
  }

  /** The first frame that fits, those before it included. */
  async until(fits: (frame: Frame) => boolean): Promise<Frame> {
    const deadline = AbortSignal.timeout(15_000);
    for (;;) {
      const found = this.frames.find(fits);
      if (found !== undefined) return found;
      if (deadline.aborted) throw new Error(`no such frame among ${JSON.stringify(this.frames)}`);
      await new Promise<void>((resolve) => {
        this.#seen = resolve;
        deadline.addEventListener('abort', () => resolve(), { once: true });
      });
    }
  }

  /** The payloads of all `next` frames of an operation so far. */
  data(id: string): Frame[] {
    return this.frames
      .filter((frame) => frame.type === 'next' && frame.id === id)
      .map(({ payload }) => payload);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#socket.close();
    await this.closed;
  }
}

function frameOf(text: string): Frame {
  try {
    return JSON.parse(text);
  } catch {
    return { type: 'unreadable', text };
  }
}
