import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { listArchive } from '../../../../../packages/core/src/platforms/railway/archive/archive.ts';
import { emptyArchive } from '../../../../../packages/core/src/platforms/railway/archive/archive-failures.ts';
import { aFolder, plant } from '../../../../support/file-tree.ts';

const nothing = { include: [] };
/** In two pieces, so that nobody takes this file for one with a token. */
const npmToken = `//npm.example.com/:_auth${'Token='}`;

describe('a listing', () => {
  it('tells folders and files in the order of their bytes, with sizes, times and who may execute', async () => {
    const root = plant({
      'a/b': 'four',
      'a-b': '',
      'a.sh': { program: '#!/bin/sh' },
      'é/x': 'x',
      empty: { folder: true },
    });
    for (const path of ['a/b', 'a-b', 'a.sh', 'é/x', 'empty', 'a', 'é', '']) {
      utimesSync(join(root, path), 1_700_000_000, 1_700_000_000.9);
    }
    const listing = await listArchive(root, nothing);
    const common = { bytes: 0, isExecutable: false, changedAt: 1_700_000_000 };
    expect(listing).toEqual({
      root,
      entries: [
        { ...common, path: '', kind: 'folder' },
        { ...common, path: 'a-b', kind: 'file' },
        { ...common, path: 'a.sh', kind: 'file', bytes: 9, isExecutable: true },
        { ...common, path: 'a', kind: 'folder' },
        { ...common, path: 'a/b', kind: 'file', bytes: 4 },
        { ...common, path: 'empty', kind: 'folder' },
        { ...common, path: 'é', kind: 'folder' },
        { ...common, path: 'é/x', kind: 'file', bytes: 1 },
      ],
      files: 4,
      bytes: 14,
      largest: [
        { path: 'a.sh', bytes: 9 },
        { path: 'a/b', bytes: 4 },
        { path: 'é/x', bytes: 1 },
        { path: 'a-b', bytes: 0 },
      ],
      warnings: [],
    });
  });

  it('names the ten largest files', async () => {
    const files = Array.from({ length: 12 }, (_, index) => [`f${index}`, 'x'.repeat(index)]);
    const { largest } = await listArchive(plant(Object.fromEntries(files)), nothing);
    expect(largest.map(({ bytes }) => bytes)).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);
  });

  it('of nothing is one all the same: whoever would send it says what is wrong', async () => {
    const listing = await listArchive(plant({ '.railwayignore': '*', a: '' }), nothing);
    expect([listing.files, listing.warnings]).toEqual([0, []]);
    expect(emptyArchive(listing)).toMatchObject({
      code: 'archive-empty',
      what: `no file is left to upload: ${listing.root} is empty, or all in it is ignored`,
    });
  });

  it('fails for a folder that is not there, or is none, and says how that comes about', async () => {
    const file = join(plant({ a: '' }), 'a');
    await expect(listArchive('/nonexistent/folder', nothing)).rejects.toMatchObject({
      code: 'archive-unreadable',
      what: 'what is to be uploaded is not there: /nonexistent/folder',
      next: 'Correct `directory`, or check the repository out in a step before this one',
    });
    await expect(listArchive(file, nothing)).rejects.toMatchObject({
      code: 'archive-unreadable',
      what: `what is to be uploaded is no folder: ${file}`,
      next: 'Correct `directory`, so that it names a folder',
    });
  });

  it.skipIf(process.getuid?.() === 0)(
    'fails for a folder that may not be read, and not for one that is ignored',
    async () => {
      const root = plant({ 'closed/a': '', b: '' });
      chmodSync(join(root, 'closed'), 0);
      onTestFinished(() => chmodSync(join(root, 'closed'), 0o755));
      await expect(listArchive(root, nothing)).rejects.toMatchObject({
        code: 'archive-unreadable',
        what: 'closed cannot be read (EACCES)',
      });
      writeFileSync(join(root, '.railwayignore'), 'closed');
      expect((await listArchive(root, nothing)).files).toBe(2);
    },
  );

  it.skipIf(process.platform === 'win32')('leaves out what is no file, and says so', async () => {
    const root = plant({ a: '', 'run/b': '' });
    execFileSync('mkfifo', [join(root, 'pipe one')]);
    const server = createServer().listen(join(root, 'run', 'socket'));
    await new Promise((resolve) => server.once('listening', resolve));
    onTestFinished(() => void server.close());
    const { files, warnings } = await listArchive(root, nothing);
    expect([files, warnings]).toEqual([
      2,
      ['Not uploaded, since they are sockets, pipes or devices: "pipe one", run/socket.'],
    ]);
    writeFileSync(join(root, '.railwayignore'), 'pipe*\nrun/socket');
    expect((await listArchive(root, nothing)).warnings).toEqual([]);
  });

  it.skipIf(process.platform !== 'linux')('leaves out names that are not UTF-8, and says so', async () => {
    const root = plant({ a: '' });
    const odd = (name: string) => Buffer.concat([Buffer.from(`${root}/${name}`), Buffer.from([0xff])]);
    writeFileSync(odd('file'), '');
    mkdirSync(odd('folder'));
    const { files, warnings } = await listArchive(root, nothing);
    expect([files, warnings]).toEqual([
      1,
      ['Not uploaded, since their names are not UTF-8: file\u{fffd}, folder\u{fffd}. Rename them.'],
    ]);
  });
});

describe('what looks like a secret', () => {
  it('is uploaded, and named', async () => {
    const root = plant({
      '.env': 'A=1',
      'config/.env.production': 'A=1',
      '.env.example': 'A=',
      'keys/id_rsa': 'x',
      'keys/id_rsa.pub': 'x',
      'tls/server.pem': '-----BEGIN RSA PRIVATE KEY-----\n…',
      'tls/ca.pem': '-----BEGIN CERTIFICATE-----\n…',
      'tls/both.pem': '-----BEGIN CERTIFICATE-----\n…\n-----BEGIN PRIVATE KEY-----\n',
      '.npmrc': `${npmToken}npm_abc`,
      'web/.npmrc': `${npmToken}$\{NPM_TOKEN}\nsave-exact=true`,
      'web/.yarnrc.yml': 'npmAuthToken: "abc"',
      'src/environment.ts': '',
      'plain.txt': '',
    });
    const { warnings, files } = await listArchive(root, nothing);
    expect([files, warnings]).toEqual([
      13,
      [
        'Uploaded, and secrets by the look of them: .env, .npmrc, config/.env.production, keys/id_rsa, tls/both.pem, tls/server.pem, web/.yarnrc.yml. Name in .railwayignore what the service does not need.',
      ],
    ]);
  });

  it('is not named where it is ignored, and the first ten are where they are many', async () => {
    const files = Array.from({ length: 12 }, (_, index) => [`${index + 10}.key`, '']);
    const root = plant({ '.railwayignore': '.env\n', '.env': '', ...Object.fromEntries(files) });
    expect((await listArchive(root, nothing)).warnings).toEqual([
      'Uploaded, and secrets by the look of them: 10.key, 11.key, 12.key, 13.key, 14.key, 15.key, 16.key, 17.key, 18.key, 19.key and 2 more. Name in .railwayignore what the service does not need.',
    ]);
  });
});

describe('a path in a warning', () => {
  it('cannot pass for a line of its own', async () => {
    const root = plant({ 'a\n::error::.env': '', 'b/.env': '' }, join(aFolder(), 'shop'));
    const { warnings } = await listArchive(root, nothing);
    expect(warnings).toEqual([
      'Uploaded, and secrets by the look of them: "a\\n::error::.env", b/.env. Name in .railwayignore what the service does not need.',
    ]);
  });
});
