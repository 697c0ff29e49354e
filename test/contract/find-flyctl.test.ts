import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findFlyctl, flyctlVersion } from '../../scripts/find-flyctl.ts';
import { root } from '../../scripts/root.ts';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'belay-find-'));
  mkdirSync(join(dir, 'bin'));
  mkdirSync(join(dir, 'folder'));
  put('bin/flyctl', 'echo "flyctl v0.4.85 linux/amd64 Commit: 0"');
  put('other', 'echo "vercel 64.0.2"');
  put('silent', 'true');
  put('broken', 'echo "flyctl v0.4.85"; exit 3');
  put('stand-in', 'echo "flyctl v2026.11.21-standin.1 linux/amd64 Commit: stand-in"');
  put('not-executable', 'true', 0o644);
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function put(name: string, script: string, mode = 0o755): void {
  writeFileSync(join(dir, name), `#!/bin/sh\n${script}\n`, { mode });
}

const advice = 'Name the executable of a flyctl, or unset BELAY_FLYCTL: then the flyctl on PATH is taken.';

describe('the real flyctl', () => {
  it.each([
    { named: 'bin/flyctl', on: '', name: 'is the one that BELAY_FLYCTL names' },
    { named: 'bin/flyctl', on: 'folder', name: 'is that one, whatever is on PATH' },
    { named: undefined, on: 'bin', name: 'is the one on PATH' },
    { named: '', on: 'bin', name: 'is the one on PATH where BELAY_FLYCTL is empty' },
  ])('$name', ({ named, on }) => {
    const env = {
      ...(named === undefined ? {} : { BELAY_FLYCTL: named && join(dir, named) }),
      PATH: join(dir, on),
    };
    expect(findFlyctl(env)).toEqual({ path: join(dir, 'bin/flyctl') });
  });

  it('is named from here, and found from everywhere', () => {
    const named = relative(process.cwd(), join(dir, 'bin/flyctl'));
    expect(findFlyctl({ BELAY_FLYCTL: named })).toEqual({ path: join(dir, 'bin/flyctl') });
  });

  it('is not there, where nobody says that it is', () => {
    const why = 'no flyctl on PATH, and BELAY_FLYCTL is not set';
    expect(findFlyctl({ PATH: `${join(dir, 'folder')}:` })).toEqual({ why });
  });

  it.each([
    ['nowhere', 'there is no such file'],
    ['folder', 'it is not a file'],
    ['not-executable', 'the file is not executable'],
    ['other', 'its `version` says "vercel 64.0.2"'],
    ['silent', 'its `version` says nothing'],
    ['broken', 'it ended with 3'],
    ['stand-in', 'its `version` says "flyctl v2026.11.21-standin.1 linux/amd64 Commit: stand-in"'],
  ])('is never something else in its name: %s', (name, what) => {
    const named = join(dir, name);
    const env = { BELAY_FLYCTL: named, PATH: join(dir, 'bin') };
    expect(() => findFlyctl(env)).toThrow(
      new Error(`BELAY_FLYCTL is "${named}", which is no flyctl: ${what}. ${advice}`),
    );
  });

  it('is asked for its version in folders of its own', () => {
    put('tells', `echo "flyctl v1 $FLY_CONFIG_DIR $HOME $FLY_NO_UPDATE_CHECK"; mkdir -p "$FLY_CONFIG_DIR"`);
    const [, , config = '', home = '', quiet] = flyctlVersion(join(dir, 'tells')).says.split(' ');
    expect([config, quiet, existsSync(home)]).toEqual([join(home, '.fly'), '1', false]);
  });
});

describe('what drives the flyctl at hand', () => {
  const named = '/nowhere/flyctl';
  const error = `BELAY_FLYCTL is "${named}", which is no flyctl: there is no such file. ${advice}`;

  it.each([
    { name: 'npm start', script: 'start' },
    { name: 'npm run bench', script: 'bench' },
    { name: 'npm run false-greens', script: 'false-greens' },
    { name: 'npm run record:clients', script: 'record:clients' },
    { name: 'npm run test:clients', script: 'test:clients' },
  ])('$name ends with an error where BELAY_FLYCTL names none', ({ script }) => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const [, command = ''] = String(scripts[script]).split(' && ');
    const [program, ...args] = command.split(' ');
    const bin = program === 'node' ? process.execPath : join(root, 'node_modules/.bin', String(program));
    const env = { ...process.env, BELAY_FLYCTL: named };
    const { status, stdout, stderr } = spawnSync(bin, args, {
      cwd: root,
      env,
      encoding: 'utf8',
      timeout: 60_000,
    });
    expect([status, `${stdout}${stderr}`]).toEqual([1, expect.stringContaining(error)]);
    expect(stdout).not.toContain('stand-in');
  });
});
