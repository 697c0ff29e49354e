import { readFile } from 'node:fs/promises';
import { ActionFailure } from '../outcome/failure.ts';
import { parseChecksums } from './checksums.ts';
import { type Fetching, fetchFile } from './fetch-file.ts';
import type { ToolSpec } from './tool.ts';

/** What an archive's sha256 must be, and who says so. */
export interface ExpectedSha256 {
  readonly sha256: string;
  /** Completes "sha256 verified against …". */
  readonly source: string;
}

export interface Archive {
  readonly version: string;
  readonly asset: string;
}

/** The user's own value first, then the table that ships, then the release's checksum file. */
export async function expectedSha256(
  spec: ToolSpec,
  { version, asset }: Archive,
  { given, fetching }: { given: string | undefined; fetching: Fetching },
): Promise<ExpectedSha256> {
  if (given !== undefined) return { sha256: given.toLowerCase(), source: `the input ${spec.inputs.sha256}` };
  const isThis = (entry: Archive) => entry.version === version && entry.asset === asset;
  const published = spec.publishedChecksums.find(isThis);
  if (published !== undefined)
    return { sha256: published.sha256, source: `the table that ships with Belay (${published.source})` };
  for (const file of spec.checksumFiles(version)) {
    const fetched = await fetchFile(spec.releaseUrl(version, file), file, fetching);
    const sha256 = fetched && parseChecksums(await readFile(fetched.path, 'utf8')).get(asset);
    if (sha256 !== undefined) return { sha256, source: `the release’s own ${file}` };
  }
  throw new ActionFailure({
    code: 'install-failed',
    what: `no checksum was found for ${asset}`,
    why: `the release has no ${spec.checksumFiles(version).join(' or ')} that names it, and nothing is unpacked unverified`,
    next: `Set ${spec.inputs.sha256} to the sha256 you trust, or choose another ${spec.inputs.version}`,
  });
}
