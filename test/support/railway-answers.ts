import { parseRetryAfter } from '../../packages/core/src/io/http/status-failure.ts';
import { type Http, HttpError, type HttpRequest } from '../../packages/core/src/io/http.ts';

/** What Railway answers to one question: data, a refusal with HTTP 200, or something else by its status. */
export type RailwayAnswer =
  | { readonly data: unknown }
  | { readonly errors: readonly unknown[] }
  | {
      readonly status: number;
      readonly text?: string;
      readonly headers?: Readonly<Record<string, string>>;
    };

/** Operation → its answer, told the variables and which call it is, from 1. */
export type RailwayScript = Readonly<
  Record<string, RailwayAnswer | ((variables: Variables, call: number) => RailwayAnswer)>
>;

type Variables = Readonly<Record<string, unknown>>;

/** A question as it came. */
export interface RailwayCall {
  readonly operation: string;
  readonly variables: Variables;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** As Railway says no: HTTP 200, and a code that does not tell. */
export function refusal(message: string, more: object = {}): RailwayAnswer {
  const extensions = { code: 'INTERNAL_SERVER_ERROR' };
  return { errors: [{ message, extensions, traceId: '4212', ...more }] };
}

/** The answers of a script, one call after the other. What it does not know is refused as Railway would. */
export class ScriptedAnswers {
  readonly calls: RailwayCall[] = [];
  readonly #script: RailwayScript;
  constructor(script: RailwayScript) {
    this.#script = script;
  }

  /** How often an operation was asked for. */
  count(operation: string): number {
    return this.calls.filter((call) => call.operation === operation).length;
  }

  answer(body: string, headers: RailwayCall['headers']): RailwayAnswer {
    const { operationName: operation, variables } = JSON.parse(body);
    this.calls.push({ operation, variables, headers });
    const scripted = this.#script[operation];
    const given = typeof scripted === 'function' ? scripted(variables, this.count(operation)) : scripted;
    return given ?? refusal('Problem processing request');
  }
}

/** The port to the network with a script right behind it: no sockets, every call kept. */
export function railwayHttp(script: RailwayScript): Http & { readonly answers: ScriptedAnswers } {
  const answers = new ScriptedAnswers(script);
  return {
    answers,
    async request({ method, url, headers = {}, body, signal }: HttpRequest) {
      signal?.throwIfAborted();
      const given = answers.answer(JSON.stringify(body), headers);
      const status = 'status' in given ? given.status : 200;
      const sent = 'status' in given ? (given.headers ?? {}) : {};
      const text = 'status' in given ? (given.text ?? '') : JSON.stringify(given);
      if (status >= 500 || status === 429) {
        const retryAfterMs = parseRetryAfter(sent['retry-after'], 0);
        throw new HttpError({
          kind: 'status',
          method,
          url,
          status,
          reason: 'trouble',
          maybeEffective: false,
          bodyExcerpt: text,
          attempts: 1,
          ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
        });
      }
      return { method, url, status, headers: sent, text, attempts: 1 };
    },
    upload: () => Promise.reject(new Error('Nobody uploads here.')),
    download: () => Promise.reject(new Error('nothing is downloaded')),
  };
}
