import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import { access, chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Ports } from '../../../../packages/core/src/action/ports.ts';
import { ChecksProcess } from '../../../../packages/core/src/checks/cage/caged-checks.ts';
import type { Http } from '../../../../packages/core/src/io/http.ts';
import type { ToolResult } from '../../../../packages/core/src/io/process.ts';
import {
  closeFlyctl,
  removeAtExit,
} from '../../../../packages/core/src/platforms/fly/flyctl/private-folder.ts';
import { openFly } from '../../../../packages/core/src/platforms/fly/open.ts';
import { manualClock } from '../../../support/manual-clock.ts';
import { recordingRunner } from '../../../support/recording-runner.ts';

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'belay-open-'));
});
afterEach(() => rm(dir, { recursive: true }));

/** Fly with one app and no release; flyctl answers its version, and nothing else runs. */
async function ports(): Promise<Ports> {
  const app = { name: 'shop', releases: { nodes: [] } };
  const text = JSON.stringify({ data: { app } });
  const http: Http = {
    request: async ({ method, url }) => ({ method, url, status: 200, headers: {}, text, attempts: 1 }),
    download: () => Promise.reject(new Error('nothing is downloaded')),
    upload: () => Promise.reject(new Error('nothing is uploaded')),
  };
  const flyctl = join(dir, 'flyctl');
  await writeFile(flyctl, '#!/bin/sh\necho flyctl v0.4.85 linux/amd64\n');
  await chmod(flyctl, 0o755);
  const context = { workspace: join(dir, 'workspace'), temp: dir };
  return {
    runner: recordingRunner({ env: { PATH: `${dir}:${process.env.PATH}` }, context }),
    http,
    tools: {
      run: ({ args }) =>
        args[0] === 'version' ? version : Promise.reject(new Error('flyctl cannot be started')),
    },
    checks: new ChecksProcess({}),
    clock: manualClock(),
    signal: new AbortController().signal,
  };
}

const version: Promise<ToolResult> = Promise.resolve({
  exitCode: 0,
  signalName: null,
  endedBy: 'exit',
  tail: [],
  durationMs: 1,
  stdout: 'flyctl v0.4.85 linux/amd64\n',
  stdoutTruncated: false,
});

const inputs = {
  ...{
    flyToken: 'FlyV1 fm2_token',
    flyApp: 'shop',
    flyctlVersion: 'path',
    flyctlSha256: undefined,
    flyctlEnv: [],
  },
  waitTimeoutMs: 1000,
};

describe('an opened Fly', () => {
  it('tells what Fly refuses after the lines of the installation, not among them', async () => {
    const given = await ports();
    const installing = Promise.withResolvers<ToolResult>();
    const refused = { ...given.http, request: () => Promise.reject(new Error('Fly refuses')) };
    const tools = { run: () => installing.promise };
    let told = false;
    const opened = openFly({ ...given, http: refused, tools }, { ...inputs, workingDirectory: '.' }).finally(
      () => {
        told = true;
      },
    );
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(told).toBe(false);
    installing.resolve(await version);
    await expect(opened).rejects.toThrow('Fly refuses');
  });

  it.each([
    ['the workspace', '.', 'workspace'],
    ['a folder of the workspace', 'api', 'workspace/api'],
    ['a folder named by its whole path', '/srv/api', '/srv/api'],
  ])('starts relative paths in %s', async (_, workingDirectory, folder) => {
    const fly = await openFly(await ports(), { ...inputs, workingDirectory });
    expect(fly.cwd).toBe(folder.startsWith('/') ? folder : join(dir, folder));
  });

  it('leaves no private folder behind, though flyctl cannot stop its agent', async () => {
    const doors = await ports();
    const folder = join(dir, 'private');
    await mkdir(folder);
    await writeFile(join(folder, 'fly-agent.sock'), '');
    doors.runner.saveState('fly-config-dir', folder);
    await expect(closeFlyctl(doors)).rejects.toThrow('flyctl cannot be started');
    await expect(access(folder)).rejects.toThrow('ENOENT');
  });

  it('leaves none behind where post comes to its end in the middle of something', async () => {
    const doors = await ports();
    const folder = join(dir, 'private');
    await mkdir(folder);
    doors.runner.saveState('fly-config-dir', folder);
    const ending = new EventEmitter();
    removeAtExit(doors, ending as unknown as NodeJS.Process);
    expect(existsSync(folder)).toBe(true);
    ending.emit('exit');
    expect(existsSync(folder)).toBe(false);
  });

  it('has told which its private folder is before there is one', async () => {
    const doors = await ports();
    const there: boolean[] = [];
    const saveState: typeof doors.runner.saveState = (name, value) => {
      doors.runner.saveState(name, value);
      if (name === 'fly-config-dir') there.push(existsSync(value));
    };
    const fly = await openFly(
      { ...doors, runner: { ...doors.runner, saveState } },
      { ...inputs, workingDirectory: '.' },
    );
    expect([there, existsSync(fly.dir)]).toEqual([[false], true]);
  });

  describe('for whom something is missing', () => {
    const failure = {
      reason: 'incomplete',
      what: 'web/iad: 0 of 1',
      next: 'Look.',
      missing: [{ name: 'web/iad', there: 0, owed: 1 }],
    };
    const down = { instance: '148e', healthy: false, note: 'stopped', missingFrom: 'web/iad' } as const;

    it('names the command that starts what was seen to be down', async () => {
      const fly = await openFly(await ports(), { ...inputs, workingDirectory: '.' });
      expect((await fly.withCommands(failure, [down])).next).toContain('`fly machine start 148e --app shop`');
    });

    it('names none where Fly does not tell what is there: what is down must not be made again', async () => {
      const fly = await openFly(await ports(), { ...inputs, workingDirectory: '.' });
      // The answer to the list is none.
      expect(await fly.withCommands(failure)).toEqual(failure);
    });
  });
});
