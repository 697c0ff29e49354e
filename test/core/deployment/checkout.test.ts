import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkoutWarning } from '../../../packages/core/src/deployment/checkout.ts';
import { systemClock } from '../../../packages/core/src/io/clock.ts';
import { createTools } from '../../../packages/core/src/io/process/create-tools.ts';
import type { Tools } from '../../../packages/core/src/io/process.ts';
import { recordingRunner } from '../../support/recording-runner.ts';

const root = mkdtempSync(join(tmpdir(), 'belay-checkout-'));
const workspace = join(root, 'workspace');
const other = 'f'.repeat(40);
let head = '';

function git(folder: string, ...args: readonly string[]): string {
  const who = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', '-c', 'protocol.file.allow=always'];
  return execFileSync('git', [...who, ...args], { cwd: folder, encoding: 'utf8', stdio: 'pipe' }).trim();
}

function repository(folder: string): string {
  mkdirSync(folder, { recursive: true });
  git(folder, 'init', '-q');
  writeFileSync(join(folder, 'fly.toml'), `# ${folder}\n`);
  git(folder, 'add', '.');
  git(folder, 'commit', '-q', '-m', 'first');
  return git(folder, 'rev-parse', 'HEAD');
}

beforeAll(() => {
  head = repository(workspace);
  mkdirSync(join(workspace, 'services', 'web'), { recursive: true });
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const realTools = createTools({ clock: systemClock, print: () => {} });

function warned(commit: string | undefined, folder = workspace, place = workspace, tools: Tools = realTools) {
  const runner = recordingRunner();
  const ports = {
    runner: {
      ...runner,
      env: { PATH: process.env.PATH },
      context: { ...runner.context, workspace: place },
    },
    tools,
    signal: new AbortController().signal,
  };
  return checkoutWarning(ports, folder, commit);
}

describe('a checkout', () => {
  it('of another commit is told, with both', async () => {
    const sentence =
      `The checkout is at ${head.slice(0, 12)}, and this run is about ffffffffffff: what is read and built here is of the former. ` +
      'Give `actions/checkout` the `ref` that was tested, or name the other in `commit`.';
    expect(await warned(other)).toBe(sentence);
    expect(await warned(other, join(workspace, 'services', 'web'))).toBe(sentence);
  });

  it('of this commit is nothing to tell', async () => {
    expect(await warned(head)).toBeUndefined();
  });

  it('is not asked where nobody knows what the run is about', async () => {
    expect(await warned(undefined)).toBeUndefined();
  });

  it('that is a submodule has commits of its own', async () => {
    const library = join(root, 'library');
    repository(library);
    git(workspace, 'submodule', '--quiet', 'add', library, 'vendor');
    expect(await warned(head, join(workspace, 'vendor'))).toBeUndefined();
  });

  it('around the workspace is none of it', async () => {
    const inner = join(workspace, 'inner');
    mkdirSync(inner);
    expect(await warned(other, inner, inner)).toBeUndefined();
  });
});

describe('nothing is said', () => {
  it.each<[string, string]>([
    ['where there is no checkout', root],
    ['where there is no such folder', join(root, 'gone')],
  ])('%s', async (_, folder) => {
    expect(await warned(other, folder, folder)).toBeUndefined();
  });

  it('before the first commit', async () => {
    const empty = join(root, 'empty');
    mkdirSync(empty);
    git(empty, 'init', '-q');
    expect(await warned(other, empty, empty)).toBeUndefined();
  });

  it('where there is no Git', async () => {
    const tools = createTools({ clock: systemClock, print: () => {} });
    const without: Tools = { run: (run) => tools.run({ ...run, env: { PATH: root } }) };
    expect(await warned(other, workspace, workspace, without)).toBeUndefined();
  });
});
