import { request as startRequest } from 'node:http';
import { isHidden } from '../../hidden-query.ts';
import type { AttemptWatch } from './attempt-watch.ts';
import type { CertificateFacts } from './certificate.ts';
import { collected } from './collected.ts';
import { refuseStrays, switchedProtocols } from './interim-answers.ts';
import type { Proxies } from './proxy.ts';
import { proxyAuthorization } from './proxy.ts';
import { Trouble } from './trouble.ts';
import type { TlsTerms, WebConnection } from './web-connection.ts';
import { connectWeb } from './web-connection.ts';

export interface ExchangeRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: HeaderList;
  readonly body: Buffer | undefined;
  readonly maxBodyBytes: number;
  /** HTTP/2 and nothing else; HTTP/1.1 when absent. */
  readonly version?: '2' | undefined;
  readonly tls?: TlsTerms | undefined;
  /** In place of the environment's. */
  readonly proxy?: URL | 'none' | undefined;
  /** Whether the server's certificate is described in the answer. */
  readonly wantsCertificate?: boolean;
  /** Is told the address that was connected to, where that is known, before anything is sent there; it may throw. */
  readonly onAddress?: ((ip: string) => void) | undefined;
  /** Headers that hold a secret or a variable: for the first origin only, whatever they are called. */
  readonly secretHeaders?: readonly string[];
  /** Query parameters whose values are not shown. */
  readonly redactQuery?: readonly string[];
}

/** Names in lower case; a repeated header has several values. */
export type HeaderList = Readonly<Record<string, string | readonly string[]>>;

export interface Answer {
  readonly status: number;
  readonly headers: HeaderList;
  /** As sent, before decoding. */
  readonly bytes: Buffer;
  /** `1.0`, `1.1`, `2`. */
  readonly httpVersion: string;
  /** The address that answered; undefined when a proxy knows it and we do not. */
  readonly ip: string | undefined;
  readonly certificate: CertificateFacts | undefined;
}

/** Lines of headers, of all names together; without a limit of our own Node drops those after the 2,000th in silence. */
const mostHeaderLines = 1000;

/** One request on one new connection, which ends with it. Rejects with what Node said; `troubleOf` sorts that. */
export async function exchange(
  request: ExchangeRequest,
  proxies: Proxies,
  watch: AttemptWatch,
): Promise<Answer> {
  // Twice the body: pieces have sizes in front of them, and headers and handshakes want room.
  watch.allow(2 * request.maxBodyBytes + 1024 * 1024);
  const connection = await connectWeb(request, proxies, watch);
  const { socket, ip, certificate } = connection;
  watch.onCut((why) => socket.destroy(why));
  try {
    const said =
      request.version === '2'
        ? await (await import('./http2.ts')).http2RoundTrip(request, socket, watch)
        : await roundTrip(request, connection, watch);
    return { ...said, ip, certificate };
  } finally {
    socket.destroy();
  }
}

function roundTrip(
  request: ExchangeRequest,
  { socket, plainProxy }: WebConnection,
  watch: AttemptWatch,
): Promise<Omit<Answer, 'ip' | 'certificate'>> {
  const { url, method, body } = request;
  const authorization = plainProxy && proxyAuthorization(plainProxy);
  return new Promise((resolve, reject) => {
    const sent = startRequest({
      createConnection: () => socket,
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
    sent.maxHeadersCount = 0;
    refuseStrays(sent, reject);
    sent.once('upgrade', () => reject(switchedProtocols()));
    sent.once('connect', () => reject(new Trouble('assertion', 'the server opened a tunnel')));
    sent.once('response', (message) => {
      watch.answered();
      const { statusCode: status = 0, httpVersion, rawHeaders } = message;
      if (status === 101) return reject(switchedProtocols());
      if (rawHeaders.length > 2 * mostHeaderLines)
        return reject(new Trouble('assertion', `more than ${mostHeaderLines} header lines`));
      collected(message, request.maxBodyBytes, watch).then((bytes) => {
        watch.downloaded();
        resolve({ status, headers: headersFrom(rawHeaders), bytes, httpVersion });
      }, reject);
    });
    sent.end(body);
  });
}

/**
 * Names and values in turn, as a message had them. Every value of a repeated header is kept: Node's own `headers` drops
 * some and joins others.
 */
export function headersFrom(raw: readonly string[]): HeaderList {
  const headers: Record<string, string | string[]> = Object.create(null);
  for (let index = 0; index < raw.length; index += 2) {
    const name = (raw[index] ?? '').toLowerCase();
    // What HTTP/1 says in its first line is a header of HTTP/2.
    if (name.startsWith(':')) continue;
    const value = raw[index + 1] ?? '';
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

/** A URL as reports show it. */
export function shownUrl(url: URL, redactQuery: readonly string[] = []): string {
  const hidden = [...url.searchParams.keys()].filter((name) => isHidden(name, redactQuery));
  if (hidden.length === 0) return url.href;
  const shown = new URL(url);
  for (const name of hidden) shown.searchParams.set(name, '***');
  return shown.href;
}
