import type { JobStatus, LogLine } from './job-result.ts';

/** What a job is asked to run: the part of a workflow's job that a runner sees. */
export interface JobSpec {
  readonly steps: readonly Step[];
  /** Where `uses: ./actions/x` is looked up. */
  readonly repositoryRoot: string;
  /** Folders that stand for other repositories, by `owner/name`: there `uses: owner/name/path@ref` is looked up, whatever the ref. */
  readonly actions?: Readonly<Record<string, string>>;
  /** The `needs` context: the jobs before this one, as they ended. */
  readonly needs?: Readonly<Record<string, NeededJob>>;
  /** GITHUB_WORKSPACE and working directory of every step. A fresh folder when absent, removed with the job. */
  readonly workspace?: string;
  /** RUNNER_TEMP. A fresh folder when absent, removed with the job: pass one to read reports afterwards. */
  readonly temp?: string;
  /** RUNNER_TOOL_CACHE. A fresh folder when absent, removed with the job. */
  readonly toolCache?: string;
  readonly env?: Values;
  /** Masked from the first line on. `GITHUB_TOKEN` is `github.token` unless given. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** The `inputs` context: what `workflow_dispatch` was started with. */
  readonly inputs?: Values;
  readonly github?: GitHubFacts;
  /** Job outputs, as templates: `${{ steps.deploy.outputs.url }}`. */
  readonly outputs?: Readonly<Record<string, string>>;
  readonly runnerOs?: 'Linux' | 'macOS' | 'Windows';
  readonly runnerArch?: 'X64' | 'ARM64' | 'X86' | 'ARM';
  /** The runner's own Node 24. Default: the Node that runs this. */
  readonly node?: string;
  /** The only three variables a client of the local cloud needs, and the only ones it gets. */
  readonly cloud?: CloudVariables;
  /** Step debug logging: RUNNER_DEBUG=1, and `::debug::` lines are shown. */
  readonly debug?: boolean;
  /** Every line of the log as it comes, masked. */
  readonly onLine?: (line: LogLine) => void;
  /** Cancels the job, as the button on the run's page does. */
  readonly signal?: AbortSignal;
  readonly ladder?: Ladder;
  /** How long a child may hold stdout after the step's process has ended. Default 5,000. */
  readonly heldOutputMs?: number;
  /** After a cancel, when the service gives up on the job and everything is killed. Default 300,000. */
  readonly cutOffMs?: number;
}

/** SIGINT, wait, SIGTERM, wait, SIGKILL. Defaults 7,500 and 2,500. */
export interface Ladder {
  readonly afterInterruptMs: number;
  readonly afterTerminateMs: number;
}

export interface NeededJob {
  readonly result: JobStatus | 'skipped';
  readonly outputs: Readonly<Record<string, string>>;
}

export interface CloudVariables {
  readonly HTTPS_PROXY?: string;
  readonly SSL_CERT_FILE?: string;
  readonly NODE_EXTRA_CA_CERTS?: string;
}

/** Scalars as YAML has them; strings may be templates. */
export type Values = Readonly<Record<string, string | number | boolean>>;

export type Step = ActionStep | ScriptStep;

export interface ActionStep extends StepSettings {
  /** A folder of the repository, with an action.yml; or one of another's, at a ref. */
  readonly uses: `./${string}` | `${string}/${string}@${string}`;
  readonly with?: Values;
}

export interface ScriptStep extends StepSettings {
  readonly run: string;
  /** Default `bash -e`; naming `bash` adds `pipefail`, as on GitHub. */
  readonly shell?: 'bash' | 'sh';
}

interface StepSettings {
  readonly id?: string;
  readonly name?: string;
  readonly if?: string | boolean;
  readonly env?: Values;
  readonly 'continue-on-error'?: boolean | string;
  /** Fractions are allowed, unlike on GitHub: a test cannot wait for a minute. */
  readonly 'timeout-minutes'?: number | string;
}

/** The `github` context under its own names; what is absent gets a plausible value. */
export type GitHubFacts = Partial<Readonly<Record<GitHubFactName, string>>> & {
  readonly token?: string;
  /** The webhook payload, written to GITHUB_EVENT_PATH. */
  readonly event?: object;
};

export type GitHubFactName = (typeof githubFactNames)[number];

/** The facts a caller may set; all of them reach the process as `GITHUB_<NAME>`. */
export const githubFactNames = [
  'actor',
  'actor_id',
  'api_url',
  'base_ref',
  'event_name',
  'graphql_url',
  'head_ref',
  'job',
  'ref',
  'ref_name',
  'ref_protected',
  'ref_type',
  'repository',
  'repository_id',
  'repository_owner',
  'repository_owner_id',
  'retention_days',
  'run_attempt',
  'run_id',
  'run_number',
  'server_url',
  'sha',
  'triggering_actor',
  'workflow',
  'workflow_ref',
  'workflow_sha',
] as const;
