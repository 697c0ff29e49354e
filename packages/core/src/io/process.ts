/** The port to processes: cancellable, never a shell. Its types; the implementation is in `process/`. */

export interface ToolRun {
  /** Absolute path, or a name looked up on PATH. */
  readonly command: string;
  readonly args: readonly string[];
  /** The whole environment of the child: nothing is inherited silently. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly stdin?: string;
  readonly signal?: AbortSignal;
  /** Milliseconds until the ladder starts; no deadline when absent. */
  readonly deadlineMs?: number;
  /** SIGINT → wait → SIGTERM → wait → SIGKILL, of the whole process group. Defaults 4,000 and 1,500 ms. */
  readonly ladder?: { readonly afterInterruptMs: number; readonly afterTerminateMs: number };
  /** Print the child's lines as they come (workflow commands neutralised). Default true. */
  readonly echo?: boolean;
  /** Every whole line, terminal controls stripped, before neutralising. */
  readonly onLine?: (line: string, stream: 'stdout' | 'stderr') => void;
}

export interface ToolResult {
  /** null when a signal ended it. */
  readonly exitCode: number | null;
  readonly signalName: string | null;
  readonly endedBy: 'exit' | 'cancelled' | 'deadline';
  /** Last 200 lines of both streams in order of arrival, at most 64 KiB. */
  readonly tail: readonly string[];
  /** Whole stdout up to 8 MiB; `stdoutTruncated` says when it was cut. */
  readonly stdout: string;
  readonly stdoutTruncated: boolean;
  readonly durationMs: number;
}

/** Runs command line tools. Rejects only when the tool cannot be started at all (ActionFailure `tool-missing`). */
export interface Tools {
  run(run: ToolRun): Promise<ToolResult>;
}
