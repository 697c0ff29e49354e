import { createHash } from 'node:crypto';
import { type FileHandle, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ActionFailure } from '../outcome/failure.ts';
import { unwritable } from '../runner/folders.ts';
import { parseChecksums } from './checksums.ts';
import { readRegularFile } from './regular-file.ts';

/** A version of a tool for one architecture, as the tool cache files it. */
export interface Cached {
  readonly name: string;
  readonly version: string;
  readonly arch: string;
  /** The file name of the tool itself. */
  readonly executable: string;
}

/** What the tool cache has of a tool. `unknown`: nothing beside it tells what it was when it was put there. */
export type FoundInToolCache =
  | { readonly kind: 'absent' | 'unknown' }
  | { readonly kind: 'present'; readonly folder: string };

/**
 * Looks for a tool; asks no network. A cache that `outlivesJob` may have been written to by others since: there the
 * executable must be what is remembered beside it. Failures: `checksum-mismatch`, `runner-unwritable`; the
 * signal's reason when cancelled.
 */
export async function findInToolCache(
  { name, version, arch, executable }: Cached,
  terms: { readonly outlivesJob: boolean; readonly sha256Input: string; readonly signal: AbortSignal },
): Promise<FoundInToolCache> {
  const folder = await folderInToolCache(name, version, arch);
  if (folder === '') return { kind: 'absent' };
  if (!terms.outlivesJob) return { kind: 'present', folder };
  const file = join(folder, executable);
  const [remembered, sha256] = await Promise.all([
    rememberedSha256(folder, executable, terms.signal),
    sha256Of(file, terms.signal),
  ]);
  if (remembered === undefined || sha256 === undefined) return { kind: 'unknown' };
  if (remembered === sha256) return { kind: 'present', folder };
  throw new ActionFailure({
    code: 'checksum-mismatch',
    what: `${file} has the sha256 ${sha256}`,
    why: `it had ${remembered} when it was put into the tool cache; it was not run`,
    next: `Find out who can write there, remove ${folder}, and set ${terms.sha256Input}: then the tool cache is not used`,
  });
}

async function folderInToolCache(name: string, version: string, arch: string): Promise<string> {
  const { find } = await import('@actions/tool-cache');
  try {
    return find(name, version, arch);
  } catch (error) {
    throw toolCacheUnwritable(error);
  }
}

/** Puts an unpacked tool into the tool cache, with what its executable is beside it; answers the folder. */
export async function putIntoToolCache(
  { name, version, arch, executable }: Cached,
  from: { readonly unpacked: string; readonly toolCache: string; readonly signal: AbortSignal },
): Promise<string> {
  const { cacheDir } = await import('@actions/tool-cache');
  const folder = join(from.toolCache, name, version, arch);
  // Whoever is killed between these lines leaves a folder that nobody takes for whole.
  const sha256 = await sha256Of(join(from.unpacked, executable), from.signal);
  try {
    await rm(`${folder}.complete`, { force: true });
    // What others have put there may be a link, or a pipe that is written to only while somebody reads it.
    await rm(memoryOf(folder), { recursive: true, force: true });
    await mkdir(dirname(folder), { recursive: true });
    await writeFile(memoryOf(folder), `${sha256}  ${executable}\n`, { flag: 'wx' });
    return await cacheDir(from.unpacked, name, version, arch);
  } catch (error) {
    throw toolCacheUnwritable(error);
  }
}

/** Beside the folder and not in it, in the form of `sha256sum`, so that the image of a runner can write one too. */
const memoryOf = (folder: string) => `${folder}.sha256`;

async function rememberedSha256(
  folder: string,
  executable: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const readText = (file: FileHandle) => file.readFile({ encoding: 'utf8', signal });
  const text = await readRegularFile(memoryOf(folder), readText, signal);
  return parseChecksums(text ?? '').get(executable);
}

/** Lower-case hex; undefined for a file that cannot be read, or is none. */
function sha256Of(path: string, signal: AbortSignal): Promise<string | undefined> {
  const digest = async (file: FileHandle) => {
    const hash = createHash('sha256');
    await pipeline(file.createReadStream({ autoClose: false }), hash, { signal });
    return hash.digest('hex');
  };
  return readRegularFile(path, digest, signal);
}

/** The toolkit reads it from the environment, and says nothing of it in its errors. */
function toolCacheUnwritable(error: unknown): ActionFailure {
  return unwritable('RUNNER_TOOL_CACHE', process.env.RUNNER_TOOL_CACHE, error);
}
