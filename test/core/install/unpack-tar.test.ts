import { chmod, readdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { findOnPath } from '../../../packages/core/src/install/find-on-path.ts';
import { climbingArchive, sha256Of } from '../../support/release-host.ts';
import { asset, assetPath, installStage } from './install-stage.ts';

const stage = installStage();
const { hosted, install } = stage;

it('shows the programs that unpack nothing of the job but what programs need', async () => {
  const seen = join(stage.root, 'seen');
  const real = findOnPath('tar', process.env.PATH ?? '');
  vi.stubEnv('SECRET_OF_THE_JOB', 'value');
  vi.stubEnv('PATH', [join(stage.root, 'bin'), process.env.PATH].join(delimiter));
  await writeFile(join(stage.root, 'bin', 'tar'), `#!/bin/sh\nenv >> '${seen}'\nexec '${real}' "$@"\n`);
  await chmod(join(stage.root, 'bin', 'tar'), 0o755);
  await install();
  const names = (await readFile(seen, 'utf8')).split('\n').map((line) => line.split('=')[0]);
  expect([names.includes('PATH'), names.includes('SECRET_OF_THE_JOB')]).toEqual([true, false]);
});

describe('a `tar` that hangs', () => {
  beforeEach(async () => {
    await writeFile(join(stage.root, 'bin', 'tar'), '#!/bin/sh\nexec sleep 1000\n');
    await chmod(join(stage.root, 'bin', 'tar'), 0o755);
    vi.stubEnv('PATH', [join(stage.root, 'bin'), process.env.PATH].join(delimiter));
  });

  it('is stopped, and named', { timeout: 20_000 }, async () => {
    await expect(install({}, hosted(), { deadlineMs: 500 })).rejects.toMatchObject({
      code: 'install-failed',
      what: `${asset} could not be unpacked: tar was stopped after 1 s`,
    });
  });

  it('ends with the job that is cancelled', { timeout: 20_000 }, async () => {
    const cancelling = new AbortController();
    const cancelled = new Error('cancelled');
    setTimeout(() => cancelling.abort(cancelled), 500);
    await expect(install({}, hosted(), { signal: cancelling.signal })).rejects.toBe(cancelled);
  });
});

it('refuses an archive that would write outside its folder, and caches nothing of it', async () => {
  const climbing = await climbingArchive();
  stage.host.files.set(assetPath, climbing);
  await expect(install({ sha256: sha256Of(climbing) })).rejects.toMatchObject({
    code: 'install-failed',
    what: expect.stringMatching(`^${asset} could not be unpacked: tar exited with 2: tar: .+`),
    why: 'it is damaged, or was made to write outside its folder',
  });
  expect([await readdir(join(stage.root, 'tools')), await readdir(join(stage.root, 'temp'))]).toEqual([
    [],
    [],
  ]);
});
