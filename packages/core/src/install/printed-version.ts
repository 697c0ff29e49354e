import type { ToolResult, Tools } from '../io/process.ts';
import { ActionFailure } from '../outcome/failure.ts';
import { anotherVersion, type ToolSpec } from './tool.ts';
import { versionPattern } from './version-request.ts';

/** A tool that runs at all names its version within a second, milliseconds. */
const timeBudgetMs = 30_000;
/** It has nothing to wind up. */
const ladder = { afterInterruptMs: 500, afterTerminateMs: 500 };

/** How a tool is started. */
export interface Starting {
  readonly tools: Tools;
  readonly signal: AbortSignal;
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

/** Runs the tool once and reads its version, which also shows that it runs on this machine at all. */
export async function printedVersion(
  spec: ToolSpec,
  path: string,
  { tools, wanted, ...starting }: Starting & { readonly wanted?: string | undefined },
): Promise<string> {
  const run = { command: path, args: spec.versionArgs, echo: false, deadlineMs: timeBudgetMs, ladder };
  const result = await tools.run({ ...run, ...starting });
  starting.signal.throwIfAborted();
  const version = result.exitCode === 0 ? versionPattern.exec(result.stdout)?.[1] : undefined;
  if (version !== undefined) return version;
  throw new ActionFailure({
    code: 'install-failed',
    what: `${path} ${spec.versionArgs.join(' ')} ${described(result)} and named no version`,
    why: 'the file is not the tool it should be, or it cannot run on this machine',
    next: `Remove it, or set ${spec.inputs.version} to ${anotherVersion(spec, wanted)}`,
    details: result.tail.filter((line) => line.trim() !== '').slice(0, 20),
  });
}

function described({ endedBy, exitCode, signalName, durationMs }: ToolResult): string {
  if (endedBy === 'deadline') return `was stopped after ${Math.round(durationMs / 1000)} s`;
  return exitCode === null ? `was ended by ${signalName}` : `exited with ${exitCode}`;
}
