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

/** Unpacks a verified archive into the tool cache; answers the folder. */
export async function unpackIntoToolCache(
  { name, version, arch }: Cached,
  { archive, into }: { archive: string; into: string },
): Promise<string> {
  const { cacheDir, extractTar, extractZip } = await import('@actions/tool-cache');
  const extract = archive.endsWith('.zip') ? extractZip : extractTar;
  return cacheDir(await extract(archive, into), name, version, arch);
}
