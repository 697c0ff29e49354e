import type { Http } from '../http.ts';
import type { Ports } from '../ports.ts';
import type { RolloutLimits } from '../rollout/time-limits.ts';

/** After a rollout: a few reads that only fill outputs, milliseconds. */
const farewellMs = 3_000;

/** The time of one action around its rollout, which bounds its own work. */
export interface TimeBudget {
  /** The action's doors; no request outlasts the part of the action it belongs to. */
  readonly ports: Ports;
  /** Ends the opening: what is left of `timeout`, and the rest of the rollout's limits. */
  begin(): RolloutLimits;
  /** Ends the rollout: what is asked now has seconds. */
  end(): void;
}

/**
 * Starts an action's time. Opening it counts against `timeout` too: without that, a host that never answers would
 * hold the step for minutes before a rollout that could bound it has begun, or after it has ended.
 */
export function startTimeBudget(
  ports: Ports,
  { timeoutMs, restoreTimeoutMs }: Pick<RolloutLimits, 'timeoutMs' | 'restoreTimeoutMs'>,
): TimeBudget {
  const { clock, signal } = ports;
  const started = clock.monotonic();
  let endsAt = started + timeoutMs;
  return {
    ports: { ...ports, http: endingBy(ports.http, () => endsAt - clock.monotonic()) },
    begin() {
      endsAt = Number.POSITIVE_INFINITY;
      return { timeoutMs, restoreTimeoutMs, spentMs: clock.monotonic() - started, signal };
    },
    end() {
      endsAt = clock.monotonic() + farewellMs;
    },
  };
}

function endingBy(http: Http, leftMs: () => number): Http {
  const atMost = (wantedMs: number) => Math.max(1, Math.min(wantedMs, leftMs()));
  return {
    request: ({ deadlineMs = 60_000, ...request }) =>
      http.request({ ...request, deadlineMs: atMost(deadlineMs) }),
    download: ({ deadlineMs = 300_000, ...download }) =>
      http.download({ ...download, deadlineMs: atMost(deadlineMs) }),
  };
}
