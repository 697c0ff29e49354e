import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeAll, beforeEach, vi } from 'vitest';
import { flyctl } from '#core/fly';
import {
  createHttp,
  createTools,
  type InstallOptions,
  installTool,
  systemClock,
  type ToolSpec,
} from '#core/io';
import type { Tools } from '../../../packages/core/src/io/process.ts';
import type { RunnerContext } from '../../../packages/core/src/runner/runner.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { recordingRunner } from '../../support/recording-runner.ts';
import { type ReleaseHost, releaseHost, sha256Of, toolArchive } from '../../support/release-host.ts';

export const asset = 'flyctl_1.2.3_Linux_x86_64.tar.gz';
export const assetPath = `/v1.2.3/${asset}`;
export const checksumsPath = '/v1.2.3/flyctl_1.2.3_checksums.txt';

/** What a test says of the runner, and of its patience with tools. */
type Around = Partial<RunnerContext> & { readonly deadlineMs?: number; readonly signal?: AbortSignal };

/** A runner of its own for each test of a file, and a host of flyctl 1.2.3. */
export function installStage() {
  let archive: Buffer;
  let root: string;
  let host: ReleaseHost;

  beforeAll(async () => {
    archive = await toolArchive(
      'flyctl',
      'flyctl v1.2.3 linux/amd64 Commit: 0 BuildDate: 2026-11-21T09:11:04Z',
    );
  });

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'belay-install-'));
    for (const folder of ['temp', 'tools', 'bin']) await mkdir(join(root, folder));
    // The toolkit reads its folders from the environment of the process.
    vi.stubEnv('RUNNER_TEMP', join(root, 'temp'));
    vi.stubEnv('RUNNER_TOOL_CACHE', join(root, 'tools'));
    host = await releaseHost({ [assetPath]: archive, [checksumsPath]: `${sha256Of(archive)}  ${asset}\n` });
  });

  afterEach(async () => {
    vi.unstubAllEnvs();
    await host[Symbol.asyncDispose]();
    await rm(root, { recursive: true, force: true });
  });

  /** flyctl, as if the release host on loopback were GitHub. */
  function hosted(difference: Partial<ToolSpec> = {}): ToolSpec {
    const releaseUrl = (version: string, file: string) => `${host.url}/v${version}/${file}`;
    return { ...flyctl, releaseUrl, ...difference };
  }

  async function install(
    options: Partial<InstallOptions> = {},
    spec = hosted(),
    { deadlineMs, signal = new AbortController().signal, ...context }: Around = {},
  ) {
    const runner = recordingRunner({
      env: { PATH: [join(root, 'bin'), process.env.PATH].join(delimiter), SECRET_OF_THE_JOB: 'value' },
      context: { temp: join(root, 'temp'), toolCache: join(root, 'tools'), ...context },
    });
    const http = createHttp({ clock: manualClock(), env: {}, userAgent: 'belay/test' });
    const real = createTools({ clock: systemClock, print: () => {} });
    const tools: Tools = {
      run: (run) => real.run({ ...run, ...(deadlineMs === undefined ? {} : { deadlineMs }) }),
    };
    const ports = { runner, http, tools, signal };
    const tool = await installTool(spec, ports, { version: '1.2.3', ...options });
    return { tool, runner };
  }

  const requests = () => host.received.map(({ path }) => path);
  const cachedFolder = () => join(root, 'tools', 'flyctl', '1.2.3', 'x64');

  async function writeTool(folder: string, line: string): Promise<void> {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'flyctl'), `#!/bin/sh\necho "${line}"\n`);
    await chmod(join(folder, 'flyctl'), 0o755);
  }

  async function seedToolCache(line: string): Promise<void> {
    await writeTool(cachedFolder(), line);
    await writeFile(`${cachedFolder()}.complete`, '');
  }

  return {
    get archive() {
      return archive;
    },
    get root() {
      return root;
    },
    get host() {
      return host;
    },
    hosted,
    install,
    requests,
    cachedFolder,
    writeTool,
    seedToolCache,
  };
}
