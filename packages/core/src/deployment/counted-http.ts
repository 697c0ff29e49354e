import { type Http, HttpError } from '../io/http.ts';

/** A port that keeps account of what goes through it. */
export interface CountedHttp {
  readonly http: Http;
  /** How often something was sent, each attempt. */
  readonly calls: number;
}

export function countedHttp(http: Http): CountedHttp {
  let calls = 0;
  return {
    http: {
      ...http,
      request: async (request) => {
        try {
          const answer = await http.request(request);
          calls += answer.attempts;
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
  };
}
