import type { Ports } from '../action/ports.ts';
import type { Http } from '../io/http.ts';
import type { Tools } from '../io/process.ts';
import { type RolloutLimits, shutdownEndsMs } from '../rollout/time-limits.ts';

/** After a rollout: a few reads that only fill outputs, milliseconds. */
const shutdownMs = 3_000;

/** The time of one action around its rollout, which bounds its own work. */
export interface TimeBudget {
  /** The action's ports; no request and no tool outlasts the part of the action it belongs to. */
  readonly ports: Ports;
  /** Ends the opening: what is left of `timeout`, and the rest of the rollout's limits. */
  begin(): RolloutLimits;
  /** What is left of `timeout`, milliseconds: the opening is paid from it, a wait for another run's turn is not. */
  leftMs(): number;
  /** Since it was started, milliseconds. */
  spentMs(): number;
  /** Ends the rollout: what is asked now has `ms` (default: seconds), and less where no time is left for it. */
  end(ms?: number): void;
}

/**
 * Starts an action's time. Opening it counts against `timeout` too: without that, a host that never answers, or a tool
 * that never ends, would hold the step for minutes before a rollout that could bound it has begun, or after it has ended.
 */
export function startTimeBudget(
  ports: Ports,
  { timeoutMs, restoreTimeoutMs }: Pick<RolloutLimits, 'timeoutMs' | 'restoreTimeoutMs'>,
): TimeBudget {
  const { clock, signal } = ports;
  const started = clock.monotonic();
  let endsAt = started + timeoutMs;
  let waitedMs = 0;
  const left = () => endsAt - clock.monotonic();
  return {
    ports: { ...ports, http: endingBy(ports.http, left), tools: endedBy(ports.tools, left) },
    begin() {
      endsAt = Number.POSITIVE_INFINITY;
      const spentMs = clock.monotonic() - started;
      const waited = (ms: number) => {
        waitedMs += ms;
      };
      return { timeoutMs, restoreTimeoutMs, spentMs, signal, waited };
    },
    spentMs: () => clock.monotonic() - started,
    leftMs: () => started + timeoutMs + waitedMs - clock.monotonic(),
    end(ms = shutdownMs) {
      const lastMs = started + timeoutMs + restoreTimeoutMs + waitedMs + shutdownEndsMs;
      endsAt = Math.min(clock.monotonic() + ms, lastMs);
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
    upload: ({ timeoutMs = 1_800_000, ...upload }) =>
      http.upload({ ...upload, timeoutMs: atMost(timeoutMs) }),
  };
}

function endedBy(tools: Tools, leftMs: () => number): Tools {
  return {
    run: (run) => {
      const ms = Math.max(1, Math.min(run.deadlineMs ?? Number.POSITIVE_INFINITY, leftMs()));
      return tools.run(Number.isFinite(ms) ? { ...run, deadlineMs: ms } : run);
    },
  };
}
