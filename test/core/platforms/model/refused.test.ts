import { expect, it } from 'vitest';
import { Play, source } from './played.ts';

/** A pull request from a fork. */
const fork = {
  eventName: 'pull_request',
  event: {
    pull_request: {
      number: 7,
      head: { sha: 'f'.repeat(40), repo: { full_name: 'stranger/shop', fork: true } },
      base: { repo: { full_name: 'acme/shop' } },
      user: { login: 'stranger' },
    },
    repository: { full_name: 'acme/shop' },
  },
};

it.each(['deploy', 'rollback'] as const)('refuses a stranger’s %s, and says what serves', async (kind) => {
  const play = new Play();
  await play.deploy({ ship: source(0) });
  const run = await play.stage.run({ event: fork });
  const played = kind === 'deploy' ? play.deploy({ ship: source(1) }, run) : play.rollback({}, run);
  expect(await played).toEqual({
    ...{
      says: `blocked/fork, serving ${kind === 'deploy' ? 'old' : 'new'}`,
      release: undefined,
      previous: undefined,
    },
    claims: 'unknown',
    serves: 'dpl_1',
    before: 'dpl_1',
    changes: [],
  });
  expect(play.told.at(-3)).toContain('model:acme/shop still serves dpl_1 (blocked/fork)');
});
