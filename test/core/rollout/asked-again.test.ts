import { describe, expect, it } from 'vitest';
import type { Build } from '../../support/histories/build.ts';
import { type PlayedHistory, playHistory } from '../../support/histories/play-history.ts';
import type { RolloutScript } from '../../support/histories/script.ts';

const build = (commit: string, image: Build['image']): Build => ({
  commit,
  image,
  quality: 'good',
  hasWorker: true,
});
const builds = [build('c0', 'a'), build('c1', 'b'), build('c2', 'c')];

const calm: RolloutScript = {
  what: { does: 'rollback', to: 'last-verified' },
  hasChecks: true,
  ship: 'done',
  restore: 'done',
  isNamed: true,
  room: 'there',
  isBlind: false,
  stale: [],
  elsewhere: [],
  cancelledAt: undefined,
  killedAt: undefined,
};
const deploys = (at: number): RolloutScript => ({
  ...calm,
  what: { does: 'deploy', build: at, from: 'image' },
});

/** v3 serves over v2 and v1, all verified. A rollback that is disturbed is asked once more. */
function askedTwice(disturbed: Partial<RolloutScript>): Promise<PlayedHistory> {
  const rollouts = [
    deploys(1),
    deploys(2),
    { ...calm, ...disturbed },
    { ...calm, what: { does: 're-run' } as const },
  ];
  return playHistory({ builds, workers: 1, isFirstVerified: true, rollouts });
}

/** What was chosen, by the commit it was built from, at each choice of the two rollbacks. */
function chosen({ rollouts, world }: PlayedHistory): readonly string[] {
  return rollouts.flatMap((one) =>
    one.chosen.map(({ answer }) =>
      answer.kind === 'no-target' ? answer.why : world.get(Number(answer.release.id.slice(1))).build.commit,
    ),
  );
}

const calls = Array.from({ length: 14 }, (_, call) => call);

describe('a rollback that never came to its end, asked again, goes back to the same release', () => {
  it.each([
    ...calls.map((call) => [`cancelled at call ${call}`, { cancelledAt: call }] as const),
    ...calls.map((call) => [`killed at call ${call}`, { killedAt: call }] as const),
    ['refused before the first machine', { restore: 'fails-before' }],
    ['cut half way', { restore: 'hangs-halfway' }],
    ['unanswered', { restore: 'lost-after' }],
    ['blind', { isBlind: true }],
    ['without room for a machine', { room: 'none' }],
  ] as const)('%s', async (_, disturbed) => {
    const history = await askedTwice(disturbed);
    expect(new Set(chosen(history))).toEqual(new Set(['c1']));
    const { serving } = history.world;
    expect(serving.map((version) => history.world.get(version).build.commit)).toEqual(['c1']);
  });
});
