import type {
  ClientHttp2Session,
  ClientHttp2Stream,
  IncomingHttpHeaders,
  IncomingHttpStatusHeader,
} from 'node:http2';
import type { Socket } from 'node:net';
import type { AttemptWatch } from './attempt-watch.ts';
import { ByteCollector } from './byte-collector.ts';
import { ExchangeError } from './exchange-error.ts';
import { http2Code } from './http2-codes.ts';
import { outlivedBySession, sessionOver } from './http2-lifetime.ts';
import { interimCounter } from './interim-answers.ts';
import type { HeaderList } from './message.ts';
import { headerOf } from './message.ts';

export interface GrpcCall {
  readonly scheme: 'http' | 'https';
  /** `host:port`, as the server knows itself. */
  readonly authority: string;
  /** `/package.Service/Method` */
  readonly path: string;
  readonly metadata: Readonly<Record<string, string | readonly string[]>>;
  readonly message: Buffer;
  readonly timeoutMs: number;
}

export interface GrpcReply {
  /** Of HTTP: 200 also when the call failed. */
  readonly httpStatus: number;
  readonly headers: HeaderList;
  /** Undefined when it came neither in the trailers nor in the headers: then something else than gRPC answered. */
  readonly status: number | undefined;
  readonly statusMessage: string;
  /** Undefined when the call yielded none, or more than the one that there may be. */
  readonly message: Buffer | undefined;
  readonly hasMore: boolean;
}

const mostBytes = 1024 * 1024;

/** One call with one message each way, over a connection that stands. Rejects with ExchangeError or what Node said. */
export async function grpcCall(call: GrpcCall, socket: Socket, watch: AttemptWatch): Promise<GrpcReply> {
  const session = sessionOver(`${call.scheme}://${call.authority}`, socket);
  try {
    return await reply(session, call, watch);
  } finally {
    session.destroy();
  }
}

function reply(session: ClientHttp2Session, call: GrpcCall, watch: AttemptWatch): Promise<GrpcReply> {
  return new Promise((resolve, reject) => {
    let goaway: number | undefined;
    const broken = (error?: Error) => reject(goaway === undefined ? lost(error) : goingAway(goaway));
    session.on('error', broken);
    session.once('close', () => broken());
    session.once('goaway', (code) => {
      goaway = code;
    });
    const stream = session.request(
      {
        ':method': 'POST',
        ':path': call.path,
        'content-type': 'application/grpc',
        te: 'trailers',
        'user-agent': 'belay-smoke-test',
        'grpc-timeout': `${Math.min(Math.ceil(call.timeoutMs), 99_999_999)}m`,
        ...call.metadata,
      },
      { endStream: false },
    );
    outlivedBySession(stream, session);
    stream.once('response', () => watch.answered());
    heard(stream).then(resolve, broken);
    stream.end(framed(call.message));
  });
}

/** Collects one stream; rejects when it ends before its headers. */
function heard(stream: ClientHttp2Stream): Promise<GrpcReply> {
  return new Promise((resolve, reject) => {
    const pieces = new ByteCollector();
    let headers: IncomingHttpHeaders & IncomingHttpStatusHeader = {};
    let trailers: IncomingHttpHeaders = {};
    stream.once('response', (received) => {
      headers = received;
    });
    stream.once('trailers', (received) => {
      trailers = received;
    });
    stream.on('data', (piece: Buffer) => {
      if (pieces.size + piece.length <= mostBytes) return pieces.add(piece);
      stream.pause();
      reject(new ExchangeError('assertion', `the answer is larger than ${mostBytes} bytes`));
    });
    stream.on('headers', interimCounter(reject));
    stream.on('error', reject);
    stream.once('close', () => {
      if (headers[':status'] === undefined) return reject(new Error('the stream was closed'));
      // A reply of headers only carries in them what belongs into the trailers.
      const last = { ...plainHeaders(headers), ...plainHeaders(trailers) };
      resolve({
        httpStatus: headers[':status'],
        headers: last,
        ...statusOf(last),
        ...messageOf(pieces.whole),
      });
    });
  });
}

function statusOf(headers: HeaderList): Pick<GrpcReply, 'status' | 'statusMessage'> {
  const status = headerOf(headers, 'grpc-status') ?? '';
  const said = headerOf(headers, 'grpc-message') ?? '';
  return {
    status: /^\d{1,3}$/.test(status) ? Number(status) : undefined,
    statusMessage: decodedMessage(said),
  };
}

/** The message is percent-encoded; some servers forget to. */
function decodedMessage(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function plainHeaders(received: IncomingHttpHeaders): HeaderList {
  const kept = Object.entries(received).filter(
    ([name, value]) => !name.startsWith(':') && value !== undefined,
  );
  return Object.fromEntries(
    kept.map(([name, value]) => [name, Array.isArray(value) ? value : String(value)]),
  );
}

/** A flag for compression, four bytes of length, the message. */
function framed(message: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}

/** The only message; one that is compressed, which nobody asked for, or cut short is none. */
function messageOf(bytes: Buffer): Pick<GrpcReply, 'message' | 'hasMore'> {
  const end = bytes.length < 5 ? Number.POSITIVE_INFINITY : 5 + bytes.readUInt32BE(1);
  const isOne = bytes.length === end && bytes[0] === 0;
  return { message: isOne ? bytes.subarray(5) : undefined, hasMore: bytes.length > end };
}

function goingAway(code: number): ExchangeError {
  return new ExchangeError('connect', `the server is going away (GOAWAY ${http2Code(code)})`);
}

function lost(error: Error | undefined): Error {
  if (error === undefined) return new Error('the connection was closed');
  const notHttp2 = 'code' in error && error.code === 'ERR_HTTP2_ERROR';
  return notHttp2
    ? new ExchangeError('assertion', `the answer is not HTTP/2: ${error.message}`, { cause: error })
    : error;
}
