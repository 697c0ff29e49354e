import type { Source } from '../check-file.ts';
import type { ExchangeRequest } from '../exchange/exchange.ts';
import type { Reading } from '../judge/values.ts';
import type { AttemptContext, CheckType, Observation, Probe } from './check-type.ts';
import type { WebAnswer } from './http-answer.ts';
import { askWeb } from './http-answer.ts';
import { bindRequest, isRepeatable } from './http-bind.ts';
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
    url: request.url.href,
    host: request.url.hostname,
    repeatable: isRepeatable(spec),
    async attempt(context): Promise<Observation> {
      const answer = await askWeb(request, spec, context);
      return answer.kind === 'unanswered'
        ? answer
        : { ...answer, read: (source) => read(answer, source, context) };
    },
  };
}

function read(answer: WebAnswer, { name, argument = '' }: Source, context: AttemptContext): Reading {
  switch (name) {
    case 'status':
      return { kind: 'found', value: answer.status };
    case 'header': {
      const value = answer.headers[argument.toLowerCase()];
      return value === undefined ? { kind: 'missing' } : { kind: 'found', value };
    }
    case 'body':
      return { kind: 'found', value: answer.body.text };
    case 'jsonpath':
      return answer.body.query(argument, context);
    case 'json':
      return answer.body.document;
    case 'duration':
      return { kind: 'found', value: answer.durationMs };
    default:
      return { kind: 'invalid', why: `an http answer has no ${name}` };
  }
}
