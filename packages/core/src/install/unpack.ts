import { mkdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { commonVariables, namedVariables, type Variables } from '../io/process/environment.ts';
import type { ToolResult, Tools } from '../io/process.ts';
import { ActionFailure, errorMessage } from '../outcome/failure.ts';
import { unpackZip } from './unpack-zip.ts';

/** An archive of 40 MB is unpacked in seconds, on a slow disk as well, milliseconds. */
const timeBudgetMs = 120_000;
/** It has nothing to wind up. */
const ladder = { afterInterruptMs: 500, afterTerminateMs: 500 };

/** What archives are unpacked with. */
export interface Unpacking {
  readonly tools: Tools;
  readonly signal: AbortSignal;
  /** The job's: the program that unpacks sees what programs need of it. */
  readonly env: Variables;
}

/**
 * Unpacks a `.tar.gz` or `.zip` into a folder, and nothing of it anywhere else. Failures: `install-failed`,
 * `tool-missing`; the signal's reason when cancelled.
 */
export async function unpack(archive: string, into: string, unpacking: Unpacking): Promise<void> {
  try {
    if (archive.endsWith('.zip')) await unpackZip(archive, into, unpacking.signal);
    else await unpackTar(archive, into, unpacking);
  } catch (error) {
    unpacking.signal.throwIfAborted();
    if (error instanceof ActionFailure) throw error;
    throw new ActionFailure(
      {
        code: 'install-failed',
        what: `${basename(archive)} could not be unpacked: ${errorMessage(error)}`,
        why: 'it is damaged, or was made to write outside its folder',
        next: 'Choose another version, and report this one to its publisher',
      },
      { cause: error },
    );
  }
}

/** An archive without the executable is not installed, since later runs would find it. Failure: `install-failed`. */
export async function requireExecutable(archive: string, folder: string, executable: string): Promise<void> {
  const isFile = await stat(join(folder, executable)).then(
    (found) => found.isFile(),
    () => false,
  );
  if (isFile) return;
  throw new ActionFailure({
    code: 'install-failed',
    what: `${basename(archive)} holds no ${executable}`,
    why: 'it is not the archive it is called',
    next: 'Choose another version, and report this one to its publisher',
  });
}

/** Every runner has a tar, and each of them refuses paths that climb. */
async function unpackTar(archive: string, into: string, { tools, signal, env }: Unpacking): Promise<void> {
  await mkdir(into, { recursive: true });
  const result = await tools.run({
    command: 'tar',
    args: ['-x', '-z', '-C', into, '-f', archive],
    cwd: into,
    env: namedVariables(env, commonVariables),
    echo: false,
    signal,
    deadlineMs: timeBudgetMs,
    ladder,
  });
  signal.throwIfAborted();
  if (result.exitCode !== 0) throw new Error(`tar ${described(result)}`);
}

function described({ endedBy, exitCode, signalName, durationMs, tail }: ToolResult): string {
  if (endedBy === 'deadline') return `was stopped after ${Math.round(durationMs / 1000)} s`;
  if (exitCode === null) return `was ended by ${signalName}`;
  const said = tail.find((line) => line.trim() !== '');
  return `exited with ${exitCode}${said === undefined ? '' : `: ${said}`}`;
}
