import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { Cloud } from '../cloud.ts';
import { send } from '../front/answer.ts';
import type { ServiceAnswer } from '../service.ts';
import { controlRoutes } from './routes.ts';

/** Answers what is asked of the cloud itself. */
export async function answerControl(
  cloud: Cloud,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const answer = await controlAnswer(cloud, incoming).catch((thrown) => refusal(500, String(thrown)));
  if (!response.destroyed) send(answer, response);
}

async function controlAnswer(cloud: Cloud, incoming: IncomingMessage): Promise<ServiceAnswer> {
  // A page in a browser can reach loopback under a name of its own (DNS rebinding), but not under ours.
  const { host } = incoming.headers;
  if (host !== new URL(cloud.proxyUrl).host) return refusal(403, `host ${host} is not ${cloud.proxyUrl}`);
  const url = new URL(incoming.url ?? '/', cloud.proxyUrl);
  const name = `${incoming.method} ${url.pathname}`;
  const route = controlRoutes.get(name);
  if (route === undefined) {
    return refusal(404, `no route ${name}; there are: ${[...controlRoutes.keys()].join(', ')}`);
  }
  const text = (await buffer(incoming)).toString();
  let body: unknown;
  try {
    body = text === '' ? undefined : JSON.parse(text);
  } catch (error) {
    return refusal(400, `the body is not JSON: ${error}`);
  }
  return route(cloud, { query: url.searchParams, body });
}

function refusal(status: number, error: string): ServiceAnswer {
  return { status, body: { error } };
}
