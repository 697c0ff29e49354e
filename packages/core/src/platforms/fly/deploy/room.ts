import { randomFillSync } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorMessage } from '../../../outcome/failure.ts';
import type { PlatformFailure } from '../../platform.ts';

/** What a restore writes: a configuration, and flyctl's own log and state. Bytes, with room to spare. */
const roomBytes = 2 * 1024 * 1024;

/**
 * Keeps room on the disk for the way back, in flyctl's folder: a build or a log may fill the rest. A failure,
 * `runner-unwritable`, where there is none; then nothing may be shipped.
 */
export async function keepRoom(dir: string): Promise<PlatformFailure | undefined> {
  try {
    await mkdir(dir, { recursive: true });
    // Zeros would take no room on a disk that compresses.
    await writeFile(roomOf(dir), randomFillSync(Buffer.alloc(roomBytes)));
    return undefined;
  } catch (error) {
    await freeRoom(dir);
    const said = errorMessage(error);
    return {
      reason: 'runner-unwritable',
      what: `flyctl’s folder (${dir}) cannot be written: ${said}`,
      why: 'a release that turns out bad could not be taken back',
      next: `Free space on the runner’s disk, or let this job write to ${dir}.`,
    };
  }
}

/** Gives the room to whoever needs it now; the folder is there again, whatever became of it. Never throws. */
export async function freeRoom(dir: string): Promise<void> {
  await rm(roomOf(dir), { force: true }).catch(() => {});
  await mkdir(dir, { recursive: true }).catch(() => {});
}

function roomOf(dir: string): string {
  return join(dir, 'room-for-the-way-back');
}
