import { expect, it } from 'vitest';
import { commit, Play, source } from './played.ts';

/** Words that only one platform has: of its client, its machines, its images, its numbers. */
const ofOnePlatform = /\b(?:fly\w*|machines?|images?|digest|tag|v\d+)\b/i;

/** Where core still speaks as if there were one platform. To be mended, and never to grow. */
const known: readonly string[] = [];

it.each([
  ['with artifacts', true],
  ['without artifacts', false],
])('tells nothing in the words of another platform, %s', async (_, namesArtifacts) => {
  const play = new Play({ makesCopies: true, namesArtifacts });
  for (const quality of ['good', 'does not build', 'bad at its own address', 'bad under traffic'] as const)
    await play.deploy({ ship: source(1, quality) });
  await play.deploy({ ship: source(2, 'bad under traffic'), onFailure: 'none' });
  await play.deploy({ find: { commit: commit(5) }, activation: 'with-obtain' });
  for (const to of ['last-verified', 'previous', 'dpl_99', 'f'.repeat(40), commit(1)])
    for (const dryRun of [true, false]) await play.rollback({ to, dryRun });
  const lines = play.told
    .join('\n')
    .split('\n')
    .filter((line) => ofOnePlatform.test(line));
  expect([...new Set(lines)]).toEqual(known);
});
