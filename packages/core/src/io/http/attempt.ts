import { type Agent, type ClientRequest, type IncomingMessage, request as requestHttp } from 'node:http';
import type { Socket } from 'node:net';
import { lateHttps } from '../late-builtins.ts';
import { AttemptFailure } from './attempt-failure.ts';
import { type ConnectionStage, describeConnectionError } from './connection-errors.ts';
import { type Poured, pour } from './pour.ts';

/** One request, ready to send once. */
export interface Outgoing {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | Poured | undefined;
  readonly agent: Agent;
  readonly proxy: URL | undefined;
}

export interface AttemptLimits {
  /** From connect to the last byte, milliseconds. */
  readonly timeoutMs: number;
  /** The longest silence while connected, milliseconds; default `timeoutMs`. */
  readonly idleMs?: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Sends a request once and lets `consume` read the answer. Rejects with an AttemptFailure, with the reason of the
 * caller's signal, or with what a body threw that is made while it is sent. Measured in real time whatever the clock:
 * it bounds sockets, not policies.
 */
export async function attempt<T>(
  outgoing: Outgoing,
  limits: AttemptLimits,
  consume: (response: IncomingMessage) => Promise<T>,
): Promise<T> {
  const progress: Progress = { stage: 'connecting', silent: false };
  const expired = new AbortController();
  const timer = setTimeout(() => expired.abort(), limits.timeoutMs);
  const stop = AbortSignal.any([expired.signal, ...(limits.signal === undefined ? [] : [limits.signal])]);
  try {
    // Node does not report an abort while a proxy's tunnel is being built, so the signal is raced as well.
    return await Promise.race([exchange(outgoing, { ...limits, progress, stop }, consume), rejection(stop)]);
  } catch (error) {
    limits.signal?.throwIfAborted();
    if (progress.bodyFailure !== undefined) throw progress.bodyFailure.error;
    if (error instanceof AttemptFailure) throw error;
    if (expired.signal.aborted) throw timeoutFailure(progress.stage, limits.timeoutMs);
    if (progress.silent) throw timeoutFailure(progress.stage, limits.idleMs ?? limits.timeoutMs);
    throw describeConnectionError(error, progress.stage, outgoing.proxy);
  } finally {
    clearTimeout(timer);
  }
}

interface Progress {
  stage: ConnectionStage;
  silent: boolean;
  /** What a body that is made while it is sent came to. */
  bodyFailure?: { readonly error: unknown };
}

async function exchange<T>(
  { method, url, headers, body, agent }: Outgoing,
  {
    progress,
    stop,
    timeoutMs,
    idleMs = timeoutMs,
  }: AttemptLimits & { progress: Progress; stop: AbortSignal },
  consume: (response: IncomingMessage) => Promise<T>,
): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const send = url.protocol === 'http:' ? requestHttp : lateHttps().request;
  // `timeout` also ends a proxy that never answers CONNECT: Node applies it to the tunnel's own socket.
  const request = send(url, { method, headers, agent, signal: stop, timeout: idleMs });
  request.on('timeout', () => {
    progress.silent = true;
    request.destroy();
  });
  const next = isPoured(body) ? 'sending the body' : 'waiting for an answer';
  request.on('socket', (socket) => followConnection(socket, request.reusedSocket, { progress, next }));
  request.on('response', resolve);
  request.on('error', reject);
  if (isPoured(body)) await sendPoured(request, body, { progress, answer: promise });
  else request.end(body);
  const response = await promise;
  progress.stage = 'reading the answer';
  try {
    return await consume(response);
  } finally {
    if (!response.complete || !request.writableFinished) request.destroy();
  }
}

function isPoured(body: Outgoing['body']): body is Poured {
  return typeof body === 'object' && 'body' in body;
}

/** Sends a body until it is sent, or until an answer or an error says that no more of it is wanted. */
async function sendPoured(
  request: ClientRequest,
  body: Poured,
  { progress, answer }: { readonly progress: Progress; readonly answer: Promise<IncomingMessage> },
): Promise<void> {
  const enough = new AbortController();
  // Who has taken it before its end, as some who count its bytes do, may be waiting for the end all the same.
  const isRefusal = ({ statusCode = 0 }: IncomingMessage) => statusCode >= 300;
  answer.then(
    (response) => isRefusal(response) && enough.abort(),
    () => enough.abort(),
  );
  try {
    await pour(request, body, enough.signal);
    if (!enough.signal.aborted) progress.stage = 'waiting for an answer';
  } catch (error) {
    progress.bodyFailure = { error };
    request.destroy();
    throw error;
  }
}

function followConnection(
  socket: Socket & { encrypted?: boolean },
  reused: boolean,
  { progress, next }: { readonly progress: Progress; readonly next: ConnectionStage },
): void {
  const established = () => {
    if (progress.stage === 'connecting') progress.stage = next;
  };
  // Through a proxy the socket comes when the tunnel and the TLS in it stand: no event is left to wait for.
  if (reused || !socket.connecting) established();
  else socket.once(socket.encrypted === true ? 'secureConnect' : 'connect', established);
}

function rejection(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  });
}

function timeoutFailure(stage: ConnectionStage, timeoutMs: number): AttemptFailure {
  return new AttemptFailure({
    kind: 'timeout',
    reason: `after ${Math.round(timeoutMs)} ms while ${stage}`,
    mayHaveActed: stage !== 'connecting',
  });
}
