import { homeCheck } from '../../checks.ts';
import type { Case } from '../case.ts';
import { detached } from '../commands.ts';
import type { Ground } from '../ground.ts';

const belay = { checks: homeCheck };

/** As long as Railway gives it: a few seconds on the local cloud. */
const impatient = { healthcheckTimeout: 3 };

function neverHealthy({ release }: Ground): void {
  release({ version: 'v2', settings: { SHOP_HEALTH: 'failing' } });
}

/** Where the client was told not to look, or never looks. */
export const unwatched: readonly Case[] = [
  {
    name: 'a detached upload of what cannot be built',
    happens: 'With `--detach` the client ends as soon as the archive is taken.',
    given: ({ railway }) => railway.next({ service: 'web' }, { kind: 'build-fails' }),
    client: [detached],
    belay,
  },
  {
    name: 'a detached upload of a version that is never healthy',
    happens: 'Its health check fails, and Railway leaves the old version where it is.',
    settings: impatient,
    given: neverHealthy,
    client: [detached],
    belay,
  },
  {
    name: 'an upload from where there is neither a terminal nor CI',
    happens:
      'In a container that is given no variable `CI`, or from cron, the client watches nothing: it prints an address, and ends.',
    by: 'docker run',
    settings: impatient,
    given: neverHealthy,
    client: ['env -u CI railway up --service web'],
    belay,
  },
];
