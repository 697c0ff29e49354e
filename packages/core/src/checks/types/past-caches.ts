import { none } from '../../text/none.ts';
import type { FailureClass } from '../check-result.ts';
import { leastMs } from '../exchange/attempt-watch.ts';
import type { ExchangeRequest, HeaderList } from '../exchange/message.ts';
import { CacheBuster, isOfQuery, serialAt } from './cache-buster.ts';
import type { AttemptContext, Finding, Unanswered } from './check-type.ts';
import type { CachedAnswer } from './kept-answer.ts';
import { keptAnswer } from './kept-answer.ts';

interface AnswerSoFar {
  readonly kind: 'answered';
  readonly status: number;
  readonly headers: HeaderList;
  /** Of the last answer, after redirects. */
  readonly url: URL;
}

/** Sends one request within the time of its context. */
type AskBuild<Answer> = (request: ExchangeRequest, context: AttemptContext) => Promise<Answer | Unanswered>;

/** Takes a parameter that was only ours out of an answer that names its address. */
type Forget<Answer> = (answer: Answer, own: CacheBuster) => Answer;

/** An answer, and what the caches before the service have to do with it. */
export interface PastCaches<Answer> {
  readonly answer: Answer | Unanswered;
  /** It is from before the change, and nothing led past the cache: no evidence. How the cache says so. */
  readonly kept?: string;
  /** There was too little time to ask past a cache: whatever the answer says, it cannot be judged. */
  readonly undecided?: Finding;
  /** For the report. */
  readonly notes: readonly string[];
}

interface Way {
  readonly request: ExchangeRequest;
  readonly own?: CacheBuster;
}

/** Ways past a cache, the mildest first: no cache is made to keep a page nobody else asks for where a header will do. */
const ways: readonly ((request: ExchangeRequest, own: CacheBuster) => Way)[] = [
  (request) => ({ request: pastByHeader(request) }),
  (request, own) => ({ request: { ...pastByHeader(request), url: own.addedTo(request.url) }, own }),
];

export function pastByHeader(request: ExchangeRequest): ExchangeRequest {
  return { ...request, headers: { ...request.headers, 'cache-control': 'no-cache' } };
}

/**
 * Asks, and where the answer is a cache's from before the change, asks again past it. Without a change nothing is asked
 * twice: what users get is what is judged.
 */
export class CachePasser {
  /** Ways that met the cache again: it is not asked so another time. */
  #closed: readonly (typeof ways)[number][] = none;
  #serial = 0;

  async ask<Answer extends AnswerSoFar>(
    request: ExchangeRequest,
    context: AttemptContext,
    ask: AskBuild<Answer>,
    forget: Forget<Answer>,
  ): Promise<PastCaches<Answer>> {
    const { clock, activatedAt, timeoutMs } = context;
    const started = clock.monotonic();
    const first = await ask(request, context);
    if (first.kind === 'unanswered') return { answer: first, notes: [] };
    const kept = keptOf(first);
    if (kept === undefined) return { answer: first, notes: [] };
    if (activatedAt === undefined) return { answer: first, notes: [`from a cache (${kept.said})`] };
    if (isSince(kept, clock.monotonic() - activatedAt)) return { answer: first, notes: [] };
    const isSafe = request.body === undefined && ['GET', 'HEAD'].includes(request.method);
    for (const way of isSafe ? ways.filter((one) => !this.#closed.includes(one)) : []) {
      const leftMs = timeoutMs - (clock.monotonic() - started);
      if (leftMs < leastMs) return hurried(first, kept);
      const { request: past, own } = way(request, new CacheBuster(serialAt(clock, this.#serial++)));
      const limits = { timeoutMs: leftMs, connectTimeoutMs: Math.min(context.connectTimeoutMs, leftMs) };
      const answer = await ask(past, { ...context, ...limits });
      if (answer.kind === 'unanswered') {
        const isTold = leftMs >= timeoutMs * fairShare || !outOfTime.includes(answer.failureClass);
        return isTold ? { answer: silent(answer, kept), notes: [] } : hurried(first, kept);
      }
      if (!isFresh(answer, clock.monotonic() - activatedAt)) {
        this.#closed = [...this.#closed, way];
        continue;
      }
      if (own !== undefined && isOfQuery(answer, request.url, own, first)) continue;
      const judged = own === undefined ? answer : forget(answer, own);
      return { answer: judged, notes: [`a cache answered first (${kept.said}) and was asked past`] };
    }
    return { answer: first, kept: kept.said, notes: [] };
  }
}

/** Of an attempt's time a service must have had so much for its silence to be held against it. */
const fairShare = 1 / 2;
const outOfTime: readonly FailureClass[] = ['timeout', 'resolve'];

/** The cache went on to the service and brought nothing back: that is judged as an error of the service is. */
function silent(answer: Unanswered, { said }: CachedAnswer): Unanswered {
  return { ...answer, summary: `${answer.summary} (a cache answered first: ${said})` };
}

function hurried<Answer>(answer: Answer | Unanswered, { said }: CachedAnswer): PastCaches<Answer> {
  const failure = {
    read: 'the answer',
    expected: 'one that is no cache’s from before the change',
    actual: `that of a cache, from before the change (${said}), and too little time to ask past it`,
  };
  const undecided: Finding = { failureClass: 'timeout', failure, endsAs: 'unknown', reason: 'cached' };
  return { answer, kept: said, undecided, notes: [] };
}

function isFresh(answer: AnswerSoFar, sinceMs: number): boolean {
  const kept = keptOf(answer);
  return kept === undefined || isSince(kept, sinceMs);
}

/** No cache gives an error of the service's long after: one that says so hides nothing. */
function keptOf({ status, headers }: Pick<AnswerSoFar, 'status' | 'headers'>): CachedAnswer | undefined {
  return status < 500 ? keptAnswer(headers) : undefined;
}

/** How a cache says that an answer is from before the change; undefined where it is none, or there was no change. */
export function keptBefore(
  answer: Pick<AnswerSoFar, 'status' | 'headers'>,
  { activatedAt, clock }: Pick<AttemptContext, 'activatedAt' | 'clock'>,
): string | undefined {
  const kept = activatedAt === undefined ? undefined : keptOf(answer);
  if (kept === undefined || activatedAt === undefined) return undefined;
  return isSince(kept, clock.monotonic() - activatedAt) ? undefined : kept.said;
}

/** Whether what a cache has came to it after the change for sure: an age is in whole seconds that have passed. */
function isSince({ ageMs }: CachedAnswer, sinceMs: number): boolean {
  return ageMs !== undefined && ageMs + 1_000 <= sinceMs;
}

/** What a check objects to in an answer from before the change says nothing of the release. */
export function asCached(findings: readonly Finding[], said: string): readonly Finding[] {
  return findings.map((one) =>
    one.endsAs === 'fail'
      ? {
          ...one,
          endsAs: 'unknown',
          reason: 'cached',
          failure: { ...one.failure, actual: `${one.failure.actual} (from a cache: ${said})` },
        }
      : one,
  );
}
