import { existsSync } from 'node:fs';
import { ActionFailure } from '../../outcome/failure.ts';
import type { ToolRun } from '../process.ts';

/** Windows starts batch files through a shell only, and we start no shells. */
export function refuseBatchFile(command: string, platform: NodeJS.Platform): void {
  if (platform !== 'win32' || !/\.(cmd|bat)$/i.test(command)) return;
  throw new ActionFailure({
    code: 'tool-missing',
    what: `${command} is a batch file, which only a shell can run`,
    why: 'no shell is used, so that no argument can turn into a command',
    next: 'Name the executable (.exe) that the batch file starts',
  });
}

/** Why `run` could not be started. Node says ENOENT for a missing directory as well as for a missing command. */
export function startFailure(run: ToolRun, error: NodeJS.ErrnoException): ActionFailure {
  if (!existsSync(run.cwd)) {
    return new ActionFailure(
      {
        code: 'tool-missing',
        what: `${run.command} cannot be started in ${run.cwd}: there is no such directory`,
        next: 'Correct `working-directory`, or check the repository out first',
      },
      { cause: error },
    );
  }
  const missing = error.code === 'ENOENT';
  return new ActionFailure(
    {
      code: 'tool-missing',
      what: missing
        ? `${run.command} was not found`
        : `${run.command} cannot be started (${error.code ?? error.message})`,
      why: missing ? `PATH is ${run.env.PATH ?? 'empty'}` : 'the file is not an executable for this machine',
      next: `Install ${run.command} in an earlier step and put its folder on PATH`,
    },
    { cause: error },
  );
}
