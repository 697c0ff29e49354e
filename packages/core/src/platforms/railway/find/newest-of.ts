import { newestFirst } from '../api/newest-first.ts';
import type { WireDeployment } from '../api/wire.ts';
import { mayServe } from '../deploy/decided.ts';

/** What has come after a deployment of a commit. */
export type After =
  /** Another of the same commit, as where a webhook came twice: it takes its place. */
  | { readonly kind: 'same'; readonly deployment: WireDeployment }
  /** One of something else has taken it over. */
  | { readonly kind: 'another'; readonly deployment: WireDeployment }
  | { readonly kind: 'nothing' };

/** The newest deployment of a commit; an upload names none. */
export function newestOf(all: readonly WireDeployment[], commit: string): WireDeployment | undefined {
  return newestFirst(all).find((one) => isOf(one, commit));
}

/** `isRemoved`: it is gone, so that what is newer has taken its place, whatever it is of. */
export function afterIt(
  all: readonly WireDeployment[],
  followed: WireDeployment,
  { commit, isRemoved }: { readonly commit: string; readonly isRemoved: boolean },
): After {
  const newer = newerThan(all, followed).filter(mayServe);
  const same = newer.find((one) => isOf(one, commit));
  if (same !== undefined) return { kind: 'same', deployment: same };
  const [another] = newer;
  return isRemoved && another !== undefined ? { kind: 'another', deployment: another } : { kind: 'nothing' };
}

function newerThan(all: readonly WireDeployment[], than: WireDeployment): readonly WireDeployment[] {
  const ordered = newestFirst([than, ...all.filter(({ id }) => id !== than.id)]);
  return ordered.slice(
    0,
    ordered.findIndex(({ id }) => id === than.id),
  );
}

export function isOf({ meta }: WireDeployment, commit: string): boolean {
  return meta.commitHash === commit;
}
