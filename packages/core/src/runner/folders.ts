import { mkdir, mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { ActionFailure, errorMessage } from '../outcome/failure.ts';
import type { Runner } from './runner.ts';

/** A new folder below `RUNNER_TEMP`, which the runner empties after the job. Failure: `runner-unwritable`. */
export async function temporaryFolder(
  runner: Pick<Runner, 'context' | 'env'>,
  prefix: string,
): Promise<string> {
  const { temp } = runner.context;
  await makeTemporaryFolder(runner, temp);
  return mkdtemp(join(temp, prefix)).catch((error: unknown) => {
    throw unwritable('RUNNER_TEMP', temp, error);
  });
}

/** Makes a folder whose path, at or below `RUNNER_TEMP`, is known before; nobody else may read it. Failure: `runner-unwritable`. */
export async function makeTemporaryFolder(
  { context, env }: Pick<Runner, 'context' | 'env'>,
  path: string,
): Promise<void> {
  const { temp } = context;
  if (temp === '.' && !env.RUNNER_TEMP) throw unwritable('RUNNER_TEMP', undefined, undefined);
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw unwritable('RUNNER_TEMP', temp, error);
  }
}

/** What the runner gives a step and what cannot be used: `variable` names it, `path` is its value, if it has one. */
export function unwritable(variable: string, path: string | undefined, error: unknown): ActionFailure {
  const isGiven = path !== undefined && path !== '';
  const said = errorMessage(error);
  return new ActionFailure(
    {
      code: 'runner-unwritable',
      what: isGiven ? `${variable} (${path}) cannot be written: ${said}` : `${variable} is not set`,
      why: isGiven
        ? 'the disk is full, or the path is gone or belongs to another user'
        : 'the runner sets it for every step, so something before this one has cleared it',
      next: isGiven
        ? `Free space on the runner’s disk, or let this job write to ${path}`
        : `Run the step without clearing ${variable}`,
    },
    { cause: error },
  );
}
