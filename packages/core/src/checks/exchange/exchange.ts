import type { IncomingMessage } from 'node:http';
import { request as startRequest } from 'node:http';
import type { Socket } from 'node:net';
import type { AttemptWatch } from './attempt-watch.ts';
import { connectTo } from './connect.ts';
import type { Proxies } from './proxy.ts';
import { proxyAuthorization, proxyFor } from './proxy.ts';
import { Trouble } from './trouble.ts';

export interface ExchangeRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: HeaderList;
  readonly body: Buffer | undefined;
  readonly maxBodyBytes: number;
}

/** Names in lower case; a repeated header has several values. */
export type HeaderList = Readonly<Record<string, string | readonly string[]>>;

export interface Answer {
  readonly status: number;
  readonly headers: HeaderList;
  /** As sent, before decoding. */
  readonly bytes: Buffer;
}

/** One request on one new connection, which ends with it. Rejects with what Node said; `troubleOf` sorts that. */
export async function exchange(
  request: ExchangeRequest,
  proxies: Proxies,
  watch: AttemptWatch,
): Promise<Answer> {
  const proxy = proxyFor(request.url, proxies);
  const socket = await connectTo(request.url, proxy, watch);
  watch.onCut((why) => socket.destroy(why));
  try {
    return await roundTrip(request, proxy, { socket, watch });
  } finally {
    socket.destroy();
  }
}

interface Line {
  readonly socket: Socket;
  readonly watch: AttemptWatch;
}

function roundTrip(request: ExchangeRequest, proxy: URL | undefined, line: Line): Promise<Answer> {
  const { url, method, body } = request;
  // Plain HTTP goes to a proxy as a whole URL; proxies commonly refuse CONNECT to port 80.
  const plainProxy = url.protocol === 'http:' ? proxy : undefined;
  const authorization = plainProxy && proxyAuthorization(plainProxy);
  return new Promise((resolve, reject) => {
    const sent = startRequest({
      createConnection: () => line.socket,
      method,
      path: plainProxy === undefined ? `${url.pathname}${url.search}` : url.href,
      headers: {
        host: url.host,
        ...request.headers,
        ...(body === undefined ? {} : { 'content-length': String(body.length) }),
        ...(authorization === undefined ? {} : { 'proxy-authorization': authorization }),
      },
      maxHeaderSize: 64 * 1024,
    });
    sent.on('error', reject);
    sent.once('response', (message) => {
      line.watch.answered();
      received(message, request.maxBodyBytes).then((bytes) => {
        line.watch.downloaded();
        resolve({ status: message.statusCode ?? 0, headers: headersOf(message), bytes });
      }, reject);
    });
    sent.end(body);
  });
}

function received(message: IncomingMessage, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    message.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBytes) reject(new Trouble('assertion', `the body is larger than ${maxBytes} bytes`));
      else chunks.push(chunk);
    });
    message.on('error', reject);
    message.once('end', () =>
      resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks)),
    );
  });
}

/** Every value of a repeated header is kept: Node's own `headers` drops some and joins others. */
function headersOf({ rawHeaders }: IncomingMessage): HeaderList {
  const headers: Record<string, string | string[]> = Object.create(null);
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] ?? '').toLowerCase();
    const value = rawHeaders[index + 1] ?? '';
    const known = headers[name];
    if (known === undefined) headers[name] = value;
    else if (Array.isArray(known)) known.push(value);
    else headers[name] = [known, value];
  }
  return headers;
}

/** Every value of a header, in order. */
export function valuesOf(headers: HeaderList, name: string): readonly string[] {
  const value = headers[name];
  return value === undefined ? [] : typeof value === 'string' ? [value] : value;
}

/** The first value of a header. */
export function headerOf(headers: HeaderList, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : value?.[0];
}
