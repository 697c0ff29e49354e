import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { sha256Of, toolArchive } from '../../support/release-host.ts';
import { asset, assetPath, checksumsPath, installStage } from './install-stage.ts';

/** As Windows does: a folder takes no other’s place. */
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>();
  return {
    ...real,
    async rename(from: string, to: string) {
      if (existsSync(to)) throw new Error(`EPERM: operation not permitted, rename '${from}' -> '${to}'`);
      return real.rename(from, to);
    },
  };
});

const stage = installStage();
const { hosted, install, requests, cachedFolder, writeTool, seedToolCache } = stage;

describe('a version that is not in the tool cache', () => {
  it('is downloaded, verified, cached and put on PATH', async () => {
    const { tool, runner } = await install();
    expect(tool).toEqual({
      path: join(cachedFolder(), 'flyctl'),
      version: '1.2.3',
      source: 'download',
      sha256: sha256Of(stage.archive),
      notes: [`${asset}: sha256 verified against the release’s own flyctl_1.2.3_checksums.txt.`],
    });
    expect(runner.log).toEqual([`addPath ${cachedFolder()}`]);
    expect(existsSync(`${cachedFolder()}.complete`)).toBe(true);
  });

  it('leaves nothing in the temporary folder', async () => {
    await install();
    expect(await readdir(join(stage.root, 'temp'))).toEqual([]);
  });

  it('is verified against the older name of the checksum file where that is the one there is', async () => {
    stage.host.files.delete(checksumsPath);
    stage.host.files.set('/v1.2.3/checksums.txt', `${sha256Of(stage.archive)}  ${asset}\n`);
    const { tool } = await install();
    expect(tool.notes).toEqual([`${asset}: sha256 verified against the release’s own checksums.txt.`]);
  });

  it('is verified against the table that ships, asking for no checksum file', async () => {
    const published = { version: '1.2.3', asset, sha256: sha256Of(stage.archive), source: 'a test' };
    const { tool } = await install({}, hosted({ publishedChecksums: [published] }));
    expect(tool.notes).toEqual([
      `${asset}: sha256 verified against the table that ships with Belay (a test).`,
    ]);
    expect(requests()).toEqual([assetPath]);
  });

  it('is verified against the user’s sha256 before any other', async () => {
    const published = { version: '1.2.3', asset, sha256: '0'.repeat(64), source: 'a test' };
    const spec = hosted({ publishedChecksums: [published] });
    const { tool } = await install({ sha256: sha256Of(stage.archive).toUpperCase() }, spec);
    expect(tool.notes).toEqual([`${asset}: sha256 verified against the input flyctl-sha256.`]);
  });
});

describe('an archive that cannot be trusted', () => {
  it('is never unpacked when it was tampered with', async () => {
    const tampered = await toolArchive('flyctl', 'flyctl v1.2.3 with a backdoor');
    stage.host.files.set(assetPath, tampered);
    await expect(install()).rejects.toMatchObject({
      code: 'checksum-mismatch',
      what: `${asset} has the sha256 ${sha256Of(tampered)}`,
      why: `it must be ${sha256Of(stage.archive)} by the release’s own flyctl_1.2.3_checksums.txt; the archive was not unpacked`,
      next: 'Find out why the file differs before anything is run from it',
    });
    expect([await readdir(join(stage.root, 'tools')), await readdir(join(stage.root, 'temp'))]).toEqual([
      [],
      [],
    ]);
  });

  it('is refused when no checksum file names it', async () => {
    stage.host.files.set(checksumsPath, `${sha256Of(stage.archive)}  flyctl_1.2.3_macOS_arm64.tar.gz\n`);
    await expect(install()).rejects.toMatchObject({
      code: 'install-failed',
      what: `no checksum was found for ${asset}`,
      next: 'Set flyctl-sha256 to the sha256 you trust, or choose another flyctl-version',
    });
    expect(await readdir(join(stage.root, 'tools'))).toEqual([]);
  });

  it('is refused when the tool in it is another version', async () => {
    const other = await toolArchive('flyctl', 'flyctl v1.2.4 linux/amd64');
    stage.host.files.set(assetPath, other);
    await expect(install({ sha256: sha256Of(other) })).rejects.toMatchObject({
      code: 'install-failed',
      what: 'flyctl says it is 1.2.4, and 1.2.3 was wanted',
    });
  });
});

describe('a version that its publisher has withdrawn', () => {
  it('is named, with what to choose instead', async () => {
    stage.host.files.clear();
    await expect(install()).rejects.toMatchObject({
      code: 'install-failed',
      what: `flyctl 1.2.3 has no ${asset} to download (404)`,
      why: 'there was never such a version, or its publisher has withdrawn it',
      next: 'Set flyctl-version to a version that exists, such as 0.4.85',
    });
  });

  it('is not named as what to choose instead where it is the default', async () => {
    stage.host.files.clear();
    await expect(install({}, hosted({ defaultVersion: '1.2.3' }))).rejects.toMatchObject({
      what: `flyctl 1.2.3 has no ${asset} to download (404)`,
      next: 'Set flyctl-version to latest, or to path and install flyctl in an earlier step',
    });
  });
});

describe('a version in the tool cache', () => {
  it('is used without a single request', async () => {
    await seedToolCache('flyctl v1.2.3 linux/amd64');
    const { tool, runner } = await install();
    expect(tool).toEqual({
      path: join(cachedFolder(), 'flyctl'),
      version: '1.2.3',
      source: 'tool-cache',
      notes: [],
    });
    expect([requests(), runner.log]).toEqual([[], [`addPath ${cachedFolder()}`]]);
  });

  it('may be a development build, and says so', async () => {
    await seedToolCache('flyctl v2026.11.21-dev.1795252264 linux/amd64 Commit: <none>');
    const { tool } = await install();
    expect([tool.version, tool.notes]).toEqual([
      '2026.11.21-dev.1795252264',
      ['The tool cache’s flyctl 1.2.3 is the development build 2026.11.21-dev.1795252264.'],
    ]);
  });

  it('is refused when it is another release', async () => {
    await seedToolCache('flyctl v1.2.2 linux/amd64');
    await expect(install()).rejects.toMatchObject({
      what: 'flyctl says it is 1.2.2, and 1.2.3 was wanted',
      next: `Remove ${cachedFolder()} from the tool cache`,
    });
  });

  it('is refused when it does not run', async () => {
    await seedToolCache('Segmentation fault');
    await expect(install()).rejects.toMatchObject({
      code: 'install-failed',
      what: `${join(cachedFolder(), 'flyctl')} version exited with 0 and named no version`,
      details: ['Segmentation fault'],
    });
  });
});

describe('flyctl-sha256', () => {
  it('passes over the tool cache: what is there may have been planted', async () => {
    await seedToolCache('flyctl v1.2.3 with a backdoor');
    const { tool, runner } = await install({ sha256: sha256Of(stage.archive) });
    expect(tool).toEqual({
      path: expect.stringMatching(`^${join(stage.root, 'temp', 'belay-flyctl-')}\\w+/flyctl/flyctl$`),
      version: '1.2.3',
      source: 'download',
      sha256: sha256Of(stage.archive),
      notes: [`${asset}: sha256 verified against the input flyctl-sha256.`],
    });
    expect(await readFile(tool.path, 'utf8')).not.toContain('backdoor');
    expect(runner.log).toEqual([`addPath ${dirname(tool.path)}`]);
  });

  it('leaves the tool cache as it is, where another job may be running from it', async () => {
    await seedToolCache('flyctl v1.2.3 with a backdoor');
    await install({ sha256: sha256Of(stage.archive) });
    expect(await readFile(join(cachedFolder(), 'flyctl'), 'utf8')).toContain('backdoor');
  });

  it('that the archive has not ends the step, whatever the tool cache holds', async () => {
    await seedToolCache('flyctl v1.2.3 linux/amd64');
    await expect(install({ sha256: '0'.repeat(64) })).rejects.toMatchObject({
      code: 'checksum-mismatch',
      why: `it must be ${'0'.repeat(64)} by the input flyctl-sha256; the archive was not unpacked`,
      next: 'Correct flyctl-sha256 if it is of another version or system; otherwise find out why the file differs before anything is run from it',
    });
    expect(await readdir(join(stage.root, 'temp'))).toEqual([]);
  });
});

describe('a tool cache that outlives the job, on a self-hosted runner', () => {
  const installAgain = () => install({}, hosted(), { selfHosted: true });
  const cached = () => join(cachedFolder(), 'flyctl');

  it('remembers beside the tool what its executable was', async () => {
    await installAgain();
    const sha256 = sha256Of(await readFile(cached()));
    expect(await readFile(`${cachedFolder()}.sha256`, 'utf8')).toBe(`${sha256}  flyctl\n`);
  });

  it('answers without a request while the executable is what it was', async () => {
    await installAgain();
    const asked = requests().length;
    const { tool } = await installAgain();
    expect([tool.source, tool.notes, requests().length]).toEqual(['tool-cache', [], asked]);
  });

  it('is not run from when the executable has changed since', async () => {
    await installAgain();
    const before = sha256Of(await readFile(cached()));
    await writeTool(cachedFolder(), 'flyctl v1.2.3 with a backdoor');
    const after = sha256Of(await readFile(cached()));
    await expect(installAgain()).rejects.toMatchObject({
      code: 'checksum-mismatch',
      what: `${cached()} has the sha256 ${after}`,
      why: `it had ${before} when it was put into the tool cache; it was not run`,
      next: `Find out who can write there, remove ${cachedFolder()}, and set flyctl-sha256: then the tool cache is not used`,
    });
  });

  it.each<[string, () => Promise<void>]>([
    ['has no remembered sha256', async () => {}],
    ['has one of another file', () => writeFile(`${cachedFolder()}.sha256`, `${'0'.repeat(64)}  flux\n`)],
    ['is gone, though its folder is there', () => rm(cached())],
  ])('is filled again from the release when the executable %s', async (_, changes) => {
    await seedToolCache('flyctl v1.2.3 with a backdoor');
    await changes();
    const { tool } = await installAgain();
    expect([tool.source, tool.notes]).toEqual([
      'download',
      [
        'The tool cache’s flyctl 1.2.3 was passed over: nothing beside it tells what it was when it was put there.',
        `${asset}: sha256 verified against the release’s own flyctl_1.2.3_checksums.txt.`,
      ],
    ]);
    expect(await readFile(cached(), 'utf8')).not.toContain('backdoor');
    expect((await installAgain()).tool.source).toBe('tool-cache');
  });

  const pipe = (path: string) => execFileSync('mkfifo', [path]);

  it.each<[string, () => Promise<void>]>([
    [
      'executable',
      async () => {
        await rm(cached());
        pipe(cached());
      },
    ],
    [
      'remembered sha256',
      async () => {
        await rm(`${cachedFolder()}.sha256`);
        pipe(`${cachedFolder()}.sha256`);
      },
    ],
  ])('is filled again where its %s is a pipe, which nobody waits for', async (_, plants) => {
    await installAgain();
    await plants();
    const { tool } = await installAgain();
    expect(tool.source).toBe('download');
    expect((await installAgain()).tool.source).toBe('tool-cache');
  });

  it('is left alone by a job that is cancelled', async () => {
    await installAgain();
    const asked = requests().length;
    const cancelled = new Error('cancelled');
    const signal = AbortSignal.abort(cancelled);
    await expect(install({}, hosted(), { selfHosted: true, signal })).rejects.toBe(cancelled);
    expect(requests().length).toBe(asked);
  });

  it('may be filled by the image of the runner, with the line that `sha256sum` prints', async () => {
    await seedToolCache('flyctl v1.2.3 linux/amd64');
    await writeFile(
      `${cachedFolder()}.sha256`,
      `${sha256Of(await readFile(cached())).toUpperCase()} *flyctl`,
    );
    const { tool } = await installAgain();
    expect([tool.source, requests()]).toEqual(['tool-cache', []]);
  });
});

describe('flyctl-version: path', () => {
  it('uses what is on PATH, whatever its version, and leaves PATH alone', async () => {
    await writeTool(join(stage.root, 'bin'), 'flyctl v9.9.9 linux/amd64');
    const { tool, runner } = await install({ version: 'path' });
    expect(tool).toEqual({
      path: join(stage.root, 'bin', 'flyctl'),
      version: '9.9.9',
      source: 'PATH',
      notes: [],
    });
    expect([requests(), runner.log]).toEqual([[], []]);
  });

  it('fails when there is none', async () => {
    const spec = hosted({ name: 'flyctl-that-is-nowhere' });
    await expect(install({ version: 'path' }, spec)).rejects.toMatchObject({
      code: 'install-failed',
      what: 'flyctl-version is "path", and there is no flyctl-that-is-nowhere on PATH',
    });
  });
});

describe('a tool cache that cannot be used', () => {
  it('is named', async () => {
    const file = join(stage.root, 'file');
    await writeFile(file, '');
    vi.stubEnv('RUNNER_TOOL_CACHE', file);
    await expect(install()).rejects.toMatchObject({
      code: 'runner-unwritable',
      what: expect.stringMatching(`^RUNNER_TOOL_CACHE \\(${file}\\) cannot be written: `),
    });
  });

  it('is named where there is none', async () => {
    vi.stubEnv('RUNNER_TOOL_CACHE', undefined);
    await expect(install()).rejects.toMatchObject({
      code: 'runner-unwritable',
      what: 'RUNNER_TOOL_CACHE is not set',
    });
  });
});

describe('a tool that hangs when it is asked for its version', () => {
  it('is stopped, and named', { timeout: 20_000 }, async () => {
    const flyctlOnPath = join(stage.root, 'bin', 'flyctl');
    await writeFile(flyctlOnPath, '#!/bin/sh\nexec sleep 1000\n');
    await chmod(flyctlOnPath, 0o755);
    const limit = { deadlineMs: 500 };
    await expect(install({ version: 'path' }, hosted(), limit)).rejects.toMatchObject({
      code: 'install-failed',
      what: expect.stringMatching(/flyctl version was stopped after \d+ s and named no version$/),
    });
  });
});
