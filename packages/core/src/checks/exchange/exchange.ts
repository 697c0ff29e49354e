import type { RequestOptions } from 'node:http';
import { request as startRequest } from 'node:http';
import { withoutHidden } from '../../text/hidden-query.ts';
import { hostOf } from './address.ts';
import type { AttemptWatch } from './attempt-watch.ts';
import { collected } from './collected.ts';
import type { SharedConnection, WebConnection } from './connection.ts';
import { connectionKey } from './connection-key.ts';
import { ExchangeError } from './exchange-error.ts';
import { refuseStrays, switchedProtocols } from './interim-answers.ts';
import type { Lease } from './lease.ts';
import type { Answer, ExchangeRequest, MessageHead } from './message.ts';
import { headersFrom } from './message.ts';
import { oddities } from './odd-answer.ts';
import type { Proxies } from './proxy.ts';
import { proxyAuthorization } from './proxy.ts';
import { connectWeb } from './web-connection.ts';

/** Lines of headers, of all names together; without a limit of our own Node drops those after the 2,000th in silence. */
const mostHeaderLines = 1000;

/**
 * One request: on a connection that an earlier one has left, where the attempt is content with that and the request may
 * be sent again, else on a new one. Rejects with what Node said; `exchangeErrorOf` sorts that.
 */
export async function exchange(
  request: ExchangeRequest,
  proxies: Proxies,
  watch: AttemptWatch,
): Promise<Answer> {
  // Twice the body: pieces have sizes in front of them, and headers and handshakes want room.
  watch.allow(2 * request.maxBodyBytes + 1024 * 1024);
  const key = connectionKey(request, proxies, watch.route);
  const lease = watch.connections;
  const kept = mayBeResent(request) ? lease?.take(key) : undefined;
  if (lease !== undefined && kept !== undefined) {
    const answer = await askedOver(kept, request, { watch, lease });
    if (answer !== undefined) return answer;
  }
  const host = hostOf(request.url);
  const over = lease?.asks(host, watch.leftMs);
  try {
    const connection = await connectWeb(request, { proxies, watch, key });
    const { socket } = connection;
    watch.onCut((why) => socket.destroy(why));
    if (lease?.shares === true && request.version !== '2')
      return await answeredOver(lease.add(key, host, connection), request, { watch, lease });
    try {
      const said =
        request.version === '2'
          ? await (await import('./http2.ts')).http2RoundTrip(request, socket, watch)
          : await roundTrip(request, connection, watch);
      return answered(said, connection);
    } finally {
      socket.destroy();
    }
  } finally {
    over?.();
  }
}

function answered(said: MessageHead, { ip, certificate }: WebConnection): Answer {
  if (said.status < 100 || said.status > 599)
    throw new ExchangeError('assertion', `the answer has status ${said.status}: HTTP’s are 100 to 599`);
  return { oddities: [], ...said, ip, certificate };
}

/** What asks for nothing to be done (RFC 9110): a connection may be gone, or silent, after it was sent. */
function mayBeResent({ method, version, wantsCertificate }: ExchangeRequest): boolean {
  return version !== '2' && wantsCertificate !== true && safe.includes(method);
}

const safe: readonly string[] = ['GET', 'HEAD', 'OPTIONS', 'TRACE'];

/** After an answer that has no body nobody knows whether one comes all the same. */
function isPlain(method: string, status: number): boolean {
  return method !== 'HEAD' && status !== 204 && status !== 304;
}

interface Sharing {
  readonly watch: AttemptWatch;
  readonly lease: Lease;
}

/** Leaves the connection for what is asked next, or closes it. */
async function answeredOver(
  connection: SharedConnection,
  request: ExchangeRequest,
  { watch, lease }: Sharing,
): Promise<Answer> {
  try {
    const said = await roundTrip(request, connection, watch);
    const answer = answered(said, connection);
    // Whoever answers oddly may not know where an answer ends.
    if (answer.oddities.length > 0 || !isPlain(request.method, said.status)) connection.isFree = false;
    watch.handOver();
    return answer;
  } catch (error) {
    connection.isFree = false;
    throw error;
  } finally {
    lease.leave(connection);
  }
}

/** How long one that stands may say nothing, milliseconds; with less time left, a share of that. */
const silentMs = 2000;
const silentShare = 0.25;

/** Undefined where the connection turns out to be gone, or not to be at the beginning of an answer. */
async function askedOver(
  connection: SharedConnection,
  request: ExchangeRequest,
  { watch, lease }: Sharing,
): Promise<Answer | undefined> {
  const { socket, ip } = connection;
  const takeBack = watch.tentatively();
  let silence: NodeJS.Timeout | undefined;
  const isHeard = () => clearTimeout(silence);
  try {
    if (ip !== undefined) request.onAddress?.(ip);
    watch.onCut((why) => socket.destroy(why));
    watch.count(socket);
    watch.connected();
    watch.ready();
    // A machine that was stopped says nothing, and a slow one may be asked again.
    const mostMs = Math.min(silentMs, watch.leftMs * silentShare);
    silence = setTimeout(() => socket.destroy(new Error('the connection is silent')), mostMs);
    socket.once('data', isHeard);
    return await answeredOver(connection, request, { watch, lease });
  } catch (error) {
    lease.leave(connection);
    if (watch.cutBy !== undefined || watch.stage !== 'waiting' || error instanceof ExchangeError) throw error;
    lease.beWary();
    takeBack();
    return undefined;
  } finally {
    isHeard();
    socket.off('data', isHeard);
  }
}

function roundTrip(
  request: ExchangeRequest,
  connection: WebConnection | SharedConnection,
  watch: AttemptWatch,
): Promise<MessageHead> {
  const { url, method, body } = request;
  const { plainProxy } = connection;
  const authorization = plainProxy && proxyAuthorization(plainProxy);
  return new Promise((resolve, reject) => {
    const sent = startRequest({
      ...carried(connection),
      method,
      path: plainProxy === undefined ? `${url.pathname}${url.search}` : url.href,
      headers: {
        host: url.host,
        ...request.headers,
        ...(body === undefined ? {} : { 'content-length': String(body.length) }),
        ...(authorization === undefined ? {} : { 'proxy-authorization': authorization }),
      },
      maxHeaderSize: 64 * 1024,
      // Reads most of what curl reads, with a note; of what curl refuses, `admit` refuses what it can see in the head.
      insecureHTTPParser: true,
    });
    sent.maxHeadersCount = 0;
    const odd = oddities(sent);
    refuseStrays(sent, (why) => {
      if (!odd.forgives(why)) reject(why);
    });
    sent.once('upgrade', () => reject(switchedProtocols()));
    sent.once('connect', () => reject(new ExchangeError('assertion', 'the server opened a tunnel')));
    sent.once('response', (message) => {
      watch.answered();
      const { statusCode: status = 0, httpVersion, rawHeaders } = message;
      if (status === 101) return reject(switchedProtocols());
      if ('carrier' in connection) connection.socket.once('free', () => free(connection));
      if (rawHeaders.length > 2 * mostHeaderLines)
        return reject(new ExchangeError('assertion', `more than ${mostHeaderLines} header lines`));
      try {
        odd.admit(message);
      } catch (error) {
        return reject(error);
      }
      collected(message, request.maxBodyBytes, watch).then((bytes) => {
        watch.downloaded();
        resolve({ status, headers: headersFrom(rawHeaders), bytes, httpVersion, oddities: odd.found });
      }, reject);
    });
    sent.end(body);
  });
}

/** A connection that is shared outlives the request; another one ends with it. */
function carried(connection: WebConnection | SharedConnection): RequestOptions {
  if (!('carrier' in connection)) return { createConnection: () => connection.socket };
  return { agent: connection.carrier };
}

function free(connection: SharedConnection): void {
  connection.isFree = true;
  // As Node's own agent does: the answer before is held no longer.
  Reflect.set(connection.socket, '_httpMessage', null);
}

/** A URL as reports show it. */
export function shownUrl(url: URL, redactQuery: readonly string[] = []): string {
  return withoutHidden(url.href, redactQuery);
}
