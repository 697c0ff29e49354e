import { access } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ActionFailure } from '../failure.ts';
import { unwritable } from '../runner/folders.ts';
import { unpack } from './unpack.ts';

/** A version of a tool for one architecture, as the tool cache files it. */
export interface Cached {
  readonly name: string;
  readonly version: string;
  readonly arch: string;
}

/** The folder of a cached tool; asks no network. */
export async function findInToolCache({ name, version, arch }: Cached): Promise<string | undefined> {
  const { find } = await import('@actions/tool-cache');
  try {
    return find(name, version, arch) || undefined;
  } catch (error) {
    throw toolCacheUnwritable(error);
  }
}

/**
 * Unpacks a verified archive into the tool cache; answers the folder. One without the executable is not cached, since
 * later runs would find it there. Failures: `install-failed`, `runner-unwritable`.
 */
export async function unpackIntoToolCache(
  { name, version, arch }: Cached,
  { archive, into, executable }: { archive: string; into: string; executable: string },
): Promise<string> {
  const { cacheDir } = await import('@actions/tool-cache');
  await unpack(archive, into);
  await access(join(into, executable)).catch((cause) => {
    throw new ActionFailure(
      {
        code: 'install-failed',
        what: `${basename(archive)} holds no ${executable}`,
        why: 'it is not the archive it is called',
        next: 'Choose another version, and report this one to its publisher',
      },
      { cause },
    );
  });
  return cacheDir(into, name, version, arch).catch((error: unknown) => {
    throw toolCacheUnwritable(error);
  });
}

/** The toolkit reads it from the environment, and says nothing of it in its errors. */
function toolCacheUnwritable(error: unknown): ActionFailure {
  return unwritable('RUNNER_TOOL_CACHE', process.env.RUNNER_TOOL_CACHE, error);
}
