import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listArchive } from '../../../../../packages/core/src/platforms/railway/archive/archive.ts';
import { aFolder, type Planted, plant } from '../../../../support/file-tree.ts';

/** What is listed of `apps/shop` in a repository with these files. */
async function shop(files: Readonly<Record<string, Planted>>, include: readonly string[] = []) {
  const repository = join(aFolder(), 'repository');
  plant(
    { '.git/config': 'extraheader = AUTHORIZATION: basic …', 'apps/shop/main': '', ...files },
    repository,
  );
  const { entries, warnings } = await listArchive(join(repository, 'apps/shop'), { include });
  const paths = entries.map(({ path, source }) =>
    source === undefined ? path : `${path} ← ${source.slice(repository.length + 1)}`,
  );
  return { paths: paths.filter((path) => path !== '' && path !== 'main'), warnings };
}

describe('a link', () => {
  it('to a file or folder in what is uploaded is followed, as by the client', async () => {
    expect(
      await shop({
        'apps/shop/a/x': '',
        'apps/shop/to-file': { link: 'a/x' },
        'apps/shop/to-folder': { link: 'a' },
      }),
    ).toEqual({
      paths: [
        'a',
        'a/x',
        'to-file ← apps/shop/a/x',
        'to-folder ← apps/shop/a',
        'to-folder/x ← apps/shop/a/x',
      ],
      warnings: [],
    });
  });

  it('to elsewhere in the repository is followed, and that is said', async () => {
    expect(await shop({ 'shared/lib/y': '', 'apps/shop/lib': { link: '../../shared/lib' } })).toEqual({
      paths: ['lib ← shared/lib', 'lib/y ← shared/lib/y'],
      warnings: ['Uploaded from elsewhere in the repository, where links lead: lib.'],
    });
  });

  it.each([
    ['out of it, by a whole path', '/etc/passwd'],
    ['out of it, by a folder', '/etc'],
    ['out of it, step by step', '../../../neighbour'],
  ])('%s is not followed, and that is said', async (_, link) => {
    expect(await shop({ '../neighbour': 'secret', 'apps/shop/out': { link } })).toEqual({
      paths: [],
      warnings: [
        'Not uploaded, since they are links that lead out of the Git repository: out. Put what the service needs into the folder itself.',
      ],
    });
  });

  it('to a link that leads out is not followed either, nor one in a folder that was followed', async () => {
    const { paths, warnings } = await shop({
      'apps/shop/one': { link: '../two' },
      'apps/two': { link: '/etc/passwd' },
      'shared/three': { link: '/etc' },
      'apps/shop/lib': { link: '../../shared' },
    });
    expect([paths, warnings[0]]).toEqual([
      ['lib ← shared'],
      'Not uploaded, since they are links that lead out of the Git repository: lib/three, one. Put what the service needs into the folder itself.',
    ]);
  });

  it('into .git is not followed: the job’s token may stand there', async () => {
    const files = {
      'apps/shop/config': { link: '../../.git/config' },
      'apps/shop/git': { link: '../../.git' },
    };
    expect(await shop(files)).toEqual({
      paths: [],
      warnings: [
        'Not uploaded, since they are links into .git, where the job’s token may stand: config, git. Remove them, or name them in .railwayignore.',
      ],
    });
  });

  it('leads no further than the folder where there is no repository', async () => {
    const folder = aFolder();
    plant({ 'root/a': '', secret: '', 'root/out': { link: '../secret' }, 'root/in': { link: 'a' } }, folder);
    const { files, warnings } = await listArchive(join(folder, 'root'), { include: [] });
    expect([files, warnings]).toEqual([
      2,
      [
        'Not uploaded, since they are links that lead out of the folder: out. Put what the service needs into the folder itself.',
      ],
    ]);
  });

  it('that leads nowhere, or to itself, is left out, and that is said', async () => {
    expect(await shop({ 'apps/shop/a': { link: 'absent' }, 'apps/shop/b': { link: 'b' } })).toEqual({
      paths: [],
      warnings: [
        'Not uploaded, since they are links that lead nowhere: a, b. Build what they lead to first, or remove them.',
      ],
    });
  });

  it('to a folder around it ends, by itself, by two steps and from outside', async () => {
    const up = await shop({ 'apps/shop/a/up': { link: '..' } });
    expect(up.warnings).toEqual(['Not entered, since they are links to a folder around them: a/up.']);
    const two = await shop({ 'apps/shop/a/b': { link: '../c' }, 'apps/shop/c/d': { link: '../a' } });
    expect(two.paths).toEqual(['a', 'a/b ← apps/shop/c', 'c', 'c/d ← apps/shop/a']);
    expect(two.warnings).toEqual([
      'Not entered, since they are links to a folder around them: a/b/d, c/d/b.',
    ]);
    const around = await shop({ 'apps/shop/all': { link: '../..' }, 'apps/other': '' });
    expect(around.paths).toEqual(['all ← ', 'all/apps ← apps', 'all/apps/other ← apps/other']);
    expect(around.warnings).toEqual([
      'Uploaded from elsewhere in the repository, where links lead: all.',
      'Not entered, since they are links to a folder around them: all/apps/shop.',
    ]);
  });

  it('that is ignored is not spoken of', async () => {
    const files = { 'apps/shop/.railwayignore': 'out\n', 'apps/shop/out': { link: '/etc' } };
    expect(await shop(files)).toEqual({ paths: ['.railwayignore'], warnings: [] });
  });

  it('to a secret by another name is named as one', async () => {
    const { warnings } = await shop({ 'apps/shop/settings': { link: '../../.env' }, '.env': '' });
    expect(warnings[0]).toBe(
      'Uploaded, and secrets by the look of them: settings. Name in .railwayignore what the service does not need.',
    );
  });

  it('makes no folder without end of folders that link to one another', async () => {
    const names = Array.from({ length: 9 }, (_, index) => `f${index}`);
    const links = names.flatMap((name) =>
      names
        .filter((other) => other !== name)
        .map((other) => [`${name}/${other}`, { link: `../${other}` }] as const),
    );
    const listing = listArchive(plant(Object.fromEntries(links)), { include: [], mostEntries: 1_000 });
    await expect(listing).rejects.toMatchObject({
      code: 'archive-too-many',
      what: expect.stringMatching(
        /^the folder holds more than 1000 files and folders; f0\/f1\/\S+ is one too many$/,
      ),
      next: 'Name what the service does not need in .railwayignore',
    });
  });
});
