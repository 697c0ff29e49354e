import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ActionFailure } from '../../outcome/failure.ts';
import type { HttpDownload } from '../http.ts';
import { answeredAt } from './answered-at.ts';
import { attempt } from './attempt.ts';
import type { Connections } from './connections.ts';
import { redactUrl } from './redact.ts';
import { type Call, repeat } from './repeat.ts';
import { isFailedStatus, statusFailure } from './status-failure.ts';

/** What came of a download. `sha256` is lower-case hex of the bytes in the file. */
export interface Downloaded {
  readonly sha256: string;
  readonly bytes: number;
  readonly status: number;
}

type DownloadStep = Downloaded | { readonly redirectTo: URL };

const mostRedirects = 5;

/** Streams a body to a file, hashing it on the way. A partial file is removed. */
export async function download(request: HttpDownload, connections: Connections): Promise<Downloaded> {
  const { clock } = connections;
  const end = clock.monotonic() + (request.deadlineMs ?? 300_000);
  let url = secureUrl(request.url);
  for (let hops = 0; hops <= mostRedirects; hops += 1) {
    const call: Call = {
      method: 'GET',
      shownUrl: connections.redact(redactUrl(url.href)),
      retry: 'read',
      deadlineMs: end - clock.monotonic(),
      signal: request.signal,
      clock,
    };
    const target = url;
    const step = await repeat(call, (_, remainingMs) =>
      fetchOnce(target, { request, connections, remainingMs }),
    );
    if (!('redirectTo' in step)) return step;
    url = secureUrl(step.redirectTo.href, url);
  }
  throw new ActionFailure({
    code: 'download-refused',
    what: `${redactUrl(request.url)} was redirected more than ${mostRedirects} times`,
    next: 'Check the URL, and whether a proxy on the way answers for the host',
  });
}

async function fetchOnce(
  url: URL,
  context: { request: HttpDownload; connections: Connections; remainingMs: number },
): Promise<DownloadStep> {
  const { request, connections, remainingMs } = context;
  const outgoing = {
    method: 'GET',
    url,
    headers: { 'user-agent': connections.userAgent, 'accept-encoding': 'identity' },
    agent: connections.agentFor(url, false),
    proxy: connections.proxyFor(url),
  };
  const limits = { timeoutMs: remainingMs, idleMs: 30_000, signal: request.signal };
  return attempt(outgoing, limits, async (response) => {
    const status = response.statusCode ?? 0;
    const location = response.headers.location;
    if (status >= 300 && status < 400 && location !== undefined)
      return { redirectTo: new URL(location, url) };
    if (isFailedStatus(status)) {
      throw statusFailure(status, {
        retryAfter: response.headers['retry-after'],
        now: answeredAt(response.headers.date) ?? connections.clock.now(),
      });
    }
    if (status < 200 || status >= 300) return { status, bytes: 0, sha256: '' };
    return { status, ...(await save(response, request.file)) };
  });
}

async function save(response: IncomingMessage, file: string): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256');
  let bytes = 0;
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      hash.update(chunk);
      done(null, chunk);
    },
  });
  try {
    await pipeline(response, meter, createWriteStream(file));
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  }
  return { sha256: hash.digest('hex'), bytes };
}

/** Loopback may be plain http: nobody else can read it or answer for it. It may not be reached from https. */
function secureUrl(url: string, from?: URL): URL {
  const target = new URL(url, from);
  const loopback = ['127.0.0.1', '[::1]', 'localhost'].includes(target.hostname);
  const plainAllowed = loopback && from?.protocol !== 'https:';
  if (target.protocol === 'https:' || (target.protocol === 'http:' && plainAllowed)) return target;
  throw new ActionFailure({
    code: 'download-refused',
    what: `${redactUrl(target.href)} is not an https URL`,
    why: from === undefined ? 'downloads use https only' : `${from.host} redirected the download there`,
    next: 'Download over https',
  });
}
