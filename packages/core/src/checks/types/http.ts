import type { ExchangeRequest } from '../exchange/exchange.ts';
import { shownUrl } from '../exchange/exchange.ts';
import type { Answered, AttemptContext, CheckType, Observation, Probe } from './check-type.ts';
import { wallOf } from './deployment-protection.ts';
import type { WebAnswer } from './http-answer.ts';
import { askWeb } from './http-answer.ts';
import { bindRequest, isRepeatable } from './http-bind.ts';
import { readAnswer } from './http-readings.ts';
import type { RequestSpec } from './http-request.ts';
import { readRequest } from './http-request.ts';
import { httpSources } from './http-sources.ts';

/** One HTTP request, judged by what its `expect` says. */
export const httpCheck: CheckType = {
  name: 'http',
  sources: httpSources,
  assertsItself: false,
  read(at, defaults) {
    const spec = readRequest(at, defaults);
    return spec && { queries: [], bind: (scope) => probeOf(spec, bindRequest(spec, scope)) };
  },
};

function probeOf(spec: RequestSpec, request: ExchangeRequest): Probe {
  return {
    url: shownUrl(request.url, request.redactQuery),
    host: request.url.hostname,
    repeatable: isRepeatable(spec),
    async attempt(context): Promise<Observation> {
      const answer = await askWeb(request, spec, context);
      return answer.kind === 'unanswered'
        ? answer
        : { ...observationOf(answer, context), ...wallOf(answer, request) };
    },
  };
}

function observationOf(answer: WebAnswer, context: AttemptContext): Answered {
  const { kind, status, phases, retryAfterMs, httpVersion, body } = answer;
  const version = httpVersion === '1.1' ? '' : ` over HTTP/${httpVersion}`;
  return {
    kind,
    status,
    phases,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    summary: `${answer.summary}${version}`,
    doubt: () => body.warning,
    read: (source) => readAnswer(answer, source, context),
  };
}
