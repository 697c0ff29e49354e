import type { Clock } from '../clock.ts';
import type { Http } from '../http.ts';

/**
 * A door that waits `totalMs` in all for answers that do not come, and then for none. What a rollout reads of its
 * ledger is worth having and never worth the deploy: a GitHub that hangs must not use up `timeout`.
 */
export function limitedPatience(http: Http, clock: Clock, totalMs: number): Http {
  let leftMs = totalMs;
  return {
    ...http,
    async request({ deadlineMs = 60_000, ...request }) {
      const from = clock.monotonic();
      try {
        return await http.request({ ...request, deadlineMs: Math.max(1, Math.min(deadlineMs, leftMs)) });
      } catch (error) {
        leftMs -= clock.monotonic() - from;
        throw error;
      }
    },
  };
}
