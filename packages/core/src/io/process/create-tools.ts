import { spawn } from 'node:child_process';
import type { Clock } from '../clock.ts';
import type { ToolRun, Tools } from '../process.ts';
import { createCapture, type Log } from './capture.ts';
import { followToEnd } from './follow.ts';
import type { StartedChild } from './process-group.ts';
import { refuseBatchFile, startFailure } from './start-failure.ts';

/** What the process port is opened with. `print` must neutralise workflow commands. */
export interface ToolsOptions extends Log {
  readonly clock: Clock;
  /** Default: of this process. */
  readonly platform?: NodeJS.Platform;
}

/** The real port to processes: argument arrays, one process group per tool, never a shell. */
export function createTools({ clock, platform = process.platform, ...log }: ToolsOptions): Tools {
  return {
    async run(run) {
      refuseBatchFile(run.command, platform);
      const began = clock.monotonic();
      const capture = createCapture(run, log);
      if (run.signal?.aborted) return { ...neverStarted, ...capture.finish(), durationMs: 0 };
      const child = start(run, platform);
      capture.read(child.stdout, 'stdout');
      capture.read(child.stderr, 'stderr');
      child.once('exit', () => capture.hurry());
      await started(child, run);
      const end = await followToEnd(child, run, { clock, platform });
      return { ...end, ...capture.finish(), durationMs: clock.monotonic() - began };
    },
  };
}

const neverStarted = { exitCode: null, signalName: null, endedBy: 'cancelled' } as const;

function start(run: ToolRun, platform: NodeJS.Platform): StartedChild {
  const child = spawn(run.command, run.args, {
    cwd: run.cwd,
    env: run.env,
    // A group of its own: the runner signals us alone, and whoever ends the tool must reach its children.
    detached: platform !== 'win32',
    windowsHide: true,
    stdio: 'pipe',
  });
  // A tool that does not read its input closes the pipe early, which is its right.
  child.stdin.on('error', () => {});
  child.stdin.end(run.stdin);
  return child;
}

function started(child: StartedChild, run: ToolRun): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (error) => reject(startFailure(run, error)));
  });
}
