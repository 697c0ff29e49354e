import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTools, systemClock } from '#core/io';
import { unpack as unpackArchive } from '../../../packages/core/src/install/unpack.ts';
import { type ZipEntry, zipFile } from '../../../packages/local-cloud/src/downloads/zip-file.ts';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'belay-zip-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function unpack(content: Buffer): Promise<string> {
  await writeFile(join(root, 'tool.zip'), content);
  await unpackArchive(join(root, 'tool.zip'), join(root, 'into', 'here'), {
    tools: createTools({ clock: systemClock, print: () => {} }),
    signal: new AbortController().signal,
    env: process.env,
  });
  return join(root, 'into', 'here');
}

/** Every file below the test's own folder but the archive. */
async function written(): Promise<readonly string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  return files.map((file) => file.slice(root.length + 1)).filter((file) => file !== 'tool.zip');
}

describe('a zip', () => {
  it('is unpacked with its folders, its content and its modes', async () => {
    const long = 'a line that repeats\n'.repeat(10_000);
    const folder = await unpack(
      zipFile([
        { name: 'flyctl.exe', content: '#!/bin/sh\n', mode: 0o755 },
        { name: 'docs/', content: '' },
        { name: 'docs/long.txt', content: long },
      ]),
    );
    expect(await written()).toEqual(['into/here/flyctl.exe', 'into/here/docs/long.txt']);
    expect(await readFile(join(folder, 'docs/long.txt'), 'utf8')).toBe(long);
    expect((await stat(join(folder, 'flyctl.exe'))).mode & 0o777).toBe(0o755);
  });

  it('never makes a file that anyone may write to, or that runs as its owner', async () => {
    const folder = await unpack(zipFile([{ name: 'open', content: '', mode: 0o6777 }]));
    expect((await stat(join(folder, 'open'))).mode & 0o7777).toBe(0o755);
  });
});

describe('a zip is refused, and nothing is written outside its folder, when', () => {
  const zip = (...entries: readonly ZipEntry[]) => zipFile(entries);
  const evil = (name: string) => zip({ name, content: 'evil' });
  it.each<[string, Buffer, string]>([
    ['an entry climbs out', evil('../evil'), 'invalid relative path: ../evil'],
    ['an entry climbs out on its way', evil('a/../../evil'), 'invalid relative path: a/../../evil'],
    ['an entry is absolute', evil('/evil'), 'absolute path: /evil'],
    ['an entry names a drive', evil('C:evil'), 'absolute path: C:evil'],
    ['an entry climbs with backslashes', evil('..\\evil'), 'invalid characters in fileName: ..\\evil'],
  ])('%s', async (_, content, why) => {
    await expect(unpack(content)).rejects.toMatchObject({
      code: 'install-failed',
      what: `tool.zip could not be unpacked: ${why}`,
      why: 'it is damaged, or was made to write outside its folder',
      next: 'Choose another version, and report this one to its publisher',
    });
    expect(await written()).toEqual([]);
  });

  it('two entries have one name', async () => {
    const twice = zip({ name: 'flyctl', content: 'good' }, { name: 'flyctl', content: 'evil' });
    await expect(unpack(twice)).rejects.toMatchObject({ what: expect.stringContaining('EEXIST') });
    expect(await readFile(join(root, 'into/here/flyctl'), 'utf8')).toBe('good');
  });

  it('it is cut short', async () => {
    const whole = zip({ name: 'flyctl', content: 'good' });
    await expect(unpack(whole.subarray(0, whole.length - 10))).rejects.toMatchObject({
      code: 'install-failed',
    });
  });

  it('it is a page instead of a file', async () => {
    await expect(unpack(Buffer.from('<!doctype html><title>Not found</title>'))).rejects.toMatchObject({
      code: 'install-failed',
    });
  });
});

it('makes a plain file of a link, so that nothing is written through it', async () => {
  const link = { name: 'link', content: '/etc', mode: 0o120777 };
  const folder = await unpack(zipFile([link]));
  expect((await stat(join(folder, 'link'))).isFile()).toBe(true);
});
