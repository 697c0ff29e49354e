import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { failureLine } from '../../../packages/core/src/outcome/failure.ts';
import { temporaryFolder } from '../../../packages/core/src/runner/folders.ts';
import { recordingRunner } from '../../support/recording-runner.ts';

let base = '';
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'belay-folders-'));
});
afterEach(() => rm(base, { recursive: true }));

function asked(temp: string, env: Readonly<Record<string, string>>): Promise<string> {
  const { context } = recordingRunner({ env, context: { temp } });
  return temporaryFolder({ context, env }, 'belay-').catch(failureLine);
}

describe('a folder of our own', () => {
  it('is made below RUNNER_TEMP, also where that is gone', async () => {
    const temp = join(base, 'gone');
    expect(await asked(temp, { RUNNER_TEMP: temp })).toMatch(`${temp}/belay-`);
  });

  it('cannot be made where RUNNER_TEMP is no folder', async () => {
    const temp = join(base, 'file');
    await writeFile(temp, '');
    expect(await asked(temp, { RUNNER_TEMP: temp })).toBe(
      `runner-unwritable: RUNNER_TEMP (${temp}) cannot be written: EEXIST: file already exists, mkdir '${temp}'. ` +
        'The disk is full, or the path is gone or belongs to another user. ' +
        `Next: Free space on the runner’s disk, or let this job write to ${temp}.`,
    );
  });

  it('cannot be made where RUNNER_TEMP is not set', async () => {
    expect(await asked('.', {})).toBe(
      'runner-unwritable: RUNNER_TEMP is not set. ' +
        'The runner sets it for every step, so something before this one has cleared it. ' +
        'Next: Run the step without clearing RUNNER_TEMP.',
    );
  });
});
