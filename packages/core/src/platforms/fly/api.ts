import { DecodeError, type Decoder } from '../../decode.ts';
import { ActionFailure } from '../../failure.ts';
import { type Http, type HttpAnswer, HttpError } from '../../http.ts';
import type { FlyToken } from './token.ts';
import {
  appAnswer,
  definitionPage,
  imageAnswer,
  logPage,
  machineList,
  releasePage,
  type WireMachine,
  type WireRelease,
} from './wire.ts';

const graphqlUrl = 'https://api.fly.io/graphql';
const machinesUrl = 'https://api.machines.dev/v1';
const logsUrl = 'https://api.fly.io/api/v1/apps';

/** One attempt at a read, milliseconds. A last look has 10 s: one answer that never comes must leave room for another. */
const attemptMs = 5_000;

const releaseFields = 'id version status imageRef createdAt description user { email }';

export interface FlyApp {
  readonly name: string;
  readonly hostname: string | undefined;
  readonly organization: string | undefined;
  /** The newest 25, newest first. */
  readonly releases: readonly WireRelease[];
}

/** Fly's APIs as we read them: nothing here changes anything. Failures: `token-rejected`, `app-not-found`, HttpError. */
export class FlyApi {
  readonly #http: Http;
  readonly #token: FlyToken;
  constructor(http: Http, token: FlyToken) {
    this.#http = http;
    this.#token = token;
  }

  async app(name: string): Promise<FlyApp> {
    const query = `query ($name: String!) { app(name: $name) { name hostname organization { slug }
      releases: releasesUnprocessed(first: 25) { nodes { ${releaseFields} } } } }`;
    const { app } = await this.#graphql(name, query, { name }, appAnswer);
    if (app === undefined) throw appNotFound(name);
    return {
      name: app.name,
      hostname: app.hostname,
      organization: app.organization?.slug,
      releases: app.releases.nodes,
    };
  }

  /** Every release, newest first, 100 a page. */
  async *releases(name: string): AsyncGenerator<WireRelease> {
    const query = `query ($name: String!, $after: String) { app(name: $name) {
      releases: releasesUnprocessed(first: 100, after: $after) { nodes { ${releaseFields} } pageInfo { hasNextPage endCursor } } } }`;
    let after: string | undefined;
    do {
      const { app } = await this.#graphql(name, query, { name, after: after ?? null }, releasePage);
      if (app === undefined) throw appNotFound(name);
      yield* app.releases.nodes;
      after = app.releases.pageInfo.hasNextPage ? app.releases.pageInfo.endCursor : undefined;
    } while (after !== undefined);
  }

  /** The fly.toml a release was made with, as JSON; undefined when the platform stored none. */
  async definition(name: string, version: number): Promise<unknown> {
    const query = `query ($name: String!, $first: Int!) { app(name: $name) {
      releases: releasesUnprocessed(first: $first) { nodes { version configDefinition } } } }`;
    const { app } = await this.#graphql(name, query, { name, first: 100 }, definitionPage);
    return app?.releases.nodes.find((node) => node.version === version)?.configDefinition ?? undefined;
  }

  /** Digest and digest-qualified reference of an image, or undefined when the registry has none (or pruned it). */
  async image(name: string, ref: string): Promise<{ digest: string; ref: string } | undefined> {
    const query =
      'query ($name: String!, $ref: String!) { app(name: $name) { image(ref: $ref) { digest ref } } }';
    const { app } = await this.#graphql(name, query, { name, ref }, imageAnswer);
    return app?.image;
  }

  async machines(name: string): Promise<readonly WireMachine[]> {
    const answer = await this.#get(`${machinesUrl}/apps/${encodeURIComponent(name)}/machines`);
    this.#refuse(answer, name);
    return decodeAnswer(answer, machineList);
  }

  /** The last lines one machine logged, oldest first; empty when the token may not read logs. */
  async logs(name: string, machine: string): Promise<readonly string[]> {
    const query = new URLSearchParams({ instance: machine, next_token: '' });
    const answer = await this.#get(`${logsUrl}/${encodeURIComponent(name)}/logs?${query}`);
    if (answer.status !== 200) return [];
    return decodeAnswer(answer, logPage).data.map(
      ({ attributes }) => `${attributes.timestamp} ${attributes.message}`,
    );
  }

  #get(url: string): Promise<HttpAnswer> {
    return this.#http.request({
      method: 'GET',
      url,
      retry: 'read',
      timeoutMs: attemptMs,
      headers: { authorization: this.#token.authorization },
    });
  }

  async #graphql<T>(name: string, query: string, variables: object, data: Decoder<T>): Promise<T> {
    const answer = await this.#http.request({
      method: 'POST',
      url: graphqlUrl,
      // A query has no effect, so it may be sent again like a GET.
      retry: 'read',
      timeoutMs: attemptMs,
      headers: { authorization: this.#token.authorization },
      body: { query: query.replace(/\s+/g, ' '), variables },
    });
    this.#refuse(answer, name);
    const decoded = decodeAnswer(answer, graphqlEnvelope);
    const problem = decoded.errors?.[0];
    if (problem !== undefined) throw graphqlFailure(name, problem);
    return wrapDecode(answer, () => data(decoded.data, 'data'));
  }

  #refuse(answer: HttpAnswer, name: string): void {
    if (answer.status === 401) throw tokenRejected(name, answer.text);
    if (answer.status === 403 || answer.status === 404) throw appNotFound(name, answer.status);
    if (answer.status >= 400) throw unexpected(answer);
  }
}

interface GraphqlProblem {
  readonly message: string;
  readonly extensions?: { readonly code?: string };
}

const graphqlEnvelope: Decoder<{ data: unknown; errors?: readonly GraphqlProblem[] }> = (value, path) => {
  if (typeof value !== 'object' || value === null) throw new DecodeError(path, 'an object', value);
  return value as { data: unknown; errors?: readonly GraphqlProblem[] };
};

function graphqlFailure(name: string, problem: GraphqlProblem): ActionFailure {
  const code = problem.extensions?.code;
  if (code === 'NOT_FOUND' || /could not find app/i.test(problem.message)) return appNotFound(name);
  if (code === 'UNAUTHORIZED' || /not authorized|must be authenticated/i.test(problem.message)) {
    return tokenRejected(name, problem.message);
  }
  return new ActionFailure({
    code: 'platform-error',
    what: `Fly's GraphQL API answered: ${problem.message.slice(-300)}`,
    next: 'Look at https://status.flyio.net, then run the job again.',
  });
}

function decodeAnswer<T>(answer: HttpAnswer, decoder: Decoder<T>): T {
  return wrapDecode(answer, () => decoder(JSON.parse(answer.text), ''));
}

/** An answer we cannot read is the platform's trouble, and as passing as a 5xx: an HttpError of kind `body`. */
function wrapDecode<T>(answer: HttpAnswer, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof DecodeError) && !(error instanceof SyntaxError)) throw error;
    throw new HttpError(
      {
        kind: 'body',
        method: answer.url === graphqlUrl ? 'POST' : 'GET',
        url: answer.url,
        status: answer.status,
        reason: error instanceof DecodeError ? error.message : 'is not JSON',
        maybeEffective: false,
        bodyExcerpt: answer.text.slice(0, 200),
        attempts: answer.attempts,
      },
      { cause: error },
    );
  }
}

function unexpected(answer: HttpAnswer): HttpError {
  return new HttpError({
    kind: 'status',
    method: 'GET',
    url: answer.url,
    status: answer.status,
    reason: 'was not expected',
    maybeEffective: false,
    bodyExcerpt: answer.text.slice(0, 200),
    attempts: answer.attempts,
  });
}

function appNotFound(name: string, status?: number): ActionFailure {
  return new ActionFailure({
    code: 'app-not-found',
    what: `Fly knows no app \`${name}\` for this token${status === undefined ? '' : ` (${status})`}`,
    why: 'Fly answers the same for an app that does not exist and for one of another organization',
    next: 'Correct `fly-app`, or use a token of the organization that owns it.',
  });
}

function tokenRejected(name: string, said: string): ActionFailure {
  return new ActionFailure({
    code: 'token-rejected',
    what: `Fly refused the token (401): ${said.replace(/\s+/g, ' ').slice(0, 120) || 'no text'}`,
    why: 'it has expired, was revoked, or was cut off when it was stored (a blank follows `FlyV1`)',
    next: `Run \`fly tokens create deploy --app ${name}\` and store its whole output as the secret.`,
  });
}
