import { commits } from '#local-cloud';
import { homeCheck } from '../../checks.ts';
import type { Case } from '../case.ts';
import { up } from '../commands.ts';
import { shipped } from '../shipped.ts';

/** Who comes when. */
export const order: readonly Case[] = [
  {
    name: 'an old workflow run is run again',
    happens: 'v3 serves. Somebody presses “Re-run all jobs” on the run of the commit before it.',
    given: async (ground) => {
      await shipped(ground, 'v3');
      ground.release({ version: 'v2', commit: commits.v2 });
    },
    client: [up],
    belay: { checks: homeCheck },
    wanted: 'v3',
    before: 'v3',
  },
];
