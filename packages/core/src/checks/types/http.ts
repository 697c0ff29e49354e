import { defined } from '../../text/defined.ts';
import { none } from '../../text/none.ts';
import { shownUrl } from '../exchange/exchange.ts';
import type { ExchangeRequest } from '../exchange/message.ts';
import type {
  Answered,
  AttemptContext,
  CheckType,
  Implied,
  Observation,
  Probe,
  Scope,
} from './check-type.ts';
import { inBetween } from './deployment-protection.ts';
import type { WebAnswer } from './http-answer.ts';
import { askWeb, withoutQuery } from './http-answer.ts';
import { bindRequest, isRepeatable } from './http-bind.ts';
import { curlOf } from './http-curl.ts';
import { readAnswer } from './http-readings.ts';
import type { RequestSpec } from './http-request.ts';
import { readRequest } from './http-request.ts';
import { httpSources } from './http-sources.ts';
import { about } from './named-facts.ts';
import type { PastCaches } from './past-caches.ts';
import { CachePasser } from './past-caches.ts';
import { seenAnswer } from './seen-answer.ts';

/** One HTTP request, judged by what its `expect` says; where that is silent on the status, it must be 2xx: an error may be fast, and hold no bad word. */
export const httpCheck: CheckType = {
  name: 'http',
  sources: httpSources,
  assertsItself: false,
  read(at, defaults) {
    const spec = readRequest(at, defaults);
    return (
      spec && {
        queries: none,
        implied,
        bind: (scope) => probeOf(spec, bindRequest(spec, scope), scope),
        curl: (scope, terms) => curlOf(spec, scope, terms),
      }
    );
  },
};

const source = { name: 'status', argument: undefined };
const predicate = { name: 'in', negated: false, expected: ['200-299'], nested: none };

/** One for thousands of checks. */
const implied: readonly Implied[] = [
  { assertion: { source, filters: none, predicate }, unless: about('status') },
];

function probeOf(spec: RequestSpec, request: ExchangeRequest, scope: Scope): Probe {
  // Whether the check says what it wants of a header.
  const readsHeaders = scope.asserts('header');
  const passer = new CachePasser();
  return {
    url: shownUrl(request.url, request.redactQuery),
    host: request.url.hostname,
    ...defined({ redactQuery: request.redactQuery }),
    repeatable: isRepeatable(spec, scope),
    async attempt(context): Promise<Observation> {
      const asked = await passer.ask(
        request,
        context,
        (one, within) => askWeb(one, spec, within),
        withoutQuery,
      );
      const { answer } = asked;
      return answer.kind === 'unanswered'
        ? answer
        : {
            ...observationOf(answer, request, context),
            ...toldOfCaches(asked, answer.oddities),
            ...standingBefore(
              inBetween({ ...answer, text: () => answer.body.text }, request, context),
              readsHeaders,
            ),
            ...(asked.undecided === undefined ? {} : { findings: [asked.undecided] }),
          };
    },
  };
}

/**
 * Whatever holds of a challenge holds of nothing the service said, `status: { lt: 500 }` included; but a check that
 * reads its header may want it.
 */
function standingBefore(
  { challenge, interception }: ReturnType<typeof inBetween>,
  readsHeaders: boolean,
): Pick<Answered, 'findings' | 'interception'> {
  if (challenge !== undefined) return readsHeaders ? { interception: challenge } : { findings: [challenge] };
  return interception === undefined ? {} : { interception };
}

function toldOfCaches(
  { kept, notes: ofCaches }: PastCaches<WebAnswer>,
  oddities: readonly string[],
): Pick<Answered, 'kept' | 'notes'> {
  const notes = [...oddities, ...ofCaches];
  return { ...defined({ kept }), ...(notes.length === 0 ? {} : { notes }) };
}

function observationOf(
  answer: WebAnswer,
  { redactQuery = [] }: ExchangeRequest,
  context: AttemptContext,
): Answered {
  const { kind, status, phases, retryAfterMs, httpVersion, body } = answer;
  const version = httpVersion === '1.1' ? '' : ` over HTTP/${httpVersion}`;
  return {
    kind,
    status,
    phases,
    ...defined({ retryAfterMs }),
    summary: `${answer.summary}${version}`,
    caveat: () => body.warning,
    seen: () => seenAnswer(answer, redactQuery),
    read: (source) => readAnswer(answer, source, context),
  };
}
