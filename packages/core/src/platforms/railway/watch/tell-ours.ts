import { messageMark } from '../api/deploy-message.ts';
import { newestFirst } from '../api/newest-first.ts';
import { digestOf } from '../api/release.ts';
import type { WireDeployment } from '../api/wire.ts';

/** Which of the deployments that have appeared is the one that a rollback made. */
export type Ours =
  | { readonly kind: 'yes' | 'maybe'; readonly deployment: WireDeployment }
  /** None of them is, or none can be told to be yet. */
  | { readonly kind: 'none' };

/** What a deployment that was asked for is made of. */
export interface MadeOf extends Pick<WireDeployment, 'meta'>, Partial<Pick<WireDeployment, 'canRollback'>> {
  /** Of the deployment that it is made again of; `` where it is none. */
  readonly id: string;
  /** Railway tells of what it is made as soon as it shows: one that says nothing of that is another. */
  readonly isTold?: true;
}

/**
 * A rollback has the image and the source of what it goes back to, and nobody says that it is ours. `yes`: one alone has
 * the same. `maybe`: several have, of which the oldest comes nearest, or one says nothing against it. `appeared`: those
 * whose ids were not known before.
 */
export function tellOurs(appeared: readonly WireDeployment[], wanted: MadeOf): Ours {
  const judged = newestFirst(appeared).map((deployment) => {
    return { deployment, likeness: likenessOf(deployment, wanted) };
  });
  const same = judged.filter(({ likeness }) => likeness === 'same');
  const silent = wanted.isTold ? [] : judged.filter(({ likeness }) => likeness === 'silent');
  const [only] = same;
  if (only !== undefined && same.length === 1) return { kind: 'yes', deployment: only.deployment };
  const oldest = same.at(-1) ?? silent.at(-1);
  return oldest === undefined ? { kind: 'none' } : { kind: 'maybe', deployment: oldest.deployment };
}

type Likeness = 'same' | 'other' | 'silent';

/** By the first thing that both tell of: image, commit, message, the image's name. */
function likenessOf({ meta, id }: WireDeployment, of: MadeOf): Likeness {
  const { meta: wanted } = of;
  if (id === of.id) return 'other';
  // An image that is not kept does not come back: what comes is built again from the same source.
  const kept = of.canRollback === false ? undefined : digestOf(wanted.imageDigest);
  const pairs = [
    [digestOf(meta.imageDigest), kept],
    [meta.commitHash, wanted.commitHash],
    [markIn(meta.commitMessage), markIn(wanted.commitMessage)],
    [meta.commitMessage, wanted.commitMessage],
    [meta.image, wanted.image],
  ] as const;
  const told = pairs.find(([one, other]) => one !== undefined && other !== undefined);
  if (told !== undefined) return told[0] === told[1] ? 'same' : 'other';
  // A push has a commit, which what was uploaded has not; and the other way round.
  const isOfGit = (one: typeof meta) => one.commitHash !== undefined;
  const isOfImage = (one: typeof meta) => one.image !== undefined;
  if (isOfGit(meta) && !isOfGit(wanted)) return 'other';
  if (isOfImage(meta) && !isOfImage(wanted)) return 'other';
  return 'silent';
}

function markIn(message: string | undefined): string | undefined {
  return messageMark(message).mark;
}
