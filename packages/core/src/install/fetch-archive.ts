import { ActionFailure } from '../outcome/failure.ts';
import { type Archive, expectedSha256 } from './expected-sha256.ts';
import { type Fetching, fetchFile } from './fetch-file.ts';
import { anotherVersion, type ToolSpec } from './tool.ts';

/** An archive that is what its publisher said it is. */
export interface VerifiedArchive {
  readonly path: string;
  readonly sha256: string;
  readonly verifiedBy: string;
}

/** Downloads an archive and compares its sha256; rejects, with nothing unpacked, unless they are equal. */
export async function fetchArchive(
  spec: ToolSpec,
  archive: Archive,
  { given, fetching }: { given: string | undefined; fetching: Fetching },
): Promise<VerifiedArchive> {
  const fetched = await fetchFile(spec.releaseUrl(archive.version, archive.asset), archive.asset, fetching);
  if (fetched === undefined) throw withdrawn(spec, archive);
  const expected = await expectedSha256(spec, archive, { given, fetching });
  if (fetched.sha256 === expected.sha256) return { ...fetched, verifiedBy: expected.source };
  throw new ActionFailure({
    code: 'checksum-mismatch',
    what: `${archive.asset} has the sha256 ${fetched.sha256}`,
    why: `it must be ${expected.sha256} by ${expected.source}; the archive was not unpacked`,
    next:
      given === undefined
        ? 'Find out why the file differs before anything is run from it'
        : `Correct ${spec.inputs.sha256} if it is of another version or system; otherwise find out why the file differs before anything is run from it`,
  });
}

function withdrawn(spec: ToolSpec, { version, asset }: Archive): ActionFailure {
  return new ActionFailure({
    code: 'install-failed',
    what: `${spec.name} ${version} has no ${asset} to download (404)`,
    why: 'there was never such a version, or its publisher has withdrawn it',
    next: `Set ${spec.inputs.version} to ${version === spec.defaultVersion ? '' : 'a version that exists, such as '}${anotherVersion(spec, version)}`,
  });
}
