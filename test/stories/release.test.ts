import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { root } from '../../scripts/root.ts';
import { git, nobody } from '../support/release-ground.ts';

const execute = promisify(execFile);
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
const tag = `v${version}`;
const floating = `v${version.split('.', 1)}`;

let dir: string;
let clone: string;
let remote: string;
let commit: string;

/** A script of the clone, whose outputs are kept as a step's would be. */
async function run(script: string, ...args: readonly string[]): Promise<string> {
  const env = { ...nobody, GITHUB_OUTPUT: join(dir, 'outputs') };
  const { stdout } = await execute(process.execPath, [join(clone, script), ...args], { cwd: clone, env });
  return stdout;
}

/** This repository as it stands, merged for its version: `dist/` built, a heading in the changelog, a bare remote. */
beforeAll(async () => {
  mkdirSync(join(root, '.belay'), { recursive: true });
  // Inside the repository, so that the clone finds its packages.
  dir = mkdtempSync(join(root, '.belay', 'release-'));
  clone = join(dir, 'clone');
  remote = join(dir, 'remote.git');
  git(dir, 'init', '--quiet', '--bare', '--initial-branch=main', remote);
  git(dir, 'clone', '--quiet', remote, clone);
  git(clone, 'checkout', '--quiet', '-b', 'main');
  for (const file of git(root, 'ls-files', '--cached', '--others', '--exclude-standard').split('\n')) {
    if (!existsSync(join(root, file))) continue;
    mkdirSync(dirname(join(clone, file)), { recursive: true });
    cpSync(join(root, file), join(clone, file));
  }
  const changelog = readFileSync(join(clone, 'CHANGELOG.md'), 'utf8');
  if (!changelog.includes(`\n## ${version}`)) {
    const headed = changelog.replace('## Unreleased\n', `## Unreleased\n\n## ${version}\n`);
    writeFileSync(join(clone, 'CHANGELOG.md'), headed);
  }
  await run('scripts/build.ts');
  git(clone, 'add', '--all');
  git(clone, 'commit', '--quiet', '--message', `Version ${version}`);
  git(clone, 'push', '--quiet', 'origin', 'main');
  commit = git(clone, 'rev-parse', 'HEAD');
}, 400_000);

afterAll(() => rmSync(dir, { recursive: true, force: true }));

const tags = () =>
  git(remote, 'for-each-ref', '--format=%(refname:short) %(objectname)', 'refs/tags').split('\n');

it('a release is rehearsed on a clone, pushed, and pushed again, as the workflow does it', async () => {
  const rehearsed = await run('scripts/release.ts', '--version', tag, '--dry-run');
  const outputs = readFileSync(join(dir, 'outputs'), 'utf8');
  const [, sha256 = ''] = /^sha256=([0-9a-f]{64})$/m.exec(outputs) ?? [];
  expect(outputs).toBe(`archive=belay-${tag}.tar\nsha256=${sha256}\npre-release=false\n`);
  expect(rehearsed.replace(/\d+(?= files)/, 'N').split('\n')).toEqual([
    `${tag} of ${commit}`,
    'dist/ is what the sources build: N files, byte for byte',
    `belay-${tag}.tar has the SHA-256 ${sha256}`,
    `${tag} is made, at ${commit.slice(0, 7)}`,
    `${floating} is made, at ${commit.slice(0, 7)}`,
    `Would push: git push --atomic --force-with-lease=refs/tags/${tag}: --force-with-lease=refs/tags/${floating}: ` +
      `origin ${commit}:refs/tags/${tag} ${commit}:refs/tags/${floating}`,
    'The archive, its checksum and the notes: .belay/release',
    '',
  ]);
  expect(tags()).toEqual(['']);

  const pushed = await run('scripts/release.ts', '--version', tag, '--built', sha256);
  expect(pushed).toContain(`\nPushed ${tag} and ${floating}.\n`);
  expect(tags()).toEqual([`${floating} ${commit}`, `${tag} ${commit}`]);

  const again = await run('scripts/release.ts', '--version', tag, '--built', sha256);
  expect(again).toContain('\nNothing is left to push.\n');
  expect(tags()).toEqual([`${floating} ${commit}`, `${tag} ${commit}`]);
}, 400_000);
