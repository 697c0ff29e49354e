import { describe, expect, it } from 'vitest';
import { afterIt, newestOf } from '../../../../../packages/core/src/platforms/railway/find/newest-of.ts';
import { aDeployment, minute } from '../../../../support/railway-deployments.ts';

const commit = 'a'.repeat(40);
const of = (id: string, at: number, { status = 'SUCCESS', commitHash = commit as string | undefined } = {}) =>
  aDeployment(id, { status, createdAt: minute(at), meta: { commitHash } });
const upload = aDeployment('upload', {
  status: 'BUILDING',
  createdAt: minute(9),
  message: `x (belay ${commit} 7-1)`,
});

describe('the deployment of a commit', () => {
  it.each([
    ['is the newest', [of('d1', 1), of('d2', 2)], 'd2'],
    [
      'is told by the whole commit, whatever its letters',
      [of('d1', 1, { commitHash: commit.toUpperCase() })],
      'd1',
    ],
    ['is none of another commit', [of('d1', 1, { commitHash: 'b'.repeat(40) })], undefined],
    ['is no upload of it', [upload], undefined],
  ])('%s', (_, all, id) => {
    expect(newestOf(all, commit)?.id).toBe(id);
  });
});

describe('what has come after it', () => {
  const followed = of('d2', 2, { status: 'REMOVED' });
  const another = of('d3', 3, { commitHash: 'b'.repeat(40), status: 'BUILDING' });
  it.each([
    ['nothing', [of('d1', 1)], true, 'nothing'],
    ['the same commit once more', [of('d3', 3, { status: 'BUILDING' })], true, 'same d3'],
    ['the same commit, though something else is newer', [of('d3', 3), upload], true, 'same d3'],
    ['nothing of a same one that failed', [of('d3', 3, { status: 'FAILED' })], true, 'nothing'],
    ['something else, which has taken it over', [another], true, 'another d3'],
    ['nothing yet, where it is there itself', [another], false, 'nothing'],
  ])('is %s', (_, newer, isRemoved, expected) => {
    const after = afterIt([...newer, followed], followed, { commit, isRemoved });
    expect(after.kind === 'nothing' ? after.kind : `${after.kind} ${after.deployment.id}`).toBe(expected);
  });
});
