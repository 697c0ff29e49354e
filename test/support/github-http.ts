import { type Http, type HttpAnswer, HttpError, type HttpRequest } from '../../packages/core/src/io/http.ts';
import type { GitHub } from '../../packages/local-cloud/src/github/github.ts';
import { githubRequest } from './github-client.ts';

/** What goes wrong with the next requests of a route. All but `reset-before` strike once the effect took place. */
export interface Trouble {
  readonly route: string;
  readonly kind: 'reset-before' | 'reset-after' | 'status-502' | 'no-body' | 'huge-id';
  readonly calls?: number;
}

/** The door to the network with the emulator right behind it: no sockets, every call counted by route. */
export class GitHubHttp implements Http {
  readonly calls: string[] = [];
  readonly sent: HttpRequest[] = [];
  readonly #github: GitHub;
  #troubles: { route: string; kind: Trouble['kind']; left: number }[] = [];

  constructor(github: GitHub) {
    this.#github = github;
  }

  trouble({ route, kind, calls = 1 }: Trouble): void {
    this.#troubles.push({ route, kind, left: calls });
  }

  async request(request: HttpRequest): Promise<HttpAnswer> {
    const { authorization, ...headers } = request.headers ?? {};
    const path = request.url.replace('https://api.github.com', '');
    const asked = githubRequest(request.method, path, { body: request.body, headers });
    if (authorization !== undefined) asked.headers.authorization = authorization;
    const route = this.#github.route(asked) ?? `unknown ${request.method} ${path}`;
    this.calls.push(route);
    this.sent.push(request);
    const kind = this.#next(route);
    if (kind === 'reset-before') throw failure(request, 'reset');
    const answer = await this.#github.handle(asked);
    if (answer === undefined) throw new Error(`${route} is not emulated`);
    if (kind === 'reset-after') throw failure(request, 'reset');
    if (kind === 'status-502') throw failure(request, 'status', 502);
    if (answer.status === 429) throw failure(request, 'status', 429);
    const text = bodyText(kind, answer.body);
    return {
      method: request.method,
      status: answer.status,
      headers: answer.headers ?? {},
      text,
      url: request.url,
      attempts: 1,
    };
  }

  download(): never {
    throw new Error('nothing is downloaded here');
  }

  upload(): never {
    throw new Error('nothing is uploaded here');
  }

  #next(route: string): Trouble['kind'] | undefined {
    const trouble = this.#troubles.find((candidate) => candidate.route === route && candidate.left > 0);
    if (trouble !== undefined) trouble.left -= 1;
    return trouble?.kind;
  }
}

function failure(request: HttpRequest, kind: 'reset' | 'status', status?: number): HttpError {
  const { method, url } = request;
  const reason = kind === 'reset' ? 'connection reset' : 'answered by a gateway';
  const fields = { kind, method, url, reason, maybeEffective: true, attempts: 1 };
  return new HttpError(status === undefined ? fields : { ...fields, status });
}

function bodyText(kind: Trouble['kind'] | undefined, body: unknown): string {
  if (kind === 'no-body') return 'null';
  const text = typeof body === 'string' ? body : JSON.stringify(body ?? '');
  return kind === 'huge-id' ? text.replaceAll(/"(id|databaseId)":\d+/g, '"$1":9007199254740993') : text;
}
