import { askWeb } from '../types/http-answer.ts';
import { getRequest } from '../types/http-request.ts';
import type { RunContext } from './attempt.ts';

/** Whether this runner reaches `url` at all; any answer counts. True without one. */
export function controlProbe(url: string | undefined, run: RunContext): Promise<boolean> {
  return url === undefined ? Promise.resolve(true) : reaches(url, run);
}

async function reaches(url: string, run: RunContext): Promise<boolean> {
  const rules = getRequest(url, false);
  const request = {
    method: 'GET',
    url: new URL(url),
    headers: { 'user-agent': 'belay-smoke-test', accept: '*/*' },
    body: undefined,
    maxBodyBytes: rules.maxBodyBytes,
  };
  const answer = await askWeb(request, rules, { ...run, timeoutMs: 10_000, connectTimeoutMs: 5000 });
  return answer.kind === 'answered' || answer.failureClass === 'assertion';
}
