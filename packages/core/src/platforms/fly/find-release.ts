import { ActionFailure } from '../../failure.ts';
import type { Target } from '../platform.ts';
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
