import { decodeAnswer, graphqlEnvelope, unexpected, wrapDecode } from '../../../io/decode-answer.ts';
import { graphqlProblem } from '../../../io/graphql-problem.ts';
import type { Http, HttpAnswer } from '../../../io/http.ts';
import type { Decoder } from '../../../text/decode.ts';
import { defined } from '../../../text/defined.ts';
import type { FlyToken } from '../token/token.ts';
import { appNotFound, graphqlFailure, organizationNotFound, tokenRejected } from './api-failures.ts';
import {
  appAnswer,
  appList,
  imageAnswer,
  leaseAnswer,
  logPage,
  machine,
  machineConfig,
  machineList,
  type ReleasePage,
  releasePage,
  storedReleasePage,
  type WireLease,
  type WireMachine,
  type WireRelease,
} from './wire.ts';
import { addressList, secretList, type WireSecret } from './wire-app.ts';

export const graphqlUrl = 'https://api.fly.io/graphql';
export const machinesUrl = 'https://api.machines.dev/v1';
const logsUrl = 'https://api.fly.io/api/v1/apps';

/** One attempt at a read, milliseconds. A last look has 10 s: one answer that never comes must leave room for another. */
const attemptMs = 4_000;
/** One attempt at a change, milliseconds. */
const changeMs = 5_000;

const releaseFields = 'id version status imageRef createdAt description user { email }';

/** A release and the configuration stored with it, undefined when there is none. */
export interface StoredRelease {
  readonly wire: WireRelease;
  readonly definition: unknown;
}

export interface FlyApp {
  readonly name: string;
  readonly hostname: string | undefined;
  readonly organization: string | undefined;
  /** ISO 8601, UTC. */
  readonly created: string | undefined;
  /** The newest 25, newest first. */
  readonly releases: readonly WireRelease[];
}

/** One change of one machine. */
export interface MachineChange {
  readonly method: 'POST' | 'DELETE';
  /** Below `…/machines/`: `148e272b9e0d89/uncordon`. */
  readonly path: string;
  /** Of the lease it is under. */
  readonly nonce?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A command for one machine. */
export interface MachineExec {
  readonly asked: { readonly command: readonly string[]; readonly timeout: number };
  /** For Fly's answer, milliseconds. */
  readonly waitMs: number;
  readonly maxBodyBytes: number;
  readonly signal: AbortSignal;
}

/** Fly's APIs as we use them: all but `change`, `copyMachine` and `exec` only reads. Failures: `token-rejected`, `app-not-found`, HttpError. */
export class FlyApi {
  readonly #http: Http;
  readonly #token: FlyToken;
  constructor(http: Http, token: FlyToken) {
    this.#http = http;
    this.#token = token;
  }

  /** The same, with no answer waited for longer than `leftMs`. */
  within(leftMs: number): FlyApi {
    const http = this.#http;
    const atMost = Math.max(1, leftMs);
    const request: Http['request'] = ({ deadlineMs = 60_000, ...wanted }) =>
      http.request({ ...wanted, deadlineMs: Math.min(deadlineMs, atMost) });
    const download: Http['download'] = (wanted) => http.download(wanted);
    const upload: Http['upload'] = (wanted) => http.upload(wanted);
    return new FlyApi({ request, download, upload }, this.#token);
  }

  async app(name: string): Promise<FlyApp> {
    const query = `query ($name: String!) { app(name: $name) { name hostname createdAt organization { slug }
      releases: releasesUnprocessed(first: 25) { nodes { ${releaseFields} } } } }`;
    const { app } = await this.#graphql(name, query, { name }, appAnswer);
    if (app === undefined) throw appNotFound(name);
    return {
      name: app.name,
      hostname: app.hostname,
      organization: app.organization?.slug,
      created: app.createdAt,
      releases: app.releases.nodes,
    };
  }

  /** Every release, newest first, 100 a page. */
  async *releases(name: string): AsyncGenerator<WireRelease> {
    const query = `query ($name: String!, $after: String) { app(name: $name) {
      releases: releasesUnprocessed(first: 100, after: $after) { nodes { ${releaseFields} } pageInfo { hasNextPage endCursor } } } }`;
    yield* this.#pages(name, query, releasePage);
  }

  /** One release with the fly.toml it was made with, or undefined when the app has no such version. */
  async release(name: string, version: number): Promise<StoredRelease | undefined> {
    const query = `query ($name: String!, $after: String) { app(name: $name) {
      releases: releasesUnprocessed(first: 25, after: $after) {
        nodes { ${releaseFields} configDefinition } pageInfo { hasNextPage endCursor } } } }`;
    for await (const { configDefinition, ...wire } of this.#pages(name, query, storedReleasePage)) {
      if (wire.version === version) return { wire, definition: configDefinition ?? undefined };
      // Newest first: what is not found by now does not exist.
      if (wire.version < version) return undefined;
    }
    return undefined;
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

  /** One machine, also for a while after it was destroyed; undefined when Fly knows none of this id. */
  async machine(name: string, id: string): Promise<WireMachine | undefined> {
    const path = `${encodeURIComponent(name)}/machines/${encodeURIComponent(id)}`;
    const answer = await this.#get(`${machinesUrl}/apps/${path}`);
    if (answer.status === 404) return undefined;
    this.#refuse(answer, name);
    return decodeAnswer(answer, machine);
  }

  /** The names of the organization's apps that the token sees. */
  async apps(organization: string): Promise<readonly string[]> {
    const answer = await this.#get(`${machinesUrl}/apps?${new URLSearchParams({ org_slug: organization })}`);
    if (answer.status === 403 || answer.status === 404)
      throw organizationNotFound(organization, answer.status);
    this.#refuse(answer, organization);
    return decodeAnswer(answer, appList).apps.map(({ name }) => name);
  }

  /** Whether the name is held by an organization this token does not see: Fly looks names up among all, then refuses. */
  async isHeldElsewhere(name: string): Promise<boolean> {
    return (await this.#get(`${machinesUrl}/apps/${encodeURIComponent(name)}`)).status === 403;
  }

  /** Names and digests; Fly never gives a value back. */
  async secrets(name: string): Promise<readonly WireSecret[]> {
    const answer = await this.#get(`${machinesUrl}/apps/${encodeURIComponent(name)}/secrets`);
    this.#refuse(answer, name);
    return decodeAnswer(answer, secretList).secrets ?? [];
  }

  /** Every IP address the app can be reached at, those of Fly's private network included. */
  async addresses(name: string): Promise<readonly string[]> {
    const answer = await this.#get(`${machinesUrl}/apps/${encodeURIComponent(name)}/ip_assignments`);
    this.#refuse(answer, name);
    return decodeAnswer(answer, addressList).ips.map(({ ip }) => ip);
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

  /** Changes one machine. May be repeated: none of these has another effect the second time. Failures as of reads. */
  async change(name: string, { method, path, nonce, signal }: MachineChange): Promise<HttpAnswer> {
    return this.#http.request({
      method,
      url: `${machinesUrl}/apps/${encodeURIComponent(name)}/machines/${path}`,
      retry: 'idempotent',
      timeoutMs: changeMs,
      deadlineMs: 3 * changeMs,
      ...defined({ signal }),
      headers: {
        authorization: this.#token.authorization,
        ...(nonce === undefined ? {} : { 'fly-machine-lease-nonce': nonce }),
      },
    });
  }

  /**
   * One more machine like the one that is there, in `region`. Sent once: whether a lost answer made one, the next look
   * tells. Failures as of reads.
   */
  async copyMachine(
    name: string,
    { id, region, signal }: { readonly id: string; readonly region: string; readonly signal: AbortSignal },
  ): Promise<HttpAnswer> {
    const machines = `${machinesUrl}/apps/${encodeURIComponent(name)}/machines`;
    const answer = await this.#get(`${machines}/${encodeURIComponent(id)}`);
    this.#refuse(answer, name);
    const { config } = decodeAnswer(answer, machineConfig);
    return this.#http.request({
      method: 'POST',
      url: machines,
      retry: 'once',
      timeoutMs: changeMs,
      deadlineMs: 3 * changeMs,
      signal,
      headers: { authorization: this.#token.authorization },
      body: { region, config },
    });
  }

  /** Runs a command in a machine, once, whatever comes of it. */
  exec(name: string, id: string, { asked, waitMs, ...request }: MachineExec): Promise<HttpAnswer> {
    return this.#http.request({
      ...request,
      method: 'POST',
      url: `${machinesUrl}/apps/${encodeURIComponent(name)}/machines/${encodeURIComponent(id)}/exec`,
      retry: 'once',
      timeoutMs: waitMs,
      deadlineMs: waitMs,
      headers: { authorization: this.#token.authorization },
      body: asked,
    });
  }

  /** The lease a machine is under, undefined when it is free. */
  async lease(name: string, machine: string): Promise<WireLease | undefined> {
    const answer = await this.#get(
      `${machinesUrl}/apps/${encodeURIComponent(name)}/machines/${encodeURIComponent(machine)}/lease`,
    );
    return answer.status === 200 ? decodeAnswer(answer, leaseAnswer).data : undefined;
  }

  async *#pages<T>(name: string, query: string, page: Decoder<ReleasePage<T>>): AsyncGenerator<T> {
    let after: string | undefined;
    do {
      const { app } = await this.#graphql(name, query, { name, after: after ?? null }, page);
      if (app === undefined) throw appNotFound(name);
      yield* app.releases.nodes;
      after = app.releases.pageInfo.hasNextPage ? app.releases.pageInfo.endCursor : undefined;
    } while (after !== undefined);
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
    const problem = graphqlProblem(decoded.errors);
    if (problem !== undefined) throw graphqlFailure(name, problem);
    return wrapDecode(answer, () => data(decoded.data, 'data'));
  }

  #refuse(answer: HttpAnswer, name: string): void {
    if (answer.status === 401) throw tokenRejected(name, answer.text);
    if (answer.status === 403 || answer.status === 404) throw appNotFound(name, answer.status);
    if (answer.status >= 400) throw unexpected(answer);
  }
}
