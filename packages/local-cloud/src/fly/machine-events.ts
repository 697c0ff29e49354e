/** What a machine lived through, as `GET machine` shows it: newest first. */
export interface MachineEvent {
  readonly id: string;
  readonly type: 'launch' | 'start' | 'exit' | 'update' | 'stop' | 'restart' | 'destroy';
  readonly status: string;
  readonly source: 'user' | 'flyd';
  readonly timestamp: number;
  readonly request?: ExitRequest;
}

/** flyctl panics on an exit event without it. */
export interface ExitRequest {
  readonly restart_count: number;
  readonly exit_event: {
    readonly exit_code: number;
    readonly guest_exit_code: number;
    readonly guest_signal: number;
    readonly oom_killed: boolean;
    readonly requested_stop: boolean;
    readonly restarting: boolean;
    readonly signal: number;
    readonly exited_at: string;
  };
}

export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: string | null;
}

const signalNumbers: Readonly<Record<string, number>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGABRT: 6,
  SIGKILL: 9,
  SIGSEGV: 11,
  SIGTERM: 15,
};

export function exitRequest(
  end: ProcessEnd,
  facts: { restartCount: number; restarting: boolean; requested: boolean; atMs: number },
): ExitRequest {
  const signal = end.signal === null ? -1 : (signalNumbers[end.signal] ?? 9);
  const exitCode = end.code ?? 128 + signal;
  return {
    restart_count: facts.restartCount,
    exit_event: {
      exit_code: exitCode,
      guest_exit_code: exitCode,
      guest_signal: signal,
      oom_killed: false,
      requested_stop: facts.requested,
      restarting: facts.restarting,
      signal,
      exited_at: new Date(facts.atMs).toISOString(),
    },
  };
}
