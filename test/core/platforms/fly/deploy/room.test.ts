import { access, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freeRoom, keepRoom } from '../../../../../packages/core/src/platforms/fly/deploy/room.ts';

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'belay-room-'));
});
afterEach(() => rm(dir, { recursive: true }));

describe('room for the way back', () => {
  it('is kept on the disk, and given away again', async () => {
    expect(await keepRoom(dir)).toBeUndefined();
    const [file = ''] = await readdir(dir);
    expect((await stat(join(dir, file))).size).toBe(2 * 1024 * 1024);
    await freeRoom(dir);
    expect(await readdir(dir)).toEqual([]);
  });

  it('cannot be kept where nothing can be written', async () => {
    const file = join(dir, 'file');
    await writeFile(file, '');
    expect(await keepRoom(join(file, 'fly'))).toMatchObject({
      reason: 'runner-unwritable',
      what: expect.stringContaining(`flyctl’s folder (${join(file, 'fly')}) cannot be written: ENOTDIR`),
      why: 'a release that turns out bad could not be taken back',
    });
  });

  it('brings back a folder that somebody has removed', async () => {
    const gone = join(dir, 'gone');
    await freeRoom(gone);
    await expect(access(gone)).resolves.toBeUndefined();
  });
});
