import { begun } from '../io/begun.ts';
import { type Http, type HttpAnswer, HttpError } from '../io/http.ts';
import type { RunnerContext } from '../runner/runner.ts';
import type { Endpoints, OctokitOverHttp } from './octokit.ts';

/** The repository that a job is of, as endpoints name it. */
export interface Repository {
  readonly owner: string;
  readonly repo: string;
}

/** GitHub's API for one repository, by the port to the network. */
export interface GitHubApi {
  readonly owner: string;
  readonly name: string;
  /**
   * Calls one endpoint. Reads are repeated, and so is what may be sent twice; what a POST makes is sent once. Every status
   * is an answer; HttpError where there is none.
   */
  rest(call: (endpoints: Endpoints, repository: Repository) => Promise<unknown>): Promise<HttpAnswer>;
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
  let opened: Promise<OctokitOverHttp> | undefined;
  const open = () => {
    opened ??= import('./octokit.ts').then(({ octokitOver }) =>
      octokitOver(http, { token, apiUrl, attemptMs }),
    );
    return opened;
  };
  // Whoever opens it asks soon, and has something else to wait for by now.
  void begun(open());
  return {
    owner,
    name,
    rest: async (call) => {
      const { rest } = await open();
      return answerOf(await call(rest, { owner, repo: name }));
    },
    graphql: async (query, variables) => (await open()).post(graphqlUrl, { query, variables }, 'read'),
  };
}

/** What `octokitOver` puts into `data`, whatever the types of an endpoint say of it. */
function answerOf(response: unknown): HttpAnswer {
  return Object(response).data;
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
