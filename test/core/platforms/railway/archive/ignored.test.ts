import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listArchive } from '../../../../../packages/core/src/platforms/railway/archive/archive.ts';
import { compareBytes } from '../../../../../packages/core/src/platforms/railway/archive/byte-order.ts';
import { plant } from '../../../../support/file-tree.ts';
import { gitAlone } from '../../../../support/git-alone.ts';

// Git is the judge of what a `.gitignore` means. One thing is known to differ: the library takes no run of asterisks behind
// letters for a globstar, as in `a**/b`, which Git does and its manual denies. And to Git one character is one byte.

let ground: string;
let trees = 0;
beforeAll(() => {
  ground = realpathSync(mkdtempSync(join(tmpdir(), 'belay-ignored-')));
});
afterAll(() => rmSync(ground, { recursive: true, force: true }));

function aRepository(files: Readonly<Record<string, string>>): string {
  trees += 1;
  const folder = join(ground, String(trees));
  mkdirSync(folder);
  gitAlone(folder, 'init', '-q');
  return plant(files, folder);
}

async function listed(root: string): Promise<readonly string[]> {
  const { entries } = await listArchive(root, { include: [] });
  return entries.filter(({ kind }) => kind === 'file').map(({ path }) => path);
}

function byGit(folder: string): readonly string[] {
  const names = gitAlone(folder, 'ls-files', '-co', '--exclude-standard', '-z').split('\0');
  return names.filter((name) => name !== '').sort(compareBytes);
}

const name = fc.constantFrom('a', 'b', 'ab', 'a.js', 'b.js', '.x', 'a b', 'étage', '#a', '!b', 'a[b]', 'c*');
const folders = fc.array(fc.constantFrom('a', 'b', 'ab', 'd.js', '.x', 'a b'), { maxLength: 3 });
const place = fc.tuple(folders, name).map(([path, last]) => [...path, last].join('/'));

const piece = fc.constantFrom(
  ...['a', 'b', 'ab', '*', '**', '?', 'a*', '*.js', '*b', '[ab]', '[!a]', '[a-c]*', 'a.js', '.x', '.*'],
  ...['a b', '\\a', '\\#a', '\\!b', 'a\\[b]', 'c\\*', '[[:alpha:]]', 'étage', '***', '?.js'],
);
const pattern = fc
  .record({
    isBack: fc.boolean(),
    isRooted: fc.boolean(),
    pieces: fc.array(piece, { minLength: 1, maxLength: 3 }),
    end: fc.constantFrom('', '', '/', ' ', '\\ '),
  })
  .map(({ isBack, isRooted, pieces, end }) =>
    [isBack ? '!' : '', isRooted ? '/' : '', pieces.join('/'), end].join(''),
  );
const line = fc.oneof(
  { weight: 8, arbitrary: pattern },
  fc.constantFrom('', '# a', '#a', '/', '!', '*', '**'),
);
const ignoreFile = fc.array(line, { maxLength: 5 }).map((lines) => lines.join('\n'));

const tree = fc.record({
  files: fc.uniqueArray(place, { minLength: 1, maxLength: 12 }),
  ignores: fc.dictionary(
    folders.map((path) => [...path, '.gitignore'].join('/')),
    ignoreFile,
    { maxKeys: 3 },
  ),
  exclude: fc.option(ignoreFile, { nil: '' }),
});

/** A file at whose path there is a folder as well cannot be. */
function possible(paths: readonly string[]): readonly string[] {
  return paths.filter((path) => !paths.some((other) => other.startsWith(`${path}/`)));
}

describe('what is listed of a repository with .gitignore files', () => {
  it('is what Git would add', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(tree, async ({ files, ignores, exclude }) => {
        const paths = possible([...files, ...Object.keys(ignores)]);
        const texts = Object.fromEntries(paths.map((path) => [path, ignores[path] ?? path]));
        const root = aRepository({ ...texts, '.git/info/exclude': exclude });
        expect(await listed(root)).toEqual(byGit(root));
        rmSync(root, { recursive: true });
      }),
      { numRuns: 100 },
    );
  });

  it.each<[string, Record<string, string>, readonly string[]]>([
    ['a folder’s pattern', { '.gitignore': 'dist/', 'dist/a': '', 'src/dist/b': '', 'src/c': '' }, ['src/c']],
    ['a rooted one', { '.gitignore': '/dist', 'dist/a': '', 'src/dist/b': '' }, ['src/dist/b']],
    ['a nested file', { 'a/.gitignore': '*.log', 'a/x.log': '', 'a/b/y.log': '', 'z.log': '' }, ['z.log']],
    [
      'a line that takes back',
      { '.gitignore': '*.log\n!keep.log', 'a.log': '', 'b/keep.log': '' },
      ['b/keep.log'],
    ],
    [
      'a deeper file that takes back',
      { '.gitignore': '*.log', 'a/.gitignore': '!*', 'a/x.log': '', 'x.log': '' },
      ['a/x.log'],
    ],
    ['what lies in a folder that is out', { '.gitignore': 'a/\n!a/b', 'a/b': '' }, []],
    ['a byte order mark and CRLF', { '.gitignore': '\u{feff}a\r\nb\r\n', a: '', b: '', c: '' }, ['c']],
    ['the case of letters', { '.gitignore': 'Dist', dist: '', 'a/Dist': '' }, ['dist']],
  ])('heeds %s', async (_, files, left) => {
    const root = aRepository(files);
    const without = (await listed(root)).filter((path) => !path.endsWith('.gitignore'));
    expect(without).toEqual(left);
    expect(await listed(root)).toEqual(byGit(root));
  });

  it('heeds the files of the folders around it, up to the repository’s own', async () => {
    const root = aRepository({
      '.gitignore': '*.log\n/apps/shop/tmp\n/dist',
      'apps/.gitignore': 'cache/',
      'apps/shop/a.log': '',
      'apps/shop/tmp/b': '',
      'apps/shop/cache/c': '',
      'apps/shop/dist/d': '',
    });
    expect(await listed(join(root, 'apps/shop'))).toEqual(['dist/d']);
  });

  it('is all of a folder that is itself ignored, as of a build output', async () => {
    const root = aRepository({ '.gitignore': 'out/\n*.map', 'web/out/a.js': '', 'web/out/a.js.map': '' });
    expect(await listed(join(root, 'web/out'))).toEqual(['a.js']);
  });

  it('heeds what the user ignores everywhere, where it is told whose they are', async () => {
    const root = aRepository({ 'a.swp': '', b: '', '.gitignore': '' });
    plant(
      { 'home/.gitconfig': '[core]\n\texcludesFile = ~/everywhere\n', 'home/everywhere': '*.swp\n' },
      ground,
    );
    const { entries } = await listArchive(root, { include: [], user: { HOME: join(ground, 'home') } });
    expect(entries.map(({ path }) => path)).toEqual(['', '.gitignore', 'b']);
    const absent = await listArchive(root, { include: [], user: { HOME: join(ground, 'absent') } });
    expect([absent.files, (await listArchive(root, { include: [] })).files]).toEqual([3, 3]);
  });

  it('heeds what a worktree shares with its repository', async () => {
    const root = aRepository({ a: '', '.git/info/exclude': 'b\n' });
    const identity = ['-c', 'user.name=a', '-c', 'user.email=a@example.com'];
    gitAlone(root, 'add', '.');
    gitAlone(root, ...identity, 'commit', '-qm', 'a');
    const worktree = join(ground, 'worktree');
    gitAlone(root, 'worktree', 'add', '-q', worktree);
    plant({ b: '', c: '' }, worktree);
    expect(await listed(worktree)).toEqual(['a', 'c']);
    expect(byGit(worktree)).toEqual(['a', 'c']);
  });

  it('begins anew in a repository within it', async () => {
    const root = aRepository({
      '.gitignore': '*.log',
      'sub/.git/info/exclude': 'c',
      'sub/a.log': '',
      'sub/c': '',
    });
    expect(await listed(root)).toEqual(['.gitignore', 'sub/a.log']);
  });

  it('ignores nothing for having been asked for many files', async () => {
    const many = Array.from({ length: 12_000 }, (_, index) => [`f/${index}.${index % 2 ? 'a' : 'b'}`, '']);
    const root = aRepository({ '.gitignore': '*.a\n', ...Object.fromEntries(many) });
    expect(await listed(root)).toHaveLength(6_001);
  });
});
