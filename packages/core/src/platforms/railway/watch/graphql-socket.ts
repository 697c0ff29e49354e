import type { Agent } from 'node:http';
import type { RawData, WebSocket } from 'ws';
import { errorMessage } from '../../../outcome/failure.ts';
import { lineOf } from '../../../text/cut.ts';
import { initFrame, pongFrame, readFrame, subprotocol, subscribeFrame } from './graphql-frames.ts';

/** One stream of a socket. */
export interface Subscription {
  readonly document: string;
  readonly variables: object;
  next(data: unknown): void;
  /** It brings nothing more: it was completed, or failed. That says nothing of what it told about. */
  ended(why: string): void;
}

/** Several streams that live and die together. */
export interface StreamSocket {
  /** Why it is over, once it is; never rejects. */
  readonly closed: Promise<string>;
  subscribe(subscription: Subscription): void;
}

export interface GraphqlSocketOptions {
  readonly url: URL;
  /** With the token: authorization is in the upgrade. */
  readonly headers: Readonly<Record<string, string>>;
  readonly agent: Agent;
  /** Aborted: it is closed, opened or not. */
  readonly signal: AbortSignal;
  /** Until it is acknowledged, milliseconds. */
  readonly openMs?: number;
  /** Without any sign of life it counts as lost after this long, milliseconds. */
  readonly silenceMs?: number;
}

/** One message, bytes: 500 lines of a log, each of 64 KiB at most. */
const mostBytes = 32 * 1024 * 1024;

/** Several streams on one WebSocket. Measured in real time whatever the clock: it bounds sockets, not policies. */
export class GraphqlSocket implements StreamSocket {
  readonly closed: Promise<string>;
  readonly #socket: WebSocket;
  readonly #streams = new Map<string, Subscription>();
  readonly #acknowledged = Promise.withResolvers<void>();
  readonly #over = Promise.withResolvers<string>();
  #asked = 0;
  #lifeAt = performance.now();
  #pulse: NodeJS.Timeout | undefined;

  /** Opens one. Rejects with an Error that says why it could not be. */
  static async open(options: GraphqlSocketOptions): Promise<GraphqlSocket> {
    const { openMs = 10_000, silenceMs = 20_000, signal } = options;
    const { WebSocket } = await import('ws');
    signal.throwIfAborted();
    const client = new WebSocket(options.url, [subprotocol], {
      agent: options.agent,
      headers: { ...options.headers },
      handshakeTimeout: openMs,
      followRedirects: false,
      maxPayload: mostBytes,
      perMessageDeflate: false,
    });
    const socket = new GraphqlSocket(client, silenceMs);
    const late = setTimeout(() => socket.#end(`not opened within ${openMs} ms`), openMs);
    const close = () => socket.close();
    signal.addEventListener('abort', close);
    void socket.closed.then(() => signal.removeEventListener('abort', close));
    try {
      await Promise.race([
        socket.#acknowledged.promise,
        socket.closed.then((why) => Promise.reject(new Error(why))),
      ]);
      return socket;
    } finally {
      clearTimeout(late);
    }
  }

  private constructor(socket: WebSocket, silenceMs: number) {
    this.#socket = socket;
    this.closed = this.#over.promise;
    socket.on('open', () => {
      socket.send(initFrame);
      this.#pulse = setInterval(() => this.#beat(silenceMs), silenceMs / 4).unref();
    });
    socket.on('message', (data: RawData, isBinary: boolean) => {
      this.#lifeAt = performance.now();
      if (!isBinary) this.#hear(String(data));
    });
    for (const sign of ['ping', 'pong'] as const) {
      socket.on(sign, () => {
        this.#lifeAt = performance.now();
      });
    }
    socket.on('unexpected-response', (_, answer) => this.#end(`refused with status ${answer.statusCode}`));
    socket.on('error', (error) => this.#end(lineOf(error.message, 120)));
    socket.on('close', (code, reason) => {
      const said = reason.length === 0 ? '' : ` ${lineOf(String(reason), 80)}`;
      this.#end(`closed with code ${code}${said}`);
    });
  }

  subscribe(subscription: Subscription): void {
    const id = String(this.#asked++);
    this.#streams.set(id, subscription);
    this.#send(subscribeFrame(id, subscription));
  }

  close(): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.close(1000);
    this.#end('closed by us');
  }

  #hear(message: string): void {
    const frame = readFrame(message);
    if (frame.kind === 'ack') this.#acknowledged.resolve();
    else if (frame.kind === 'ping') this.#send(pongFrame);
    else if (frame.kind === 'next') this.#pass(frame.id, frame.data);
    else if (frame.kind === 'trouble') this.#lose(frame.id, lineOf(frame.said, 120));
    else if (frame.kind === 'complete') this.#lose(frame.id, 'completed');
  }

  /** What cannot be read ends its stream, and nothing else. */
  #pass(id: string, data: unknown): void {
    try {
      this.#streams.get(id)?.next(data);
    } catch (error) {
      this.#lose(id, lineOf(errorMessage(error), 120));
    }
  }

  #lose(id: string, why: string): void {
    const stream = this.#streams.get(id);
    this.#streams.delete(id);
    try {
      stream?.ended(why);
    } catch {
      // It is over either way, and an exception here would end the process.
    }
  }

  #send(frame: string): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(frame);
  }

  /** Connections die without a word: each pause is asked whether the other side is there. */
  #beat(silenceMs: number): void {
    if (performance.now() - this.#lifeAt > silenceMs) this.#end(`silent for ${silenceMs} ms`);
    else if (this.#socket.readyState === this.#socket.OPEN) this.#socket.ping();
  }

  #end(why: string): void {
    clearInterval(this.#pulse);
    this.#streams.clear();
    this.#over.resolve(why);
    // One that says goodbye is given a moment for it.
    if (this.#socket.readyState === this.#socket.CLOSING)
      setTimeout(() => this.#socket.terminate(), 500).unref();
    else this.#socket.terminate();
  }
}
