import { type Http, type HttpAnswer, HttpError, type RetryClass } from '../io/http.ts';
import type { RunnerContext } from '../runner/runner.ts';

/** GitHub's API for one repository, by the port to the network. Paths are relative to the repository. */
export interface GitHubApi {
  readonly owner: string;
  readonly name: string;
  get(path: string): Promise<HttpAnswer>;
  /** Sent once: the caller decides what a broken connection means. */
  post(path: string, body: object): Promise<HttpAnswer>;
  patch(path: string, body: object): Promise<HttpAnswer>;
  delete(path: string): Promise<HttpAnswer>;
  graphql(query: string, variables: object): Promise<HttpAnswer>;
}

/** One attempt, milliseconds. GitHub itself gives up on a request after 10 s. */
const attemptMs = 8_000;

/** undefined when the job has no repository or no token. */
export function githubApi(
  http: Http,
  context: RunnerContext,
  token: string | undefined,
): GitHubApi | undefined {
  const { repository, apiUrl, graphqlUrl } = context;
  if (repository === undefined || token === undefined || token === '') return undefined;
  const { owner, name } = repository;
  const headers = {
    accept: 'application/vnd.github+json',
    authorization: `Bearer ${token}`,
    // GitHub refuses requests that do not say who sends them.
    'user-agent': 'belay',
    'x-github-api-version': '2022-11-28',
  };
  const send = (method: string, url: string, rest: { retry: RetryClass; body?: object }) =>
    http.request({ method, url, headers, timeoutMs: attemptMs, ...rest });
  const root = `${apiUrl}/repos/${owner}/${name}`;
  return {
    owner,
    name,
    get: (path) => send('GET', `${root}/${path}`, { retry: 'read' }),
    post: (path, body) => send('POST', `${root}/${path}`, { retry: 'once', body }),
    patch: (path, body) => send('PATCH', `${root}/${path}`, { retry: 'idempotent', body }),
    delete: (path) => send('DELETE', `${root}/${path}`, { retry: 'idempotent' }),
    graphql: (query, variables) => send('POST', graphqlUrl, { retry: 'read', body: { query, variables } }),
  };
}

/** The JSON of an answer; undefined where it is not JSON. */
export function jsonOf(answer: HttpAnswer): unknown {
  try {
    return JSON.parse(answer.text);
  } catch {
    return undefined;
  }
}

export type RefusalKind = 'permission' | 'token' | 'rate-limit' | 'other';

/**
 * Why GitHub refused. A 403 may be either: the limits show themselves by their headers, the secondary one by its words
 * alone (https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api).
 */
export function refusal(answer: HttpAnswer): RefusalKind {
  const { message } = Object(jsonOf(answer));
  if (typeof message === 'string' && /rate limit/i.test(message)) return 'rate-limit';
  if (answer.headers['retry-after'] !== undefined || answer.headers['x-ratelimit-remaining'] === '0') {
    return 'rate-limit';
  }
  if (answer.status === 401) return 'token';
  return [403, 404].includes(answer.status) ? 'permission' : 'other';
}

/** `POST https://… → 403 Resource not accessible by integration`, for warnings. */
export function describeRefusal(method: string, answer: HttpAnswer): string {
  const { message } = Object(jsonOf(answer));
  return `${method} ${answer.url} → ${answer.status}${typeof message === 'string' ? ` ${message}` : ''}`;
}

/** The network's own failure as one line; anything else is a bug and is thrown on. */
export function describeHttpError(error: unknown): string {
  if (error instanceof HttpError) return error.message;
  throw error;
}
