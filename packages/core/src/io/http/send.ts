import type { IncomingMessage } from 'node:http';
import type { HttpAnswer, HttpRequest } from '../http.ts';
import { answeredAt } from './answered-at.ts';
import { attempt, type Outgoing } from './attempt.ts';
import { acceptedEncodings, readText } from './body.ts';
import type { Connections } from './connections.ts';
import { excerpt, redactorFor, redactUrl } from './redact.ts';
import { repeat } from './repeat.ts';
import { isFailedStatus, statusFailure } from './status-failure.ts';

/** Sends a request as often as its class allows, and answers what the server said. */
export function send(request: HttpRequest, connections: Connections): Promise<HttpAnswer> {
  const { method, url, retry, signal, deadlineMs = 60_000, timeoutMs = 15_000 } = request;
  const redact = redactorFor(request.headers ?? {}, connections.redact);
  const outgoing = compose(request, connections);
  const call = {
    method,
    shownUrl: redact(redactUrl(url)),
    retry,
    deadlineMs,
    signal,
    clock: connections.clock,
  };
  return repeat(call, async (attempts, remainingMs) => {
    const limits = { timeoutMs: Math.min(timeoutMs, remainingMs), signal };
    const answer = await attempt(outgoing, limits, async (response) => ({
      method,
      url,
      status: response.statusCode ?? 0,
      headers: joinHeaders(response),
      text: await readText(response, request.maxBodyBytes ?? 32 * 1024 * 1024),
      attempts,
    }));
    if (!isFailedStatus(answer.status)) return answer;
    throw statusFailure(answer.status, {
      retryAfter: answer.headers['retry-after'],
      now: answeredAt(answer.headers.date) ?? connections.clock.now(),
      bodyExcerpt: excerpt(answer.text, redact),
    });
  });
}

function compose({ method, url, headers, body, retry }: HttpRequest, connections: Connections): Outgoing {
  const payload = body === undefined || typeof body === 'string' || body instanceof Uint8Array;
  const target = new URL(url);
  return {
    method,
    url: target,
    headers: {
      'user-agent': connections.userAgent,
      'accept-encoding': acceptedEncodings,
      ...(payload ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    body: payload ? body : JSON.stringify(body),
    agent: connections.agentFor(target, retry === 'once'),
    proxy: connections.proxyFor(target),
  };
}

function joinHeaders(response: IncomingMessage): Record<string, string> {
  const entries = Object.entries(response.headersDistinct);
  return Object.fromEntries(entries.map(([name, values]) => [name, (values ?? []).join(', ')]));
}
