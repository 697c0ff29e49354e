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
  return find(name, version, arch) || undefined;
}

/** Unpacks a verified archive into the tool cache; answers the folder. Failure: `install-failed`. */
export async function unpackIntoToolCache(
  { name, version, arch }: Cached,
  { archive, into }: { archive: string; into: string },
): Promise<string> {
  const { cacheDir } = await import('@actions/tool-cache');
  await unpack(archive, into);
  return cacheDir(into, name, version, arch);
}
