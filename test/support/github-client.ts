import type { GitHub } from '../../packages/local-cloud/src/github/github.ts';
import { githubRoutes } from '../../packages/local-cloud/src/github/routes.ts';
import type { ServiceAnswer, ServiceRequest } from '../../packages/local-cloud/src/service.ts';
import { OpenApi } from './openapi.ts';

export interface Asked {
  readonly token?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  // biome-ignore lint/suspicious/noExplicitAny: tests read whatever the API answers
  readonly body: any;
}

let openApi: OpenApi | undefined;

/** A request as the front hands it to the service. */
export function githubRequest(method: string, path: string, asked: Asked = {}): ServiceRequest {
  return {
    host: 'api.github.com',
    method,
    url: new URL(path, 'https://api.github.com'),
    headers: {
      'user-agent': 'belay-tests',
      ...(asked.token === undefined ? {} : { authorization: `Bearer ${asked.token}` }),
      ...asked.headers,
    },
    body: Buffer.from(asked.body === undefined ? '' : JSON.stringify(asked.body)),
    signal: new AbortController().signal,
  };
}

/** Asks the emulator as a client would, and holds every REST answer against GitHub's published description. */
export async function ask(
  github: GitHub,
  line: `${string} /${string}`,
  asked: Asked = {},
): Promise<Answered> {
  const [method = '', path = ''] = line.split(' ');
  const request = githubRequest(method, path, asked);
  const answer = await github.handle(request);
  if (answer === undefined) throw new Error(`${line} is not emulated`);
  const body = jsonBody(answer);
  const operation = githubRoutes.find(({ name }) => name === github.route(request))?.operation;
  if (operation !== undefined && typeof body !== 'string') {
    openApi ??= new OpenApi();
    const problems = openApi.problems(operation, answer.status, body);
    if (problems.length > 0) throw new Error(problems.join('\n'));
  }
  return { status: answer.status, headers: answer.headers ?? {}, body };
}

function jsonBody(answer: ServiceAnswer): unknown {
  if (typeof answer.body !== 'object') return answer.body;
  return JSON.parse(JSON.stringify(answer.body));
}

export async function graphql(
  github: GitHub,
  token: string,
  query: string,
  variables: object = {},
): Promise<Answered> {
  return ask(github, 'POST /graphql', { token, body: { query, variables } });
}
