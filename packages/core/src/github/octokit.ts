import { Octokit } from '@octokit/core';
import { restEndpointMethods } from '@octokit/plugin-rest-endpoint-methods';
import type { Http, HttpAnswer, RetryClass } from '../io/http.ts';

/**
 * GitHub's own client, for its table of endpoints and their types. Loaded late: 30 ms of CPU that a platform's answer is
 * waited for meanwhile. `@actions/github` adds undici, and a context that is read, and may fail, at import.
 */
const WithEndpoints = Octokit.plugin(restEndpointMethods);

/** REST endpoints by name: `repos.listDeployments`. */
export type Endpoints = InstanceType<typeof WithEndpoints>['rest'];

const ours = {
  accept: 'application/vnd.github+json',
  // GitHub refuses requests that do not say who sends them.
  'user-agent': 'belay',
  'x-github-api-version': '2022-11-28',
};

/** What GitHub is asked with. */
export interface OctokitOptions {
  readonly token: string;
  /** `https://api.github.com`. */
  readonly apiUrl: string;
  /** One attempt, milliseconds. */
  readonly attemptMs: number;
}

export interface OctokitOverHttp {
  readonly rest: Endpoints;
  /** Sends what has no endpoint: a query to GraphQL. */
  post(url: string, body: Readonly<Record<string, unknown>>, retry: RetryClass): Promise<HttpAnswer>;
}

/**
 * Octokit whose requests leave by our port to the network, so that retries, deadlines, proxies and masking are those of
 * every other request. Whatever status GitHub answers with is an answer, in `data`; HttpError where there is none.
 */
export function octokitOver(http: Http, { token, apiUrl, attemptMs }: OctokitOptions): OctokitOverHttp {
  const octokit = new WithEndpoints({ baseUrl: apiUrl });
  octokit.hook.wrap('request', async (_, options) => {
    const { method, url, headers, body, request } = octokit.request.endpoint.parse(options);
    const answer = await http.request({
      method,
      url,
      headers: { ...textOf(headers), ...ours, authorization: `Bearer ${token}` },
      ...(body === undefined ? {} : { body: body as object }),
      retry: retryOf(method, request?.retry),
      timeoutMs: attemptMs,
    });
    return { status: answer.status, url: answer.url, headers: {}, data: answer };
  });
  return {
    rest: octokit.rest,
    post: async (url, body, retry) => {
      const { data } = await octokit.request({ method: 'POST', url, ...body, request: { retry } });
      return data;
    },
  };
}

/** What is made by a POST is sent once: the caller decides what a broken connection means. */
function retryOf(method: string, wanted: RetryClass | undefined): RetryClass {
  if (wanted !== undefined) return wanted;
  if (method === 'GET') return 'read';
  return method === 'POST' ? 'once' : 'idempotent';
}

function textOf(headers: Readonly<Record<string, string | number | undefined>>): Record<string, string> {
  const given = Object.entries(headers).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
}
