import { once } from 'node:events';
import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { type Duplex, pipeline, type Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { gatewayPage } from '../faults/delivery.ts';
import type { RequestHead, ServiceAnswer, Upstream } from '../service.ts';

/** What a platform's proxy answers when an application has nothing that serves, or does not accept. */
const nothingServes = gatewayPage(503, 'Nothing serves this host');
const appRefused = gatewayPage(502, 'The application did not answer');

/** What is answered where no application can be asked. */
export function unservedAnswer({ kind, instead }: Upstream): ServiceAnswer {
  return instead ?? (kind === 'nothing' ? nothingServes : appRefused);
}

const loopback = '127.0.0.1';

/** Sends a request to an application. Undefined when it refused, or died before it answered. */
export async function askApp(
  port: number,
  head: RequestHead,
  body: Readable,
): Promise<IncomingMessage | undefined> {
  // Nobody waits for the answer any more; a request that begins aborted ends past every listener.
  if (head.signal.aborted) return undefined;
  const outgoing = request({
    host: loopback,
    port,
    method: head.method,
    path: head.url.pathname + head.url.search,
    headers: { ...withoutHops(head.headers), ...forwarding(head) },
    // A connection of its own for each request: a kept one would outlive the process behind it.
    agent: false,
    signal: head.signal,
  });
  // Its failure is the request's failure, reported below.
  pipeline(body, outgoing, () => undefined);
  outgoing.on('error', () => undefined);
  try {
    const [answer] = await once(outgoing, 'response');
    return answer;
  } catch {
    return undefined;
  }
}

/** The whole answer of an application in memory; one that dies in the middle of it has not answered. */
export async function wholeAnswer(from: IncomingMessage): Promise<ServiceAnswer> {
  const body = await buffer(from).catch(() => undefined);
  if (body === undefined) return appRefused;
  const { 'transfer-encoding': _, ...headers } = withoutHops(from.headers);
  return {
    status: from.statusCode ?? 502,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
    body,
  };
}

/**
 * Joins an upgraded connection (WebSocket) to the application, request line and all. `answered` hears its status
 * before the client does: 101, or how it refused.
 */
export function joinApp(
  { port, head }: { port: number; head: RequestHead },
  client: Duplex,
  answered: (status: number) => void,
): void {
  const app = connect(port, loopback);
  const lines = Object.entries({ ...head.headers, ...forwarding(head) })
    .flatMap(([name, value]) => [value ?? []].flat().map((one) => `${name}: ${one}\r\n`))
    .join('');
  app.write(`${head.method} ${head.url.pathname}${head.url.search} HTTP/1.1\r\n${lines}\r\n`);
  app.once('data', (first) => {
    answered(Number(/^HTTP\/1\.1 (\d{3}) /.exec(first.toString('latin1'))?.[1] ?? 502));
    client.write(first);
    app.pipe(client);
  });
  client.pipe(app);
  client.on('close', () => app.destroy());
  app.on('close', () => client.end());
  app.on('error', () => client.destroy());
}

/** Without the headers that speak of one connection and must not travel on to the next (RFC 9110, 7.6.1). */
export function withoutHops(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const { connection: _, 'keep-alive': __, 'proxy-connection': ___, ...endToEnd } = headers;
  return endToEnd;
}

function forwarding(head: RequestHead): Record<string, string> {
  return {
    'x-forwarded-for': loopback,
    'x-forwarded-proto': 'https',
    'x-forwarded-port': '443',
    'x-forwarded-host': head.host,
  };
}
