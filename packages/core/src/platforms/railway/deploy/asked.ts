import { type Decoder, object, optional, text } from '../../../text/decode.ts';
import { digestNamed, shortId } from '../api/release.ts';
import type { WireDeployment } from '../api/wire.ts';
import { deploymentMeta } from '../api/wire-meta.ts';
import { type MadeOf, tellOurs } from '../watch/tell-ours.ts';

/** What a deployment was asked to be made of; one of them. */
export interface AskedOf {
  /** Whole. */
  readonly commit?: string | undefined;
  /** With its digest. */
  readonly image?: string | undefined;
  /** Id of the deployment that is made again. */
  readonly again?: string | undefined;
}

/** One that was asked for, and whose id is not known: Railway answers it, and answers get lost. */
export interface Asked extends AskedOf {
  /** When the newest there was had been made, ISO 8601. */
  readonly since: string;
}

/** By what it is told from others; undefined where what it is made of is not among `deployments`. */
export function madeOf(
  { commit, image, again }: AskedOf,
  deployments: readonly WireDeployment[],
): MadeOf | undefined {
  if (again !== undefined) {
    const original = deployments.find(({ id }) => id === again);
    return original && rebuilt(original);
  }
  const imageDigest = digestNamed(image);
  return { id: '', meta: deploymentMeta({ commitHash: commit, image, imageDigest }, 'meta'), isTold: true };
}

/** `the commit 3f2a9c1`: for sentences. */
export function describeAsked({ commit, image, again }: AskedOf): string {
  if (again !== undefined) return `what ${shortId(again)} was made of`;
  return commit === undefined ? `${image}` : `the commit ${commit.slice(0, 7)}`;
}

/** What is made again is built again: it has the same source, and another image. */
export function rebuilt({ id, meta }: WireDeployment): MadeOf {
  return { id, meta: { ...meta, imageDigest: undefined } };
}

/** Which of these may be the one that was asked for: nothing but what it is made of, and the moment, speaks for it. */
export function answerTo(
  asked: Asked,
  deployments: readonly WireDeployment[],
  isKnown: (id: string) => boolean,
): string | undefined {
  const wanted = madeOf(asked, deployments);
  if (wanted === undefined) return undefined;
  const since = Date.parse(asked.since);
  const appeared = deployments.filter(
    ({ id, createdAt }) => !isKnown(id) && (asked.since === '' || Date.parse(createdAt) > since),
  );
  const ours = tellOurs(appeared, wanted);
  return ours.kind === 'none' ? undefined : ours.deployment.id;
}

export const askedShape: Decoder<Asked> = object({
  since: text,
  commit: optional(text),
  image: optional(text),
  again: optional(text),
});
