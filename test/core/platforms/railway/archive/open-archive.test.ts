import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  appendFileSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ArchiveOptions,
  listArchive,
  openArchive,
} from '../../../../../packages/core/src/platforms/railway/archive/archive.ts';
import { aFolder, type Planted, plant } from '../../../../support/file-tree.ts';

const nothing = { include: [] };

async function packed(root: string, options: ArchiveOptions = {}): Promise<Buffer> {
  return collected(openArchive(await listArchive(root, nothing), options));
}

async function collected(archive: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of archive) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/** Unpacks with the system's own tools, each of which fails for what it does not like. */
function unpacked(archive: Buffer): string {
  const folder = aFolder();
  execFileSync('tar', ['-xzpf', '-', '-C', folder], { input: archive });
  return folder;
}

/** Everything in a folder, as a tar tells it: content, who may execute it, seconds. */
function treeOf(folder: string): Readonly<Record<string, object>> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return Object.fromEntries(
    paths.map((path) => {
      const facts = statSync(join(folder, path));
      const changedAt = Math.floor(facts.mtimeMs / 1000);
      if (facts.isDirectory()) return [path, { changedAt }];
      const text = readFileSync(join(folder, path)).toString('base64');
      return [path, { changedAt, text, mode: (facts.mode & 0o777).toString(8) }];
    }),
  );
}

describe('an archive', () => {
  it('is unpacked by tar to the same files, programs, folders and times', async () => {
    const long = 'a-name-that-is-long-'.repeat(12);
    const root = plant({
      'a/b/c': 'text',
      empty: '',
      'empty-folder': { folder: true },
      'bin/start': { program: '#!/bin/sh\necho started\n' },
      [`${long}/${long}`]: 'long',
      [`é/${'ü'.repeat(60)}`]: 'not ASCII',
      'with space and "quotes"\n': 'odd',
      exactly: 'x'.repeat(512),
      large: randomBytes(2_500_000),
    });
    for (const path of ['a/b/c', 'a/b', 'a', 'bin'])
      utimesSync(join(root, path), 1_600_000_000, 1_600_000_000);
    expect(treeOf(unpacked(await packed(root)))).toEqual(treeOf(root));
  });

  it('names everything ./so, folders with a slash, of user and group 0', async () => {
    const archive = await packed(plant({ 'a/b': { program: '' }, c: '' }));
    const { stdout } = spawnSync('tar', ['-tvzf', '-', '--numeric-owner'], {
      input: archive,
      encoding: 'utf8',
    });
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split(/\s+/));
    expect(lines.map((words) => [words[0], words[1], words.at(-1)])).toEqual([
      ['drwxr-xr-x', '0/0', './'],
      ['drwxr-xr-x', '0/0', './a/'],
      ['-rwxr-xr-x', '0/0', './a/b'],
      ['-rw-r--r--', '0/0', './c'],
    ]);
  });

  it('holds what links lead to in their place', async () => {
    const root = plant({ 'a/x': 'text', file: { link: 'a/x' }, folder: { link: 'a' } });
    const folder = unpacked(await packed(root));
    expect([
      readFileSync(join(folder, 'folder/x'), 'utf8'),
      lstatSync(join(folder, 'file')).isFile(),
    ]).toEqual(['text', true]);
  });

  it('has the same bytes for the same files, and is one member of gzip at every level', async () => {
    const root = plant({ a: 'x'.repeat(2_000_000), b: randomBytes(800_000), c: 'text' });
    const once = await packed(root);
    expect((await packed(root)).equals(once)).toBe(true);
    expect(once.subarray(0, 10).toString('hex')).toBe('1f8b08000000000000ff');
    const tars = await Promise.all([0, 1, 9].map(async (level) => gunzipSync(await packed(root, { level }))));
    expect(tars.map((tar) => tar.equals(gunzipSync(once)))).toEqual([true, true, true]);
    // A reader that ends with the first member has all of it.
    const members = execFileSync('gzip', ['-lv'], { input: once, encoding: 'utf8' });
    expect(members).toContain('defla');
    expect(execFileSync('gzip', ['-dc'], { input: once, maxBuffer: 2 ** 30 }).equals(gunzipSync(once))).toBe(
      true,
    );
  });

  it('is unpacked to what was packed, whatever is in the folder', { timeout: 120_000 }, async () => {
    const name = fc.oneof(
      fc.constantFrom('a', 'b', 'c.txt', '.x', 'd e', 'ö', '-rf', '*', "it's"),
      fc.integer({ min: 90, max: 120 }).map((length) => 'n'.repeat(length)),
    );
    const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join('/'));
    const content = fc.oneof(
      fc.string({ maxLength: 20 }),
      fc
        .constantFrom(0, 1, 511, 512, 513, 65_536, 1_048_576 - 512, 1_048_576, 1_200_000)
        .map((size) => randomBytes(size)),
    );
    const planted: fc.Arbitrary<Planted> = fc.oneof(
      { weight: 4, arbitrary: content },
      content.map((text) => ({ program: text.toString() })),
      fc.constant({ folder: true } as const),
    );
    const tree = fc.dictionary(path, planted, { minKeys: 1, maxKeys: 10 });
    await fc.assert(
      fc.asyncProperty(tree, async (files) => {
        const paths = Object.keys(files);
        const possible = paths.filter((one) => !paths.some((other) => other.startsWith(`${one}/`)));
        const root = plant(Object.fromEntries(possible.map((one) => [one, files[one] ?? ''])));
        const folder = unpacked(await packed(root));
        expect(treeOf(folder)).toEqual(treeOf(root));
        for (const done of [root, folder]) rmSync(done, { recursive: true });
      }),
      { numRuns: 40 },
    );
  });

  it('is read as it is asked for, and closes its files when nobody asks any more', async () => {
    const root = plant({ a: randomBytes(8_000_000), b: randomBytes(8_000_000) });
    const open = () => readdirSync('/proc/self/fd').length;
    if (process.platform !== 'linux') return;
    const before = open();
    let bytes = 0;
    for await (const chunk of openArchive(await listArchive(root, nothing))) {
      bytes += chunk.length;
      if (bytes > 100) break;
    }
    expect(bytes).toBeLessThan(2_000_000);
    expect(open()).toBe(before);
  });
});

describe('an archive that cannot be made', () => {
  /** Takes an archive of 12 MB in `a` and a little in `b` until `bytes` came, lets something happen, and takes the rest. */
  async function meanwhile(
    happen: (root: string) => void,
    bytes: number,
    options: ArchiveOptions = {},
  ): Promise<void> {
    const root = plant({ a: randomBytes(12_000_000), b: 'text' });
    const listing = await listArchive(root, nothing);
    let sent = 0;
    let hasHappened = false;
    for await (const chunk of openArchive(listing, { level: 0, ...options })) {
      sent += chunk.length;
      if (hasHappened || sent < bytes) continue;
      hasHappened = true;
      happen(root);
    }
  }

  it.each([
    [
      'becomes shorter',
      (root: string) => truncateSync(join(root, 'a'), 100),
      'a became shorter than 12000000 bytes while it was uploaded',
    ],
    [
      'grows',
      (root: string) => appendFileSync(join(root, 'a'), 'more'),
      'a grew from 12000000 to 12000004 bytes while it was uploaded',
    ],
    [
      'is written to',
      (root: string) => utimesSync(join(root, 'a'), 1, 1),
      'a was written to while it was uploaded',
    ],
  ])('breaks off when a file %s', async (_, happen, what) => {
    await expect(meanwhile(happen, 100)).rejects.toMatchObject({
      code: 'archive-changed',
      what,
      why: 'what was sent of it is neither the old file nor the new one, so the upload was cut',
      next: 'End what writes to it before the deploy, or name it in .railwayignore',
    });
  });

  it('holds a file as it is when it is opened', async () => {
    const root = plant({ a: '' });
    const listing = await listArchive(root, nothing);
    writeFileSync(join(root, 'a'), 'grown');
    expect(readFileSync(join(unpacked(await collected(openArchive(listing))), 'a'), 'utf8')).toBe('grown');
  });

  it.each([
    ['is gone', (file: string) => rmSync(file), 'archive-unreadable', 'b cannot be read (ENOENT)'],
    [
      'became a link',
      (file: string) => {
        rmSync(file);
        symlinkSync('/etc/passwd', file);
      },
      'archive-unreadable',
      'b cannot be read (ELOOP)',
    ],
    [
      'became a folder',
      (file: string) => {
        rmSync(file);
        mkdirSync(file);
      },
      'archive-changed',
      'b is no file any more while it was uploaded',
    ],
  ])('breaks off when a file %s since it was listed', async (_, happen, code, what) => {
    await expect(meanwhile((root) => happen(join(root, 'b')), 1)).rejects.toMatchObject({ code, what });
  });

  it.skipIf(process.getuid?.() === 0)('breaks off at a file that may not be read', async () => {
    const root = plant({ a: '' });
    execFileSync('chmod', ['000', join(root, 'a')]);
    await expect(packed(root)).rejects.toMatchObject({
      code: 'archive-unreadable',
      what: 'a cannot be read (EACCES)',
      why: 'the user the job runs as may not read it: a step that ran in a container leaves files of another user',
      next: 'Make it readable for the user the job runs as, or name it in .railwayignore',
    });
  });

  it('ends with the reason of the signal', async () => {
    const cancel = new AbortController();
    const reason = new Error('the job was cancelled');
    const { signal } = cancel;
    await expect(meanwhile(() => cancel.abort(reason), 1, { signal })).rejects.toBe(reason);
  });
});
