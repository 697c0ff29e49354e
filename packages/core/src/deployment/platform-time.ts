import type { Clock } from '../io/clock.ts';
import { answeredAt } from '../io/http/answered-at.ts';
import type { Http } from '../io/http.ts';

/** `Date` tells whole seconds, and an answer takes its time: a difference of less says nothing. Milliseconds. */
const saysNothingMs = 3_000;
/** So many answers are remembered: their median is the time, so that no single one moves it. */
const remembered = 5;
/** A platform and a runner that differ by more may not be believed by one answer, milliseconds. */
const hardToBelieveMs = 60 * 60 * 1000;
/** So many answers that are so close to each other, milliseconds, are believed whatever they say. */
const agreeing = { answers: 3, withinMs: 60_000 } as const;

/**
 * A port, and a clock whose `now` is that of whoever answers there, by the `Date` of its answers: what a platform has
 * dated is as old as the platform says, however wrong the clock of the runner is. Between answers it goes by the monotonic
 * clock. Until something was answered, and where the two agree, it is the runner's. Where they are hours apart and no
 * three answers agree, it is the earlier of the two: nothing is taken for older than it is.
 */
export function platformTime({ http, clock }: { readonly http: Http; readonly clock: Clock }): {
  readonly http: Http;
  readonly clock: Clock;
} {
  /** What the other side's clock showed when the monotonic one stood at 0, by its last answers. */
  const origins: number[] = [];
  return {
    http: {
      ...http,
      async request(request) {
        const answer = await http.request(request);
        const at = answeredAt(answer.headers.date);
        if (at !== undefined) origins.push(at - clock.monotonic());
        if (origins.length > remembered) origins.shift();
        return answer;
      },
    },
    clock: {
      ...clock,
      monotonic: () => clock.monotonic(),
      sleep: (ms, signal) => clock.sleep(ms, signal),
      now() {
        const own = clock.now();
        const origin = median(origins);
        if (origin === undefined) return own;
        const told = origin + clock.monotonic();
        const apartMs = Math.abs(told - own);
        if (apartMs < saysNothingMs) return own;
        return apartMs <= hardToBelieveMs || isAgreedOn(origin, origins) ? told : Math.min(told, own);
      },
    },
  };
}

/** The earlier of the middle two, where there are two. */
function median(values: readonly number[]): number | undefined {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)];
}

function isAgreedOn(origin: number, origins: readonly number[]): boolean {
  const close = origins.filter((one) => Math.abs(one - origin) <= agreeing.withinMs);
  return close.length >= agreeing.answers;
}
