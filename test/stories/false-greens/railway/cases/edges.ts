import { demo } from '#local-cloud';
import { homeCheck, releaseCheck } from '../../checks.ts';
import { homePages } from '../../home-pages.ts';
import type { Case } from '../case.ts';
import { up } from '../commands.ts';

const client = [up];

/** What is between Railway and a user. */
export const edges: readonly Case[] = [
  {
    name: 'one of two regions lags',
    happens: 'In Europe the old version answers for some seconds after SUCCESS.',
    settings: { multiRegionConfig: { 'us-west2': { numReplicas: 1 }, 'europe-west4': { numReplicas: 1 } } },
    given: ({ railway }) => {
      railway.switches.lateRegion = { region: 'europe-west4', ms: 6_000 };
    },
    client,
    belay: { checks: homeCheck },
  },
  {
    name: 'a CDN goes on with the old pages',
    happens:
      'One in front of the service keeps every page for ten minutes, and is not purged: the new version runs, and nobody sees it. Belay can prove nothing through it, says so, and leaves v2 where it is.',
    given: async ({ stage }) => {
      const { host } = demo.railway;
      stage.cloud.caches.put({ host, seconds: 600, ignores: ['query', 'no-cache'] });
      await homePages(stage.cloud, host);
    },
    client,
    belay: { checks: releaseCheck },
  },
];
