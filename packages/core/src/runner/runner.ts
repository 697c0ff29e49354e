/** What the hosted runner offers an action. The only implementation that touches `@actions/core` lives beside it. */
export interface Runner {
  readonly context: RunnerContext;
  /** The whole environment, read once. Only ports and platform adapters may look at it. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The raw text of an input, trimmed; `''` when absent. */
  input(name: string): string;
  /** Registers a secret with the masker, in every form it may appear (whole, per line, base64, URL-encoded). */
  mask(secret: string): void;
  /** The text without what was masked. For what is written elsewhere: log, summary, outputs and state pass it anyway. */
  redact(text: string): string;
  debug(message: string): void;
  info(message: string): void;
  notice(message: string, place?: Place): void;
  warning(message: string, place?: Place): void;
  error(message: string, place?: Place): void;
  /** A foldable section of the log. */
  group<T>(title: string, work: () => Promise<T>): Promise<T>;
  output(name: string, value: string): void;
  /** Puts a directory before PATH, for this process and for later steps. */
  addPath(directory: string): void;
  /** Appends Markdown to the job summary; cut at whole lines before the runner's 1 MiB limit, with a note. */
  summary(markdown: string): Promise<void>;
  /** Kept for `post`: written at once, so that a killed main leaves it behind. */
  saveState(name: string, value: string): void;
  state(name: string): string;
}

/** A runner before anything is masked that it writes. */
export type BareRunner = Omit<Runner, 'redact'>;

/** Where an annotation points. */
export interface Place {
  readonly title?: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}

/** The `GITHUB_*` and `RUNNER_*` facts of the job, read once. Absent is undefined, never `''`. */
export interface RunnerContext {
  readonly repository?: { readonly owner: string; readonly name: string };
  /** Stays the same when the repository is renamed or moved. */
  readonly repositoryId?: string;
  readonly sha?: string;
  readonly ref?: string;
  readonly refName?: string;
  readonly eventName?: string;
  /** The webhook payload, or {} when there is none. */
  readonly event: Readonly<Record<string, unknown>>;
  readonly actor?: string;
  /** Who started this attempt: in a run that a person started again it is another than `actor`. */
  readonly triggeringActor?: string;
  readonly workflow?: string;
  readonly job?: string;
  readonly runId?: string;
  readonly runAttempt: number;
  readonly serverUrl: string;
  readonly apiUrl: string;
  readonly graphqlUrl: string;
  readonly workspace: string;
  readonly temp: string;
  readonly toolCache: string;
  /** `other`: a runner that says it is none of these; one that says nothing counts as Linux. */
  readonly os: 'linux' | 'macos' | 'windows' | 'other';
  readonly arch: 'x64' | 'arm64' | 'other';
  /** True unless the runner says that it is GitHub's own: then its folders may outlive the job. */
  readonly selfHosted: boolean;
  readonly debug: boolean;
}

/** `https://github.com/o/r/actions/runs/77/attempts/2`, when this is a run. */
export function runUrl(context: RunnerContext): string | undefined {
  if (context.repository === undefined || context.runId === undefined) return undefined;
  const { owner, name } = context.repository;
  const attempt = context.runAttempt > 1 ? `/attempts/${context.runAttempt}` : '';
  return `${context.serverUrl}/${owner}/${name}/actions/runs/${context.runId}${attempt}`;
}
