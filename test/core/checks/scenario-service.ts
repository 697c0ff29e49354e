// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of the check language
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ChecksReport } from '../../../packages/core/src/checks/check-result.ts';
import { serve } from './loopback.ts';

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A service whose routes answer as told; notes every request as `METHOD path cookie authorization`. */
export async function service(routes: Readonly<Record<string, Answer>>) {
  const asked: string[] = [];
  const url = await serve((request, response) => {
    const { cookie, authorization } = request.headers;
    asked.push([request.method, request.url, cookie, authorization].filter(Boolean).join(' '));
    const route = routes[`${request.method} ${request.url}`];
    if (route === undefined) response.writeHead(404).end();
    else route(request, response);
  });
  return { url, asked };
}

export const ok: Answer = (_, response) => response.end('{}');
export const bad: Answer = (_, response) => response.writeHead(500).end();
export const signsIn: Answer = (_, response) =>
  response
    .writeHead(200, { 'set-cookie': 'session=s1; Path=/' })
    .end('{"token":"t0ken-4711","nothing":null}');

/** Answers by turn; the last answer stays. */
export function inTurn(...answers: Answer[]): Answer {
  let turn = 0;
  return (request, response) => answers[Math.min(turn++, answers.length - 1)]?.(request, response);
}

export const get = (name: string, path: string, more = '') =>
  `      - { name: ${name}, http: GET ${path}, expect: { status: 200 }${more} }\n`;

export function scenario(url: string, steps: string, settings = ''): string {
  return `target: ${url}\nscenarios:\n  - name: shop\n${settings}    steps:\n${steps}`;
}

/** Each step with its outcome and why it was skipped. */
export function steps({ results }: ChecksReport) {
  return results.map(({ name, outcome, cause }) => [name, outcome, ...(cause === undefined ? [] : [cause])]);
}
