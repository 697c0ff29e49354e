import type { ToolResult, ToolRun } from '../../io/process.ts';
import type { Measure } from '../../ledger/measures.ts';
import type { FailureText } from '../../outcome/failure.ts';
import type { CommandEnd, InstanceCommand, InstanceHealth } from '../../platforms/platform.ts';
import type { LoadWarning } from '../check-file.ts';
import type { SourcePlace } from '../check-result.ts';
import type { LoadOptions } from '../load-checks.ts';
import type { AttemptResult } from '../run/attempt-result.ts';
import type { AskTask, LeftOut } from '../run/prober.ts';
import type { Values } from '../run/scope.ts';
import type { WantedBuild } from '../types/check-type.ts';
import type { PackedParts } from './packed-parts.ts';

/** What is asked of the process that runs the checks, and what it answers. Plain data, as JSON carries it. */
export interface Calls {
  load: { readonly given: LoadRequest; readonly answer: ChecksFacts };
  assertBindable: { readonly given: BindableRequest; readonly answer: null };
  bind: { readonly given: BindRequest; readonly answer: PackedParts };
  ask: { readonly given: { readonly at: number; readonly task: AskTask }; readonly answer: AttemptResult };
  leftOut: {
    readonly given: { readonly session: number; readonly at: number };
    readonly answer: LeftOut | null;
  };
  askStep: {
    readonly given: { readonly session: number; readonly at: number; readonly task: AskTask };
    readonly answer: AttemptResult;
  };
  endSession: { readonly given: { readonly session: number }; readonly answer: null };
  control: { readonly given: null; readonly answer: boolean };
  previous: { readonly given: { readonly at: number; readonly timeoutMs: number }; readonly answer: boolean };
  answers: { readonly given: readonly number[]; readonly answer: readonly (string | null)[] };
  places: { readonly given: readonly number[]; readonly answer: readonly (SourcePlace | null)[] };
}

export interface LoadRequest extends LoadOptions {
  readonly input: string;
}

export interface BindableRequest {
  readonly values: Values;
  readonly timeoutMs?: number | undefined;
}

/** The values of a run, and what is asked with them. */
export interface BindRequest extends Values {
  readonly only?: readonly string[] | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly build?: WantedBuild | undefined;
  readonly watch: boolean;
  /** What is asked was made live just before the run. */
  readonly isNew: boolean;
  /** Leaves the check of the build out. */
  readonly withoutRelease: boolean;
  readonly controlUrl?: string | undefined;
  /** Those of the environment that name proxies. */
  readonly env: Readonly<Record<string, string>>;
  /** Values captured so far that must be masked. */
  readonly captured: readonly string[];
  /** Since the run began: another process may have begun it. Milliseconds. */
  readonly elapsedMs: number;
  /** Whether programs can be run, and the platform be asked, by who calls. */
  readonly hasTools: boolean;
  readonly hasPlatform: boolean;
  readonly hasInstances: boolean;
}

/** What the checks say of themselves, once read and found sound. */
export interface ChecksFacts {
  /** All of them, steps included, in the order of the files. */
  readonly checks: readonly {
    readonly name: string;
    readonly type: string;
    readonly isGate: boolean;
    /** The measure it is compared with an older release by. */
    readonly baseline?: Measure;
  }[];
  /** What checks run in an instance of the target: words, of which those that hold a variable may become anything. */
  readonly commands: readonly (readonly string[])[];
  /** Names under `secrets:`. */
  readonly secrets: readonly string[];
  /** How long the longest watch takes, milliseconds; 0 without one. */
  readonly watchMs: number;
  readonly concurrency: number;
  readonly failFast: boolean;
  /** What was worth a warning when they were read. */
  readonly warnings: readonly LoadWarning[];
}

/** What the checks ask of who runs them: what needs a token, or a program. */
export interface Needs {
  health: { readonly given: null; readonly answer: readonly InstanceHealth[] };
  command: { readonly given: InstanceCommand; readonly answer: CommandEnd };
  program: { readonly given: Program; readonly answer: ProgramResult };
}

export type Program = Pick<ToolRun, 'command' | 'args' | 'env' | 'cwd' | 'deadlineMs' | 'ladder'>;

export interface ProgramResult {
  readonly result: ToolResult;
  readonly stderr: readonly string[];
}

/** How a call ended. */
export type Ended =
  | { readonly answer: unknown }
  | { readonly failure: FailureText }
  /** An exception that nothing foresaw. */
  | { readonly exception: string };

/** To the process that runs the checks. */
export type ToWorker =
  | { readonly call: keyof Calls; readonly id: number; readonly given: unknown }
  | { readonly need: number; readonly ended: Ended };

/** From it. */
export type FromWorker =
  | { readonly id: number; readonly ended: Ended }
  | { readonly need: keyof Needs; readonly id: number; readonly given: unknown }
  /** A value that must be masked from here on. */
  | { readonly secret: string };
