import type { Clock } from '../io/clock.ts';
import type { Http } from '../io/http.ts';

/** The budget comes back as time goes by, a second in ten: a run that waits long for its turn has to hear of it. */
const regained = 0.1;

/**
 * A port that waits `totalMs` in all for answers that do not come, and then for none. What a rollout reads of its
 * ledger is worth having and never worth the deploy: a GitHub that hangs must not use up `timeout`.
 */
export function withTimeBudget(http: Http, clock: Clock, totalMs: number): Http {
  let leftMs = totalMs;
  let knownAt = clock.monotonic();
  return {
    ...http,
    async request({ deadlineMs = 60_000, ...request }) {
      const from = clock.monotonic();
      leftMs = Math.min(totalMs, leftMs + (from - knownAt) * regained);
      knownAt = from;
      try {
        return await http.request({ ...request, deadlineMs: Math.max(1, Math.min(deadlineMs, leftMs)) });
      } catch (error) {
        leftMs -= clock.monotonic() - from;
        knownAt = clock.monotonic();
        throw error;
      }
    },
  };
}
