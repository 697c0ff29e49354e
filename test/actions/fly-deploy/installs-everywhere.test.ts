import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type JobResult, type JobSpec, runJob } from '#local-runner';
import { root } from '../../../scripts/root.ts';
import { shopStage } from '../../support/shop-stage.ts';

const shop = shopStage();
/** Not in the table that ships, so its checksums are those of the release. */
const version = '0.4.99';
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'belay-installs-'));
  const executable = join(folder, 'flyctl');
  await writeFile(
    executable,
    `#!/bin/sh\necho "flyctl v${version} Commit: 0 BuildDate: 2026-11-21T09:11:04Z"\n`,
  );
  await shop.stage.cloud.downloads.publish(version, executable);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

type Machine = Required<Pick<JobSpec, 'runnerOs' | 'runnerArch'>>;

/** A job that installs flyctl, and then calls it by its name alone. */
function install(machine: Machine, executable = 'flyctl', more: Readonly<Record<string, string>> = {}) {
  const inputs = { 'install-only': true, 'flyctl-version': version, ...more };
  return runJob({
    ...machine,
    cloud: shop.stage.cloud.env,
    toolCache: join(folder, 'tools'),
    repositoryRoot: root,
    steps: [
      { id: 'install', uses: './actions/fly-deploy', with: inputs },
      { id: 'use', run: `${executable} version` },
    ],
  });
}

const ended = ({ steps: [step] }: JobResult) => `${step?.outputs.outcome}/${step?.outputs.reason}`;
const logOf = ({ log }: JobResult) => log.map(({ line }) => line).join('\n');

describe('install-only', () => {
  it.each<[string, Machine, string, readonly string[]]>([
    ['Linux, x64', { runnerOs: 'Linux', runnerArch: 'X64' }, 'Linux_x86_64.tar.gz', ['flyctl']],
    ['Linux, arm64', { runnerOs: 'Linux', runnerArch: 'ARM64' }, 'Linux_arm64.tar.gz', ['flyctl']],
    ['macOS, x64', { runnerOs: 'macOS', runnerArch: 'X64' }, 'macOS_x86_64.tar.gz', ['flyctl']],
    ['macOS, arm64', { runnerOs: 'macOS', runnerArch: 'ARM64' }, 'macOS_arm64.tar.gz', ['flyctl']],
    [
      'Windows, x64',
      { runnerOs: 'Windows', runnerArch: 'X64' },
      'Windows_x86_64.zip',
      ['flyctl.exe', 'wintun.dll'],
    ],
    [
      'Windows, arm64',
      { runnerOs: 'Windows', runnerArch: 'ARM64' },
      'Windows_arm64.zip',
      ['flyctl.exe', 'wintun.dll'],
    ],
  ])('puts flyctl on PATH on %s', async (_, machine, archive, files) => {
    const [executable = ''] = files;
    const result = await install(machine, executable);
    expect(ended(result)).toBe('done/installed');
    const cached = join(folder, 'tools', 'flyctl', version, machine.runnerArch.toLowerCase());
    expect(logOf(result)).toContain(
      `flyctl ${version} is installed at ${join(cached, executable)} and on PATH.`,
    );
    expect(logOf(result)).toContain(
      `flyctl_${version}_${archive}: sha256 verified against the release’s own flyctl_${version}_checksums.txt.`,
    );
    expect((await readdir(cached)).toSorted()).toEqual(files);
    expect(logOf(result)).toContain(`flyctl v${version} Commit: 0`);
    expect(result.conclusion).toBe('success');
  });

  it.each<[string, Machine]>([
    ['a 32-bit ARM machine', { runnerOs: 'Linux', runnerArch: 'ARM' }],
    ['a 32-bit Windows', { runnerOs: 'Windows', runnerArch: 'X86' }],
  ])('says on %s what is supported, and downloads nothing', async (_, machine) => {
    const result = await install(machine);
    expect(ended(result)).toBe('error/install-failed');
    expect(result.steps[0]?.annotations.map(({ message }) => message)).toEqual([
      `install-failed: there is no flyctl for ${machine.runnerOs.toLowerCase()} on this machine’s architecture. ` +
        'Its releases are built for linux-x64, linux-arm64, macos-x64, macos-arm64, windows-x64, windows-arm64. ' +
        'Next: Run the job on one of these, or set flyctl-version to path and install it in an earlier step.',
    ]);
    expect(shop.stage.cloud.journal.entries()).toEqual([]);
    expect(existsSync(join(folder, 'tools', 'flyctl'))).toBe(false);
  });

  it('runs nothing that somebody planted in the tool cache where flyctl-sha256 says what flyctl is', async () => {
    const cached = join(folder, 'tools', 'flyctl', version, 'x64');
    const ran = join(folder, 'ran');
    await mkdir(cached, { recursive: true });
    await writeFile(join(cached, 'flyctl'), `#!/bin/sh\nenv >> '${ran}'\necho "flyctl v${version}"\n`, {
      mode: 0o755,
    });
    await writeFile(`${cached}.complete`, '');
    const sha256 = shop.stage.cloud.downloads.sha256(version, `flyctl_${version}_Linux_x86_64.tar.gz`);
    const machine = { runnerOs: 'Linux', runnerArch: 'X64' } as const;
    const result = await install(machine, 'flyctl', { 'flyctl-sha256': sha256 });
    expect([ended(result), existsSync(ran), result.conclusion]).toEqual(['done/installed', false, 'success']);
    expect(logOf(result)).toContain('sha256 verified against the input flyctl-sha256.');
  });

  it('refuses a Windows archive that was tampered with', async () => {
    shop.stage.cloud.downloads.tamper(version);
    const result = await install({ runnerOs: 'Windows', runnerArch: 'X64' });
    expect(ended(result)).toBe('error/checksum-mismatch');
    expect(existsSync(join(folder, 'tools', 'flyctl'))).toBe(false);
  });
});
