import type { ClientHttp2Stream } from 'node:http2';
import type { Socket } from 'node:net';
import { lateHttp2 } from '../../io/late-builtins.ts';
import type { AttemptWatch } from './attempt-watch.ts';
import { collected } from './collected.ts';
import { ExchangeError } from './exchange-error.ts';
import { http2Code } from './http2-codes.ts';
import { outlivedBySession, sessionOver } from './http2-lifetime.ts';
import { interimCounter } from './interim-answers.ts';
import type { ExchangeRequest, MessageHead } from './message.ts';
import { headersFrom } from './message.ts';

/** One request over HTTP/2, on a connection that speaks it. Load this file only where a check asks for it. */
export async function http2RoundTrip(
  request: ExchangeRequest,
  socket: Socket,
  watch: AttemptWatch,
): Promise<MessageHead> {
  const session = sessionOver(request.url.origin, socket);
  try {
    return await new Promise<MessageHead>((resolve, reject) => {
      session.on('error', (error) => reject(troubleIn(error)));
      const stream = session.request(headersFor(request), { endStream: request.body === undefined });
      outlivedBySession(stream, session);
      session.once('goaway', (code, lastStream) => {
        // A server that stops may still answer what it has taken on.
        const takenOn = code === lateHttp2().constants.NGHTTP2_NO_ERROR && lastStream >= (stream.id ?? 1);
        if (!takenOn)
          reject(
            new ExchangeError('connect', `the server ended the connection (GOAWAY, ${http2Code(code)})`),
          );
      });
      said(stream, request, watch).then(resolve, reject);
      if (request.body !== undefined) stream.end(request.body);
    });
  } finally {
    session.destroy();
  }
}

function headersFor({ method, url, headers, body }: ExchangeRequest) {
  const { host, connection: _, ...others } = headers;
  return {
    ':method': method,
    ':scheme': url.protocol.slice(0, -1),
    ':authority': typeof host === 'string' ? host : url.host,
    ':path': `${url.pathname}${url.search}`,
    ...Object.fromEntries(
      Object.entries(others).map(([name, value]) => [name, typeof value === 'string' ? value : [...value]]),
    ),
    ...(body === undefined ? {} : { 'content-length': String(body.length) }),
  };
}

function said(
  stream: ClientHttp2Stream,
  request: ExchangeRequest,
  watch: AttemptWatch,
): Promise<MessageHead> {
  return new Promise((resolve, reject) => {
    let isAnswered = false;
    stream.on('error', (error) => reject(troubleIn(error)));
    stream.on('headers', interimCounter(reject));
    stream.once('close', () => {
      if (!isAnswered) reject(new Error('the stream was closed'));
    });
    stream.once('response', (headers, _flags, raw: readonly string[]) => {
      isAnswered = true;
      watch.answered();
      const status = headers[':status'] ?? 0;
      collected(stream, request.maxBodyBytes, watch).then((bytes) => {
        // Node ends a stream that was reset as if it had come to its end.
        if (stream.aborted) return reject(new Error(`the stream was reset (${http2Code(stream.rstCode)})`));
        watch.downloaded();
        resolve({ status, headers: headersFrom(raw), bytes, httpVersion: '2' });
      }, reject);
    });
  });
}

/** What does not speak HTTP/2 breaks its protocol with the first bytes. */
function troubleIn(error: Error & { code?: string }): Error {
  const foreign = error.code === 'ERR_HTTP2_ERROR' || /PROTOCOL_ERROR/.test(error.message);
  return foreign
    ? new ExchangeError('assertion', `the answer is not HTTP/2: ${error.message}`, { cause: error })
    : error;
}
