import type { Clock } from '../../../io/clock.ts';
import { decodeAnswer, graphqlEnvelope, unexpected, wrapDecode } from '../../../io/decode-answer.ts';
import type { Http, HttpAnswer } from '../../../io/http.ts';
import { HttpError } from '../../../io/http.ts';
import { retry } from '../../../io/retry.ts';
import { type Decoder, object } from '../../../text/decode.ts';
import { defined } from '../../../text/defined.ts';
import { type RailwayTokenKind, tokenHeaders } from '../token/token.ts';
import { operationOf, queries } from './documents.ts';
import { RailwayFailure, railwayFailure } from './failures.ts';
import { namedIds } from './named-ids.ts';
import { describePlatformStatus } from './platform-status.ts';
import { isDeployLimit, mayPass, type RailwayProblem, railwayProblem } from './problem.ts';
import { type RateLimit, rateLimitOf } from './rate-limit.ts';
import { platformStatus } from './wire-service.ts';

export const railwayUrl = 'https://backboard.railway.com/graphql/v2';

/** A last look has 10 s: one answer that never comes must leave room for another. */
const read = { retry: 'read', timeoutMs: 4_000 } as const;
/** Railway answers some changes when they are done. */
const once = { retry: 'once', timeoutMs: 20_000 } as const;
/** Before a change that was turned away unheard is asked for again, milliseconds: Railway's limits are by the second and by the hour. */
const unheardPauseMs = 3_000;

export interface RailwayPorts {
  readonly http: Http;
  readonly clock: Clock;
}

/** How the token is sent. */
export interface RailwayCredential {
  readonly kind: RailwayTokenKind;
  readonly value: string;
}

/** One question, and how its answer is read. */
export interface Question<T> {
  readonly document: string;
  readonly variables?: object;
  readonly data: Decoder<T>;
  readonly signal?: AbortSignal | undefined;
}

/** What all copies of one API have seen. */
interface Shared {
  rate: RateLimit;
  status?: Promise<readonly string[]>;
}

/** Railway's GraphQL API: answers read, refusals told. Failures: RailwayFailure, HttpError. */
export class RailwayGraphql {
  readonly #ports: RailwayPorts;
  readonly #credential: RailwayCredential;
  readonly #leftMs: number;
  readonly #shared: Shared;
  constructor(
    ports: RailwayPorts,
    credential: RailwayCredential,
    leftMs = 60_000,
    shared: Shared = { rate: {} },
  ) {
    this.#ports = ports;
    this.#credential = credential;
    this.#leftMs = leftMs;
    this.#shared = shared;
  }

  /** The same, with no answer waited for longer than `leftMs`. */
  within(leftMs: number): RailwayGraphql {
    const least = Math.max(1, Math.min(leftMs, this.#leftMs));
    return new RailwayGraphql(this.#ports, this.#credential, least, this.#shared);
  }

  /** What the newest answer said of how often may be asked. */
  get rate(): RateLimit {
    return this.#shared.rate;
  }

  /** Reads; trouble of Railway's own that may pass is asked again three times. */
  query<T>(question: Question<T>): Promise<T> {
    return this.#patiently((leftMs) => this.#ask(question, false, leftMs), {
      attempts: 4,
      backoff: { firstMs: 500, maxMs: 4_000 },
      shouldRetry: (error) => error instanceof RailwayFailure && mayPass(error.problem),
      signal: question.signal,
    });
  }

  /** Changes something; sent once. A refusal for too many deploys or requests is waited out: it proves that nothing was done. */
  mutate<T>(question: Question<T>): Promise<T> {
    return this.#patiently((leftMs) => this.#ask(question, true, leftMs), {
      attempts: 4,
      backoff: { firstMs: 10_000, maxMs: 30_000 },
      shouldRetry: (error) =>
        isUnheard(error)
          ? { afterMs: unheardPauseMs }
          : error instanceof RailwayFailure && isDeployLimit(error.problem),
      signal: question.signal,
    });
  }

  /** What Railway says of itself, one line each; asked once, and nothing where it cannot be asked. Never throws. */
  statusEvidence(): Promise<readonly string[]> {
    this.#shared.status ??= this.#status();
    return this.#shared.status;
  }

  async #status(): Promise<readonly string[]> {
    try {
      const data = object({ platformStatus });
      const answer = await this.#send(
        { document: queries.platformStatus, data },
        read,
        Math.min(read.timeoutMs, this.#leftMs),
      );
      const { data: told } = decodeAnswer(answer, graphqlEnvelope);
      return describePlatformStatus(data(told, 'data').platformStatus);
    } catch {
      return [];
    }
  }

  /** Repeats as the policy says; what is platform trouble in the end tells what Railway says of itself. */
  async #patiently<T>(
    work: (leftMs: number) => Promise<T>,
    policy: Omit<Parameters<typeof retry>[1], 'clock' | 'deadlineMs' | 'attempts'> & {
      readonly attempts: number;
    },
  ): Promise<T> {
    try {
      const deadlineMs = this.#leftMs;
      return await retry((_, leftMs) => work(leftMs), { ...policy, clock: this.#ports.clock, deadlineMs });
    } catch (error) {
      if (!(error instanceof RailwayFailure) || error.code !== 'platform-error') throw error;
      throw error.with(await this.statusEvidence());
    }
  }

  async #ask<T>(question: Question<T>, isChange: boolean, leftMs: number): Promise<T> {
    const { document, variables = {}, data } = question;
    const answer = await this.#send(question, isChange ? once : read, leftMs);
    const envelope = envelopeOf(answer);
    const problem = railwayProblem(envelope.errors) ?? refusedByStatus(answer);
    if (problem !== undefined) {
      const asked = { operation: operationOf(document), ids: namedIds(variables), isChange };
      throw railwayFailure(problem, { ...asked, kind: this.#credential.kind });
    }
    if (answer.status >= 400) throw unexpected(answer);
    return wrapDecode(answer, () => data(envelope.data, 'data'));
  }

  async #send(
    { document, variables = {}, signal }: Question<unknown>,
    repeats: typeof read | typeof once,
    leftMs: number,
  ): Promise<HttpAnswer> {
    try {
      const answer = await this.#ports.http.request({
        method: 'POST',
        url: railwayUrl,
        ...repeats,
        deadlineMs: Math.max(1, leftMs),
        ...defined({ signal }),
        headers: tokenHeaders(this.#credential.kind, this.#credential.value),
        body: {
          query: document.replace(/\s+/g, ' '),
          variables,
          operationName: operationOf(document),
        },
      });
      this.#shared.rate = rateLimitOf(answer.headers, this.#ports.clock.now());
      return answer;
    } catch (error) {
      const retryAfterMs = error instanceof HttpError ? error.retryAfterMs : undefined;
      if (retryAfterMs !== undefined) this.#shared.rate = { ...this.#shared.rate, retryAfterMs };
      throw error;
    }
  }
}

/** Turned away for too many requests, without a word of how long: a pause that is named was kept, or is too long. */
function isUnheard(error: unknown): boolean {
  if (!(error instanceof HttpError) || error.maybeEffective) return false;
  return error.status === 429 && error.retryAfterMs === undefined;
}

/** Not seen of Railway, and plain where it comes without errors. */
function refusedByStatus({ status }: HttpAnswer): RailwayProblem | undefined {
  return status === 401 ? { message: 'Unauthorized (401)' } : undefined;
}

/** A page of the edge in front of Railway, with a status that tells, is trouble by that status, whatever it holds. */
function envelopeOf(answer: HttpAnswer): { readonly data?: unknown; readonly errors?: unknown } {
  try {
    return decodeAnswer(answer, graphqlEnvelope);
  } catch (error) {
    throw answer.status >= 400 ? unexpected(answer) : error;
  }
}
