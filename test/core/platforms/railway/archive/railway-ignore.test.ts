import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listArchive } from '../../../../../packages/core/src/platforms/railway/archive/archive.ts';
import { aFolder, type Planted, plant } from '../../../../support/file-tree.ts';

interface Listed {
  readonly paths: readonly string[];
  readonly warnings: readonly string[];
}

/** What is listed of such a folder in a Git repository, ignore files apart. */
async function listed(
  files: Readonly<Record<string, Planted>>,
  { include = [], git = true }: { readonly include?: readonly string[]; readonly git?: boolean } = {},
): Promise<Listed> {
  const root = plant(files);
  if (git) mkdirSync(join(root, '.git'), { recursive: true });
  const { entries, warnings } = await listArchive(root, { include });
  const paths = entries.map(({ path, kind }) => (kind === 'folder' ? `${path}/` : path));
  return { paths: paths.filter((path) => !path.endsWith('ignore') && path !== '/'), warnings };
}

describe('a .railwayignore', () => {
  it.each<[string, Record<string, string>, readonly string[]]>([
    [
      'leaves out what it names, at any level',
      {
        '.railwayignore': 'docs/',
        'a/.railwayignore': '*.md',
        'docs/x': '',
        'a/b/c.md': '',
        'a/b/d': '',
        'e.md': '',
      },
      ['a/', 'a/b/', 'a/b/d', 'e.md'],
    ],
    [
      'brings back what .gitignore and .ignore name',
      {
        '.gitignore': 'dist/\n*.log',
        '.ignore': 'out',
        '.railwayignore': '!dist/\n!out\n!a.log',
        'dist/a': '',
        out: '',
        'a.log': '',
        'b.log': '',
      },
      ['a.log', 'dist/', 'dist/a', 'out'],
    ],
    [
      'brings a folder back, and leaves in it what is named by itself',
      {
        '.gitignore': 'dist/\n*.map',
        '.railwayignore': '!dist/',
        'dist/a.js': '',
        'dist/a.js.map': '',
        'dist/b/c.js': '',
      },
      ['dist/', 'dist/a.js', 'dist/b/', 'dist/b/c.js'],
    ],
    [
      'outranks a .gitignore that lies deeper',
      { '.railwayignore': 'a/x\n!a/y', 'a/.gitignore': '!x\ny', 'a/x': '', 'a/y': '' },
      ['a/', 'a/y'],
    ],
    [
      'brings nothing back of a folder that its own line leaves out',
      { '.railwayignore': 'a/\n!a/b', 'a/b': '' },
      [],
    ],
    [
      'is outranked by one that lies deeper',
      { '.railwayignore': '*.md', 'a/.railwayignore': '!*.md', 'a/b.md': '', 'c.md': '' },
      ['a/', 'a/b.md'],
    ],
    [
      'brings folders back whose names hold what patterns are made of',
      { '.gitignore': '*', '.railwayignore': '!a[b]*\n!a[b]*/**', 'a[b]*/c': '', 'a[b]*/d/e': '' },
      [],
    ],
  ])('%s', async (_, files, paths) => {
    expect((await listed(files)).paths).toEqual(paths);
  });

  it('counts outside of a Git repository too, as .ignore does; a .gitignore does not, and that is said', async () => {
    const files = {
      '.railwayignore': 'a',
      '.ignore': 'b',
      '.gitignore': 'c',
      'd/.gitignore': 'e',
      a: '',
      b: '',
      c: '',
      'd/e': '',
    };
    expect(await listed(files, { git: false })).toEqual({
      paths: ['c', 'd/', 'd/e'],
      warnings: [
        'Not heeded, since the folder is in no Git repository: .gitignore, d/.gitignore. Check it out with Git, or write the patterns into .railwayignore.',
      ],
    });
  });

  it('that is a link counts, as with the client', async () => {
    expect(
      (await listed({ '.dockerignore': 'a\n', '.railwayignore': { link: '.dockerignore' }, a: '', b: '' }))
        .paths,
    ).toEqual(['b']);
  });

  it('that is a folder is none', async () => {
    expect((await listed({ '.railwayignore/a': '', b: '' })).paths).toEqual([
      '.railwayignore/',
      '.railwayignore/a',
      'b',
    ]);
  });

  it('that is no file of patterns is refused', async () => {
    const root = plant({ '.railwayignore': 'x'.repeat(1024 * 1024 + 1) });
    await expect(listArchive(root, { include: [] })).rejects.toMatchObject({
      code: 'archive-unreadable',
      what: '.railwayignore has 1048577 bytes',
    });
  });
});

describe('.git and node_modules', () => {
  it('are left out at any level, whatever brings them back', async () => {
    const files = {
      '.railwayignore': '!.git\n!node_modules\n!*',
      '.git/config': 'token',
      'a/.git': 'gitdir: elsewhere',
      'node_modules/b/c': '',
      'a/node_modules/d': '',
      'a/e': '',
      '.github/f': '',
    };
    expect((await listed(files)).paths).toEqual(['.github/', '.github/f', 'a/', 'a/e']);
  });

  it('count from the root on: a checkout may lie below a folder of that name', async () => {
    const folder = join(aFolder(), 'node_modules', 'shop');
    plant({ a: '' }, folder);
    expect((await listArchive(folder, { include: [] })).files).toBe(1);
  });
});

describe('include', () => {
  const built = {
    '.gitignore': 'dist\n.next\n.output\n*.map\nsecret',
    'dist/a.js': '',
    'dist/a.js.map': '',
    'dist/.vite/manifest.json': '',
    'packages/web/dist/b.js': '',
    'packages/web/node_modules/x/dist/c.js': '',
    '.next/standalone/.next/server.js': '',
    '.output/server/node_modules/y/index.js': '',
    'd.map': '',
    secret: '',
  };

  it.each<[string, readonly string[], readonly string[]]>([
    ['nothing', [], []],
    [
      'a folder with all that is in it',
      ['dist'],
      ['dist/', 'dist/.vite/', 'dist/.vite/manifest.json', 'dist/a.js', 'dist/a.js.map'],
    ],
    [
      'the same as a glob, or from here on',
      ['./dist/**'],
      ['dist/', 'dist/.vite/', 'dist/.vite/manifest.json', 'dist/a.js', 'dist/a.js.map'],
    ],
    ['files of a folder, and no other', ['dist/*.js'], ['dist/', 'dist/a.js']],
    ['a folder further down', ['packages/*/dist/'], ['packages/web/dist/', 'packages/web/dist/b.js']],
    [
      'one at any level, but for those of packages',
      ['**/dist'],
      [
        'dist/',
        'dist/.vite/',
        'dist/.vite/manifest.json',
        'dist/a.js',
        'dist/a.js.map',
        'packages/web/dist/',
        'packages/web/dist/b.js',
      ],
    ],
    [
      'a folder with its node_modules',
      ['.output'],
      [
        '.output/',
        '.output/server/',
        '.output/server/node_modules/',
        '.output/server/node_modules/y/',
        '.output/server/node_modules/y/index.js',
      ],
    ],
    [
      'node_modules by name',
      ['packages/web/node_modules/x'],
      [
        'packages/web/node_modules/',
        'packages/web/node_modules/x/',
        'packages/web/node_modules/x/dist/',
        'packages/web/node_modules/x/dist/c.js',
      ],
    ],
    ['alternatives', ['{dist/a.js,secret}'], ['dist/', 'dist/a.js', 'secret']],
    [
      'dot folders that are written',
      ['.next'],
      ['.next/', '.next/standalone/', '.next/standalone/.next/', '.next/standalone/.next/server.js'],
    ],
  ])('readmits %s', async (_, include, more) => {
    const without = await listed(built);
    const { paths } = await listed(built, { include });
    expect(paths.filter((path) => !without.paths.includes(path))).toEqual(more);
    expect(without.paths).toEqual(['packages/', 'packages/web/']);
  });

  it('never readmits .git', async () => {
    const files = { '.git/config': '', '.gitignore': 'a', 'a/.git/config': '', 'a/b': '' };
    expect((await listed(files, { include: ['.git', 'a', '**/config'] })).paths).toEqual(['a/', 'a/b']);
  });

  it('says which of its globs name nothing that is there', async () => {
    const include = ['dist', 'build', '*.map', 'packages', 'nope/*'];
    const { warnings } = await listed(built, { include });
    expect(warnings).toEqual([
      'Named by include, and not there: build, nope/*. Build it in an earlier step, or correct the glob.',
    ]);
  });
});
