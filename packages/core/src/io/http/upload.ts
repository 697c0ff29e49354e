import type { ClientRequest, IncomingMessage } from 'node:http';
import { defined } from '../../text/defined.ts';
import type { HttpAnswer, HttpUpload } from '../http.ts';
import { headersOf, readAnswer, usable } from './answer.ts';
import { attempt, type Outgoing } from './attempt.ts';
import { AttemptFailure } from './attempt-failure.ts';
import { acceptedEncodings } from './body.ts';
import type { Connections } from './connections.ts';
import { redactorFor, redactUrl } from './redact.ts';
import { httpError } from './repeat.ts';

const method = 'POST';

/** Sends a body that is made while it is sent, once, and answers what the server said. */
export async function upload(request: HttpUpload, connections: Connections): Promise<HttpAnswer> {
  const { url, headers = {}, signal, timeoutMs = 1_800_000, idleMs = 120_000 } = request;
  const { clock } = connections;
  const redact = redactorFor(headers, connections.redact);
  try {
    const answer = await attempt(compose(request, connections), { timeoutMs, idleMs, signal }, (response) =>
      heard(response, request),
    );
    return usable({ ...answer, attempts: 1 }, { redact, clock });
  } catch (error) {
    if (!(error instanceof AttemptFailure)) throw error;
    const shownUrl = redact(redactUrl(url));
    const call = { method, shownUrl, retry: 'once', deadlineMs: timeoutMs, clock } as const;
    throw httpError(error, call, { maybeEffective: error.mayHaveActed, attempts: 1 });
  }
}

function compose({ url, headers, body, bytes, onProgress }: HttpUpload, connections: Connections): Outgoing {
  const target = new URL(url);
  return {
    method,
    url: target,
    headers: {
      'user-agent': connections.userAgent,
      'accept-encoding': acceptedEncodings,
      ...headers,
      ...(bytes === undefined ? {} : { 'content-length': String(bytes) }),
    },
    body: { body, ...defined({ bytes, onProgress }) },
    agent: connections.agentFor(target, true),
    proxy: connections.proxyFor(target),
  };
}

/**
 * Reads an answer. Of one that took nothing and came before the body was sent, the status is what matters: a server
 * that hangs up on the rest of the body may tear the text of its answer apart.
 */
async function heard(
  response: IncomingMessage & { readonly req?: ClientRequest },
  { url, maxBodyBytes }: HttpUpload,
): Promise<Omit<HttpAnswer, 'attempts'>> {
  const asked = { method, url, ...defined({ maxBodyBytes }) };
  const { statusCode: status = 0, req } = response;
  const isEarly = status >= 300 && req?.writableFinished === false;
  try {
    return await readAnswer(response, asked);
  } catch (error) {
    if (!isEarly || error instanceof AttemptFailure) throw error;
    return { method, url, status, headers: headersOf(response), text: '' };
  }
}
