import { basename } from 'node:path';
import { ActionFailure } from '../failure.ts';
import { unpackZip } from './unpack-zip.ts';

/** Unpacks a `.tar.gz` or `.zip` into a folder, and nothing of it anywhere else. Failure: `install-failed`. */
export async function unpack(archive: string, into: string): Promise<void> {
  try {
    if (archive.endsWith('.zip')) await unpackZip(archive, into);
    else await unpackTar(archive, into);
  } catch (error) {
    throw new ActionFailure(
      {
        code: 'install-failed',
        what: `${basename(archive)} could not be unpacked: ${error instanceof Error ? error.message : error}`,
        why: 'it is damaged, or was made to write outside its folder',
        next: 'Choose another version, and report this one to its publisher',
      },
      { cause: error },
    );
  }
}

/** Every runner has a tar, and each of them refuses paths that climb. */
async function unpackTar(archive: string, into: string): Promise<void> {
  const { extractTar } = await import('@actions/tool-cache');
  await extractTar(archive, into);
}
