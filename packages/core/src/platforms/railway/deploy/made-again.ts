import { messageMark } from '../api/deploy-message.ts';
import { digestOf } from '../api/release.ts';
import type { WireDeployment } from '../api/wire.ts';
import type { OwnDeployments } from './own-deployments.ts';

/**
 * What Railway has made again, by itself, of what this step shipped: its id → the shipped one’s. Railway moves hosts, updates
 * images and patches them, and nobody has moved the service then. It has the shipped one’s image, and an upload’s message
 * with the mark of this step. Source: docs.railway.com, “Deployments”.
 */
export function madeAgain(
  all: readonly WireDeployment[],
  own: Pick<OwnDeployments, 'has' | 'restores'>,
): ReadonlyMap<string, string> {
  const shipped = all.filter(({ id }) => own.has(id) && own.restores(id) === undefined);
  const others = all.filter(({ id }) => !own.has(id));
  const pairs = others.flatMap((other) => {
    const of = shipped.find((one) => isAgain(other, one));
    return of === undefined ? [] : [[other.id, of.id] as const];
  });
  return new Map(pairs);
}

function isAgain(other: WireDeployment, of: WireDeployment): boolean {
  if (Date.parse(other.createdAt) < Date.parse(of.createdAt)) return false;
  const { mark } = messageMark(of.meta.commitMessage);
  if (mark !== messageMark(other.meta.commitMessage).mark) return false;
  const digest = digestOf(of.meta.imageDigest);
  return digest !== undefined && digest === digestOf(other.meta.imageDigest);
}
