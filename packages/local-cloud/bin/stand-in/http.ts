import { readFileSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import type { Agent as SecureAgent } from 'node:https';
import { buffer } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';

// An `import` of `node:http` reads every export, and one of those loads a whole HTTP client: 40 ms of each start.
const { Agent: HttpAgent, request: httpRequest } = process.getBuiltinModule('node:http');
const { Agent, request } = process.getBuiltinModule('node:https');

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface Sending {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
}

/** Go reads HTTPS_PROXY and SSL_CERT_FILE by itself; Node has to be told. */
export class Http {
  readonly #secure: SecureAgent;
  readonly #plain = new HttpAgent({ keepAlive: true });

  constructor(env: NodeJS.ProcessEnv) {
    const { SSL_CERT_FILE: caFile } = env;
    this.#secure = new Agent({
      keepAlive: true,
      proxyEnv: env,
      ...(caFile ? { ca: readFileSync(caFile) } : {}),
    });
  }

  /** As flyctl's transport: a 502, a 503 or a refused connection is asked three times more; a 429 is not. */
  async send(sending: Sending): Promise<Answer> {
    for (let attempt = 1; ; attempt++) {
      const answer = await this.#once(sending).catch((error: NodeJS.ErrnoException) => error);
      sending.signal?.throwIfAborted();
      const failed =
        answer instanceof Error ? isTemporary(answer) : answer.status === 502 || answer.status === 503;
      if (failed && attempt <= 3) {
        await delay(100 + Math.random() * 50);
        continue;
      }
      if (answer instanceof Error) throw answer;
      return answer;
    }
  }

  async #once({ method, url, headers, body, signal }: Sending): Promise<Answer> {
    const secure = url.startsWith('https:');
    const payload = body === undefined ? undefined : `${JSON.stringify(body)}\n`;
    const type = payload === undefined ? {} : { 'content-type': 'application/json' };
    return new Promise((resolve, reject) => {
      const outgoing = (secure ? request : httpRequest)(url, {
        method,
        agent: secure ? this.#secure : this.#plain,
        headers: {
          ...headers,
          ...type,
          ...(payload ? { 'content-length': Buffer.byteLength(payload) } : {}),
        },
        ...(signal === undefined ? {} : { signal }),
      });
      outgoing.on('error', (error) => reject(worded(error, { method, url })));
      outgoing.on('response', (incoming) => {
        buffer(incoming).then(
          (bytes) =>
            resolve({
              status: incoming.statusCode ?? 0,
              headers: incoming.headers,
              text: bytes.toString('utf8'),
            }),
          reject,
        );
      });
      outgoing.end(payload);
    });
  }
}

function isTemporary(error: NodeJS.ErrnoException): boolean {
  return error.code === 'ECONNREFUSED' || error.code === 'ETIMEDOUT';
}

/** A reset in the words of Go's client: what is known of flyctl's errors is known by them. */
function worded(error: NodeJS.ErrnoException, { method, url }: Pick<Sending, 'method' | 'url'>): Error {
  if (error.code !== 'ECONNRESET') return error;
  const verb = `${method.charAt(0)}${method.slice(1).toLowerCase()}`;
  const said = `${verb} "${url}": read tcp 127.0.0.1->127.0.0.1: read: connection reset by peer`;
  return Object.assign(new Error(said, { cause: error }), { code: error.code });
}
