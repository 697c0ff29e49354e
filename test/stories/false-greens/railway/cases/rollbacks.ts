import { homeCheck } from '../../checks.ts';
import type { Case } from '../case.ts';
import type { Ground } from '../ground.ts';
import { shipped } from '../shipped.ts';

const back = {
  given: async (ground: Ground) => {
    await shipped(ground, 'v2');
    await shipped(ground, 'v3');
  },
  belay: ({ belay }: Ground) => belay('rollback', { checks: homeCheck }),
  wanted: 'v2',
  before: 'v3',
} as const;

/** There is no `railway rollback` (exit 2): a person looks for what might be it. */
export const rollbacks: readonly Case[] = [
  {
    name: 'a redeploy that is taken for a rollback',
    happens:
      'The client has no command `rollback`. `redeploy` builds the newest deployment once more: v3, which was to go.',
    client: ['railway redeploy --service web --yes'],
    ...back,
  },
  {
    name: '`railway down` that is taken for a rollback',
    happens: 'It removes the newest deployment. What served before it does not come back.',
    client: ['railway down --service web --yes'],
    ...back,
  },
];
