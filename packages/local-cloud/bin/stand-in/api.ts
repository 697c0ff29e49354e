import { CommandError, MachinesApiError } from './errors.ts';
import { type Answer, Http } from './http.ts';

export interface FlapsOptions {
  readonly body?: unknown;
  readonly nonce?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The three APIs flyctl speaks to, under their production names unless the environment moves them. */
export class FlyApi {
  readonly flapsBase: string;
  readonly #apiBase: string;
  readonly #uiexBase: string;
  readonly #http: Http;
  readonly #token: string;

  constructor(env: NodeJS.ProcessEnv, token: string) {
    this.#http = new Http(env);
    this.#token = token;
    this.#apiBase = env.FLY_API_BASE_URL ?? 'https://api.fly.io';
    this.#uiexBase = env.FLY_UIEX_BASE_URL ?? 'https://api.fly.io';
    this.flapsBase = env.FLY_FLAPS_BASE_URL ?? 'https://api.machines.dev';
  }

  static fromEnvironment(env: NodeJS.ProcessEnv): FlyApi {
    const token = (env.FLY_ACCESS_TOKEN ?? env.FLY_API_TOKEN ?? '').replace(/^((FlyV1|Bearer)\s+)+/i, '');
    if (token === '') {
      throw new CommandError("no access token available. Please login with 'flyctl auth login'");
    }
    return new FlyApi(env, token);
  }

  /** Managed Postgres wants one. */
  get hasMacaroon(): boolean {
    return this.#token.split(',').some((token) => /^fm(1r|1a|2)_/.test(token));
  }

  /** The data of a query, or an error with the first message GraphQL gave. */
  async graphql(
    document: { query: string; variables: unknown; operationName?: string },
    signal?: AbortSignal,
  ) {
    const url = `${this.#apiBase}/graphql`;
    const answer = await this.#http.send({
      method: 'POST',
      url,
      headers: this.#headers(),
      body: document,
      signal,
    });
    if (answer.status !== 200) throw new Error(`server returned a non-200 status code: ${answer.status}`);
    const { data, errors } = JSON.parse(answer.text);
    if (errors?.length > 0) throw new Error(errors[0].message);
    return data;
  }

  async createApp(body: object) {
    return this.#askFlaps('POST', '?wait=true', { body });
  }

  /** The JSON of a Machines API answer about an app. */
  flaps(method: string, path: string, options: FlapsOptions = {}) {
    return this.#askFlaps(method, `/${path}`, options);
  }

  async #askFlaps(method: string, path: string, { body, nonce, signal }: FlapsOptions) {
    const headers = {
      ...this.#headers(),
      ...(nonce === undefined ? {} : { 'fly-machine-lease-nonce': nonce }),
    };
    const url = `${this.flapsBase}/v1/apps${path}`;
    const answer = await this.#http.send({ method, url, headers, body, signal });
    if (answer.status >= 200 && answer.status < 300)
      return answer.text === '' ? undefined : JSON.parse(answer.text);
    throw refusalOf(answer);
  }

  /** The answer as it came: callers word the failures of this API each in their own way. */
  uiex(method: string, path: string, body?: unknown): Promise<Answer> {
    return this.#http.send({
      method,
      url: `${this.#uiexBase}/api/v1/${path}`,
      headers: this.#headers('Bearer'),
      body,
    });
  }

  /** Hands the registry what an image is made from. */
  push(tag: string, recipe: object): Promise<Answer> {
    const [, repository, label] = /^registry\.fly\.io\/(.+):(.+)$/.exec(tag) ?? [];
    const url = `https://registry.fly.io/v2/${repository}/manifests/${label}`;
    return this.#http.send({ method: 'PUT', url, headers: this.#headers(), body: recipe });
  }

  #headers(scheme = this.hasMacaroon ? 'FlyV1' : 'Bearer'): Record<string, string> {
    return {
      authorization: `${scheme} ${this.#token}`,
      'user-agent': 'flyctl/2026.11.21-standin.1 (stand-in)',
    };
  }
}

function refusalOf(answer: Answer): MachinesApiError {
  const id = answer.headers['fly-request-id'];
  const requestId = typeof id === 'string' ? id : undefined;
  try {
    const { message, error, status: code } = JSON.parse(answer.text);
    return new MachinesApiError(answer.status, String(message ?? error), { requestId, code });
  } catch {
    const text = `request returned non-2xx status: ${answer.status}: ${answer.text}`;
    return new MachinesApiError(answer.status, text, { requestId });
  }
}
