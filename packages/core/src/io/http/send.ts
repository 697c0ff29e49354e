import type { HttpAnswer, HttpRequest } from '../http.ts';
import { readAnswer, usable } from './answer.ts';
import { attempt, type Outgoing } from './attempt.ts';
import { acceptedEncodings } from './body.ts';
import type { Connections } from './connections.ts';
import { redactorFor, redactUrl } from './redact.ts';
import { repeat } from './repeat.ts';

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
      ...(await readAnswer(response, request)),
      attempts,
    }));
    return usable(answer, { redact, clock: connections.clock });
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
