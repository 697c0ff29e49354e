import type { Release, Target } from '../../platform.ts';
import type { FlyApi } from './api.ts';
import { findRelease } from './find-release.ts';
import { pinnedRef, toRelease } from './release.ts';

/**
 * The release, and whether it can be brought back. Fly names an image it built by a tag, which may have been moved
 * since: what the release was is known by its digest or not at all. Failure: `no-target`.
 */
export async function inspectRelease(
  api: FlyApi,
  target: Target,
  known: Pick<Release, 'id' | 'artifact'>,
): Promise<Release> {
  const { wire, definition } = await findRelease(api, target, known.id);
  const release = toRelease(wire);
  if (wire.imageRef === undefined || wire.imageRef === '') return release;
  const artifact = release.artifact ?? known.artifact;
  const ref = artifact === undefined ? wire.imageRef : pinnedRef(wire.imageRef, artifact);
  const found: Release = artifact === undefined ? release : { ...release, artifact };
  if ((await api.image(target.name, ref)) === undefined) {
    return { ...found, restorable: 'no', restorableWhy: `the registry no longer has ${ref}` };
  }
  if (definition === undefined)
    return { ...found, restorable: 'no', restorableWhy: 'Fly stored no configuration with it' };
  if (artifact !== undefined) return { ...found, restorable: 'yes' };
  const why = `Fly names its image by the tag ${wire.imageRef}, which may have been moved since, and no record tells its digest`;
  return { ...found, restorable: 'unknown', restorableWhy: why };
}
