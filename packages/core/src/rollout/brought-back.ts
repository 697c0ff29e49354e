import type { Release } from '../platforms/platform.ts';
import { isSameArtifact } from './candidates.ts';

/**
 * The older release that one may be a copy of, by the platform's traces alone; undefined where they leave no doubt.
 * `releases` newest first. What was deployed several times in a row was not brought back.
 */
export function mayHaveBroughtBack(release: Release, releases: readonly Release[]): Release | undefined {
  const at = releases.findIndex(({ id }) => id === release.id);
  const older = releases.slice(at + 1);
  // What is brought back is named by its digest, and nobody knows any more what was built under a tag.
  const isByDigest = releases[at]?.artifact !== undefined;
  const inARow = older.findIndex((one) => !isSameArtifact(one, release));
  const others = inARow < 0 ? [] : older.slice(Math.max(inARow, 1));
  return others.find(
    (one) =>
      isSameArtifact(one, release) || (isByDigest && one.artifact === undefined && one.state !== 'failed'),
  );
}
