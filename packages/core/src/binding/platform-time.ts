import type { Clock } from '../clock.ts';
import type { Http } from '../http.ts';

/** `Date` tells whole seconds, and an answer takes its time: a difference of less says nothing. Milliseconds. */
const saysNothingMs = 3_000;

/**
 * A door, and a clock whose `now` is that of whoever answers there, by the `Date` of its answers: what a platform has
 * dated is as old as the platform says, however wrong the clock of the runner is. Until something was answered, and
 * where the two agree, it is the runner's.
 */
export function platformTime({ http, clock }: { readonly http: Http; readonly clock: Clock }): {
  readonly http: Http;
  readonly clock: Clock;
} {
  /** What the other side's clock showed when the monotonic one stood at 0: the quickest answer says the most. */
  let origin: number | undefined;
  return {
    http: {
      ...http,
      async request(request) {
        const answer = await http.request(request);
        const heard = Date.parse(answer.headers.date ?? '') - clock.monotonic();
        if (Number.isFinite(heard)) origin = Math.max(origin ?? heard, heard);
        return answer;
      },
    },
    clock: {
      ...clock,
      monotonic: () => clock.monotonic(),
      sleep: (ms, signal) => clock.sleep(ms, signal),
      now() {
        const own = clock.now();
        const told = origin === undefined ? own : origin + clock.monotonic();
        return Math.abs(told - own) < saysNothingMs ? own : told;
      },
    },
  };
}
