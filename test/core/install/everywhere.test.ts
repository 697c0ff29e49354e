import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { flyctl } from '#core/fly';
import { createHttp, createTools, installTool, systemClock } from '#core/io';
import type { System } from '../../../packages/core/src/install/tool.ts';
import type { RunnerContext } from '../../../packages/core/src/runner/runner.ts';
import { zipFile } from '../../../packages/local-cloud/src/downloads/zip-file.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { recordingRunner } from '../../support/recording-runner.ts';
import { type ReleaseHost, releaseHost, sha256Of, toolArchive } from '../../support/release-host.ts';
import { builtArchives } from './recorded-releases.ts';

let root: string;
let host: ReleaseHost;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'belay-everywhere-'));
  for (const folder of ['temp', 'tools']) await mkdir(join(root, folder));
  // The toolkit reads its folders from the environment of the process.
  vi.stubEnv('RUNNER_TEMP', join(root, 'temp'));
  vi.stubEnv('RUNNER_TOOL_CACHE', join(root, 'tools'));
  host = await releaseHost();
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await host[Symbol.asyncDispose]();
  await rm(root, { recursive: true, force: true });
});

const says = 'flyctl v1.2.3 Commit: 0 BuildDate: 2026-11-21T09:11:04Z';

/** As the release of each system holds it; what is inside runs on the machine of the test. */
function archiveOf(files: readonly string[]): Promise<Buffer> | Buffer {
  const [executable = ''] = files;
  if (executable === 'flyctl') return toolArchive('flyctl', says);
  const script = { name: executable, content: `#!/bin/sh\necho "${says}"\n`, mode: 0o755 };
  return zipFile([script, ...files.slice(1).map((name) => ({ name, content: 'MZ' }))]);
}

/** A release of flyctl with every archive there is, and one file of checksums. */
async function publish(): Promise<void> {
  const sums: string[] = [];
  for (const { name, kind, files } of builtArchives) {
    const asset = `flyctl_1.2.3_${name}.${kind}`;
    const archive = await archiveOf(files);
    host.files.set(`/v1.2.3/${asset}`, archive);
    sums.push(`${sha256Of(archive)}  ${asset}\n`);
  }
  host.files.set('/v1.2.3/flyctl_1.2.3_checksums.txt', sums.join(''));
}

async function install(context: Pick<RunnerContext, 'os' | 'arch'>) {
  const runner = recordingRunner({
    env: { PATH: process.env.PATH ?? '' },
    context: { temp: join(root, 'temp'), toolCache: join(root, 'tools'), ...context },
  });
  const http = createHttp({ clock: manualClock(), env: {}, userAgent: 'belay/test' });
  const releaseUrl = (version: string, file: string) => `${host.url}/v${version}/${file}`;
  const tools = createTools({ clock: systemClock, print: () => {} });
  const ports = { runner, http, tools, signal: new AbortController().signal };
  return { tool: await installTool({ ...flyctl, releaseUrl }, ports, { version: '1.2.3' }), runner };
}

const contextOf = (system: System) => {
  const [os, arch] = system.split('-') as [RunnerContext['os'], RunnerContext['arch']];
  return { os, arch };
};

describe.each(builtArchives)('on $system', ({ system, name, kind, files }) => {
  const [executable = ''] = files;
  const { os, arch } = contextOf(system);
  const folder = () => join(root, 'tools', 'flyctl', '1.2.3', arch);

  it(`${executable} of ${name}.${kind} is verified, unpacked, cached and put on PATH`, async () => {
    await publish();
    const { tool, runner } = await install({ os, arch });
    const asset = `flyctl_1.2.3_${name}.${kind}`;
    expect(tool).toEqual({
      path: join(folder(), executable),
      version: '1.2.3',
      source: 'download',
      sha256: sha256Of(Buffer.from(host.files.get(`/v1.2.3/${asset}`) ?? '')),
      notes: [`${asset}: sha256 verified against the release’s own flyctl_1.2.3_checksums.txt.`],
    });
    expect((await readdir(folder())).toSorted()).toEqual([...files]);
    expect([existsSync(`${folder()}.complete`), runner.log]).toEqual([true, [`addPath ${folder()}`]]);
    expect(host.received.map(({ path }) => path)).toEqual([
      `/v1.2.3/${asset}`,
      '/v1.2.3/flyctl_1.2.3_checksums.txt',
    ]);
  });

  it('the second time it comes from the tool cache, which asks nobody', async () => {
    await publish();
    await install({ os, arch });
    host.files.clear();
    const { tool } = await install({ os, arch });
    expect([tool.source, tool.path]).toEqual(['tool-cache', join(folder(), executable)]);
  });
});

it.each([
  ['of another tool', zipFile([{ name: 'flux.exe', content: 'MZ' }])],
  ['of nothing', zipFile([])],
])('caches no archive %s, which later runs would find', async (_, archive) => {
  await publish();
  host.files.set('/v1.2.3/flyctl_1.2.3_Windows_x86_64.zip', archive);
  const sums = `${sha256Of(archive)}  flyctl_1.2.3_Windows_x86_64.zip\n`;
  host.files.set('/v1.2.3/flyctl_1.2.3_checksums.txt', sums);
  await expect(install({ os: 'windows', arch: 'x64' })).rejects.toMatchObject({
    code: 'install-failed',
    what: 'flyctl_1.2.3_Windows_x86_64.zip holds no flyctl.exe',
  });
  expect(await readdir(join(root, 'tools'))).toEqual([]);
});

it.each([
  [{ os: 'linux', arch: 'other' }, 'linux on this machine’s architecture'],
  [{ os: 'macos', arch: 'other' }, 'macos on this machine’s architecture'],
  [{ os: 'windows', arch: 'other' }, 'windows on this machine’s architecture'],
  [{ os: 'other', arch: 'x64' }, 'this machine’s operating system'],
] as const)(
  'on %o, that nothing is built for, it names what is supported, and asks nobody',
  async (machine, what) => {
    await publish();
    await expect(install(machine)).rejects.toMatchObject({
      code: 'install-failed',
      what: `there is no flyctl for ${what}`,
      why: 'its releases are built for linux-x64, linux-arm64, macos-x64, macos-arm64, windows-x64, windows-arm64',
      next: 'Run the job on one of these, or set flyctl-version to path and install it in an earlier step',
    });
    expect(host.received).toEqual([]);
  },
);
