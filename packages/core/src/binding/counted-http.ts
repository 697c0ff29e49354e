import type { Clock } from '../clock.ts';
import { type Http, type HttpAnswer, HttpError } from '../http.ts';

/** A door that keeps account of what goes through it. */
export interface CountedHttp {
  readonly http: Http;
  /** How often something was sent, each attempt. */
  readonly calls: number;
  /** How far the other side’s clock is ahead of this one, milliseconds: at least so far, by its `Date`. 0 if untold. */
  readonly aheadMs: number;
}

export function countedHttp(http: Http, clock: Pick<Clock, 'now'>): CountedHttp {
  let calls = 0;
  let aheadMs: number | undefined;
  const hear = (answer: HttpAnswer) => {
    const ahead = Date.parse(answer.headers.date ?? '') - clock.now();
    // An answer takes its time, and tells whole seconds: the quickest says the most.
    if (Number.isFinite(ahead)) aheadMs = Math.max(aheadMs ?? ahead, ahead);
  };
  return {
    http: {
      ...http,
      request: async (request) => {
        try {
          const answer = await http.request(request);
          calls += answer.attempts;
          hear(answer);
          return answer;
        } catch (error) {
          calls += error instanceof HttpError ? error.attempts : 1;
          throw error;
        }
      },
    },
    get calls() {
      return calls;
    },
    get aheadMs() {
      return aheadMs ?? 0;
    },
  };
}
