import { ActionFailure } from '../../../outcome/failure.ts';
import type { Release, Target } from '../../platform.ts';
import type { FlyApi, StoredRelease } from './api.ts';
import { releaseVersion } from './release.ts';

/** A release as Fly keeps it. Failure: `no-target`. */
export async function findRelease(api: FlyApi, target: Target, id: string): Promise<StoredRelease> {
  const version = releaseVersion(id);
  const found = version === undefined ? undefined : await api.release(target.name, version);
  if (found !== undefined) return found;
  throw new ActionFailure({
    code: 'no-target',
    what: `${target.name} has no release ${id}`,
    next: `Choose one that \`fly releases --app ${target.name}\` lists.`,
  });
}

/** The same, with the configuration it was made with. Failure: `no-target`, where it is gone or has none. */
export async function findRestorable(api: FlyApi, target: Target, release: Release): Promise<StoredRelease> {
  const stored = await findRelease(api, target, release.id);
  if (stored.definition === undefined) throw noDefinition(target, release);
  return stored;
}

/** An old image under a newer configuration would be a third thing, never proved by anyone. */
function noDefinition(target: Target, release: Release): ActionFailure {
  return new ActionFailure({
    code: 'no-target',
    what: `Fly stored no configuration with ${release.label} of ${target.name}`,
    why: 'it was made by a client that sends none, so it cannot be brought back as it was',
    next: 'Deploy its image with a fly.toml that fits it.',
  });
}
