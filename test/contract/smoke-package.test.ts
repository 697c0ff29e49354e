import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { packSmoke } from '../../scripts/pack-smoke.ts';
import { root } from '../../scripts/root.ts';
import { closeServers, serve } from '../core/checks/loopback.ts';

/** Outside of the repository: nothing of it can be found from here. */
const folder = mkdtempSync(join(tmpdir(), 'belay-smoke-package-'));
const version = (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version;

/** No registry is asked: what is not in the tarball is not there. */
const offline = {
  npm_config_offline: 'true',
  npm_config_registry: 'http://127.0.0.1:1/',
  npm_config_audit: 'false',
};
const env = { PATH: process.env.PATH ?? '', HOME: folder, ...offline };

function npm(...args: readonly string[]) {
  const { status, stderr } = spawnSync('npm', args, { cwd: folder, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function called(command: string, args: readonly string[], more: Record<string, string> = {}): Promise<Ended> {
  const child = spawn(command, args, { cwd: folder, env: { ...env, ...more } });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err })));
}

const smoke = (...args: readonly string[]) => called(join(folder, 'node_modules/.bin/belay-smoke'), args);

let tarball = '';
beforeAll(() => {
  writeFileSync(join(folder, 'package.json'), '{ "name": "a-laptop", "private": true }');
  writeFileSync(
    join(folder, 'checks.yml'),
    'version: 1\nchecks:\n  - { name: home, http: /, expect: { status: 200 } }\n',
  );
  writeFileSync(join(folder, 'broken.yml'), 'version: 1\nchecks:\n  - { name: home, http: / }\n');
  tarball = packSmoke({ name: '@a-team/belay-smoke', out: folder });
  npm('install', '--ignore-scripts', tarball);
}, 120_000);
afterEach(closeServers);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const answering = (status: number) => serve((_, response) => response.writeHead(status).end('ok'));

describe('the command as an npm package', () => {
  it('is one tarball under the name and scope that was asked for, of the version of the repository, with nothing to install', () => {
    expect(basename(tarball)).toBe(`a-team-belay-smoke-${version}.tgz`);
    const installed = join(folder, 'node_modules/@a-team/belay-smoke');
    const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
    expect(manifest).toMatchObject({
      name: '@a-team/belay-smoke',
      version,
      bin: { 'belay-smoke': 'bin/belay-smoke.js' },
    });
    expect([manifest.private, manifest.dependencies, manifest.scripts]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(readFileSync(join(installed, 'README.md'), 'utf8')).toContain(
      'npx @a-team/belay-smoke --file checks.yml',
    );
    for (const file of ['LICENSE', 'dist/smoke-test/licenses.txt', 'dist/checks/licenses.txt'])
      expect([file, existsSync(join(installed, file))]).toEqual([file, true]);
    expect(existsSync(join(installed, 'dist/fly-deploy'))).toBe(false);
  });

  it.each<[string, number, string]>([
    ['passes', 200, 'PASS'],
    ['fails', 503, 'FAIL'],
  ])('asks a service outside of the repository, which %s', async (_, status, verdict) => {
    const { code, out } = await smoke('--file', 'checks.yml', '--var', `url=${await answering(status)}`);
    expect(out).toContain(`${verdict}  `);
    expect(code).toBe(verdict === 'PASS' ? 0 : 1);
  });

  it('reads a file without sending anything, and lists what is wrong with another', async () => {
    expect(
      await smoke('--file', 'checks.yml', '--var', 'url=http://127.0.0.1:1', '--validate'),
    ).toMatchObject({
      code: 0,
      out: expect.stringContaining('1 check can be used.'),
    });
    const broken = await smoke('--file', 'broken.yml', '--validate');
    expect(broken).toMatchObject({ code: 2, err: expect.stringContaining('broken.yml:3:') });
  });

  it('tells what it can do, and exits with 2 where it was asked for nothing it can do', async () => {
    expect(await smoke('--help')).toMatchObject({ code: 0, out: expect.stringContaining('--validate') });
    expect(await smoke('--fiel', 'checks.yml')).toMatchObject({
      code: 2,
      err: expect.stringContaining('See --help.'),
    });
    expect(await smoke()).toMatchObject({ code: 2 });
  });

  it('runs by npx, also where a runner of GitHub says that it is there', async () => {
    const github = { GITHUB_ACTIONS: 'true' };
    const { code, out } = await called('npx', ['--offline', 'belay-smoke', '--help'], github);
    expect([code, out.includes('--file')]).toEqual([0, true]);
  });
});

it('the folder of the package is published by no mistake, and holds no bundle in git', () => {
  const manifest = JSON.parse(readFileSync(join(root, 'packages/smoke/package.json'), 'utf8'));
  expect(manifest).toMatchObject({ private: true });
  const { stdout } = spawnSync('git', ['ls-files', 'packages/smoke'], { cwd: root, encoding: 'utf8' });
  expect(stdout.split('\n').filter((file) => file.includes('/dist/'))).toEqual([]);
});
