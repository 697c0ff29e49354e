import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { fieldProblems } from '../fields.ts';
import { send } from '../front/answer.ts';
import { didYouMean } from '../nearest.ts';
import type { ServiceAnswer } from '../service.ts';
import { bad, type ControlRoute } from './answers.ts';
import type { ControlledCloud } from './controlled-cloud.ts';
import { listing } from './listing.ts';
import { controlRoutes } from './routes.ts';

/** Answers what is asked of the cloud itself. */
export async function answerControl(
  cloud: ControlledCloud,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const answer = await controlAnswer(cloud, incoming).catch((thrown) => refusal(500, String(thrown)));
  if (!response.destroyed) send(answer, response);
}

async function controlAnswer(cloud: ControlledCloud, incoming: IncomingMessage): Promise<ServiceAnswer> {
  // A page in a browser can reach loopback under a name of its own (DNS rebinding), but not under ours.
  const { host } = incoming.headers;
  if (host !== new URL(cloud.proxyUrl).host) return refusal(403, `host ${host} is not ${cloud.proxyUrl}`);
  const { method = '' } = incoming;
  const url = new URL(incoming.url ?? '/', cloud.proxyUrl);
  if (method === 'GET' && /^\/(?:_cloud\/?)?$/.test(url.pathname)) return listing(cloud);
  const route = controlRoutes.get(`${method} ${url.pathname}`);
  if (route === undefined) return noRoute(method, url.pathname);
  const body = jsonOf((await buffer(incoming)).toString());
  const problems = [...queryProblems(route, url.searchParams), ...bodyProblems(route, body, cloud)];
  if (problems.length > 0) return bad(problems);
  return route.answer(cloud, { query: url.searchParams, body: body.value });
}

/** What was sent; `problem` where it is not JSON. */
interface Sent {
  readonly value?: unknown;
  readonly problem?: string;
}

function jsonOf(text: string): Sent {
  try {
    return text === '' ? {} : { value: JSON.parse(text) };
  } catch (error) {
    return { problem: `the body is not JSON: ${(error as Error).message}` };
  }
}

function queryProblems({ query = {} }: ControlRoute, given: URLSearchParams): readonly string[] {
  return fieldProblems(Object.fromEntries(given), query).map((problem) => `?${problem}`);
}

function bodyProblems(
  route: ControlRoute,
  { value, problem }: Sent,
  cloud: ControlledCloud,
): readonly string[] {
  if (problem !== undefined) return [problem];
  if (route.bodyProblems !== undefined) return route.bodyProblems(value, cloud);
  return value === undefined ? [] : ['the body: this route takes none'];
}

function noRoute(method: string, path: string): ServiceAnswer {
  const all = [...controlRoutes.keys()];
  const methods = all.filter((name) => name.endsWith(` ${path}`)).map((name) => name.split(' ', 1)[0]);
  if (methods.length > 0) {
    const allow = methods.join(', ');
    return { ...refusal(405, `${path} answers ${allow}, not ${method}`), headers: { allow } };
  }
  const names = all.map((name) => name.slice(name.indexOf('/_cloud/') + '/_cloud/'.length));
  const meant = didYouMean(path.replace(/^\/(?:_cloud\/)?/, ''), [...new Set(names)]);
  return refusal(404, `no route ${method} ${path}${meant || ';'} GET /_cloud/ lists all routes`);
}

function refusal(status: number, error: string): ServiceAnswer {
  return { status, body: { error } };
}
