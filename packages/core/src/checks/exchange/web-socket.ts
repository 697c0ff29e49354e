import type { Socket } from 'node:net';
import type { RawData, WebSocket } from 'ws';
import type { AttemptWatch } from './attempt-watch.ts';
import { ExchangeError } from './exchange-error.ts';
import { Inbox } from './inbox.ts';
import { interimCounter } from './interim-answers.ts';
import type { HeaderList } from './message.ts';
import { headersFrom } from './message.ts';

export interface UpgradeRequest {
  /** `ws:` or `wss:`; the connection is made already. */
  readonly url: URL;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly subprotocols: readonly string[];
  readonly maxMessageBytes: number;
}

export type Upgrade = UpgradeRefused | UpgradeAccepted;

/** The server answered with something else than 101. */
export interface UpgradeRefused {
  readonly kind: 'refused';
  readonly status: number;
  readonly headers: HeaderList;
}

export interface UpgradeAccepted {
  readonly kind: 'opened';
  readonly headers: HeaderList;
  /** What the server chose of the subprotocols offered. */
  readonly subprotocol: string | undefined;
  readonly messages: Inbox<Message>;
  /** How the other side closed; undefined while it has not. */
  closed(): Closed | undefined;
  send(message: Message): void;
  /** Says goodbye, and hangs up on a server that does not answer that. */
  part(): void;
}

export interface Message {
  readonly bytes: Buffer;
  readonly opcode: 'text' | 'binary';
}

export interface Closed {
  /** 1006 when the connection ended without a close frame. */
  readonly code: number;
  readonly reason: string;
}

interface Line {
  readonly socket: Socket;
  readonly watch: AttemptWatch;
}

/** Messages of one connection, whether or not anyone waits for them. */
const mostMessages = 10_000;

/** Asks for a WebSocket over a connection that stands. */
export async function upgrade(request: UpgradeRequest, { socket, watch }: Line): Promise<Upgrade> {
  // The library's own client hides neither status nor headers of a refusal, as the built-in one does.
  const { WebSocket } = await import('ws');
  let refuse: (why: Error) => void = () => {};
  const client = new (repliesTold(WebSocket))(request.url, [...request.subprotocols], {
    finishRequest: (sent) =>
      sent
        .on(
          'information',
          interimCounter((why) => refuse(why)),
        )
        .end(),
    createConnection: () => socket,
    headers: mutable(request.headers),
    followRedirects: false,
    maxPayload: request.maxMessageBytes,
  });
  return new Promise((resolve, reject) => {
    let headers: HeaderList | undefined;
    const opened = listening(client, 2 * request.maxMessageBytes);
    refuse = (why) => {
      reject(why);
      socket.destroy();
    };
    client.on('error', (error) => reject(headers === undefined ? error : notAnUpgrade(error)));
    client.once('upgrade', (message) => {
      watch.answered();
      headers = headersFrom(message.rawHeaders);
    });
    client.once('unexpected-response', (_, message) => {
      watch.answered();
      resolve({ kind: 'refused', status: message.statusCode ?? 0, headers: headersFrom(message.rawHeaders) });
      socket.destroy();
    });
    client.once('close', () =>
      reject(new ExchangeError('connect', 'the connection was closed before any answer')),
    );
    client.once('open', () => {
      const subprotocol = client.protocol === '' ? undefined : client.protocol;
      resolve({ kind: 'opened', ...opened, headers: headers ?? {}, subprotocol });
    });
  });
}

/** What tells that the library closes in its turn: with the code and reason that it heard. */
const replies = 'replies';

/**
 * The library tells how the server closed only once the connection has ended, which a server may leave to time; but it
 * answers a Close frame at once, with a `close` of its own.
 */
function repliesTold(library: typeof WebSocket): typeof WebSocket {
  return class extends library {
    override close(code?: number, reason?: string | Buffer): void {
      super.close(code, reason);
      this.emit(replies, { code: code ?? 1005, reason: String(reason ?? '') });
    }
  };
}

/** The server said 101 and then something that does not fit what was asked. */
function notAnUpgrade({ message }: Error): ExchangeError {
  return new ExchangeError('assertion', `status 101, but no WebSocket: ${message}`);
}

/** Messages may come together with the answer to the upgrade: someone must be listening before it. */
function listening(
  client: WebSocket,
  mostBytes: number,
): Pick<UpgradeAccepted, 'messages' | 'closed' | 'send' | 'part'> {
  const messages = new Inbox<Message>();
  let closed: Closed | undefined;
  let isParted = false;
  let isBroken = false;
  let count = 0;
  let size = 0;
  client.on('message', (data: RawData, isBinary: boolean) => {
    if (isParted) return;
    const bytes = wholeOf(data);
    count++;
    size += bytes.length;
    const bound = count > mostMessages ? `${mostMessages} messages` : `${mostBytes} bytes of messages`;
    if (count <= mostMessages && size <= mostBytes)
      return messages.put({ bytes, opcode: isBinary ? 'binary' : 'text' });
    isParted = true;
    messages.end(new ExchangeError('assertion', `the server sent more than ${bound}`));
    client.terminate();
  });
  client.on('error', (error) => {
    isBroken = true;
    messages.end(error);
  });
  const end = (how: Closed) => {
    closed ??= how;
    messages.end();
  };
  client.on(replies, (how: Closed) => {
    // It closes as well on what breaks the protocol, and says so right afterwards.
    queueMicrotask(() => {
      if (!isBroken && !isParted) end(how);
    });
  });
  client.on('close', (code, reason) => end({ code, reason: reason.toString() }));
  return {
    messages,
    closed: () => closed,
    send: ({ bytes, opcode }) => client.send(bytes, { binary: opcode === 'binary' }),
    part() {
      isParted = true;
      client.close(1000);
      const late = setTimeout(() => client.terminate(), 1000).unref();
      client.once('close', () => clearTimeout(late));
    },
  };
}

function wholeOf(data: RawData): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data);
  return Buffer.isBuffer(data) ? data : Buffer.from(data);
}

function mutable(headers: UpgradeRequest['headers']): Record<string, string | string[]> {
  const copied = Object.entries(headers).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : [...value],
  ]);
  return Object.fromEntries(copied);
}
