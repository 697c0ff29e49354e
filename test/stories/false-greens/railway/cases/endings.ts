import { setTimeout as delay } from 'node:timers/promises';
import type { DeploymentStatus } from '../../../../../packages/local-cloud/src/railway/index.ts';
import { somebodyUploads } from '../../../../support/railway-person.ts';
import { homeCheck } from '../../checks.ts';
import type { Case } from '../case.ts';
import { up } from '../commands.ts';
import type { Ground } from '../ground.ts';

const web = { service: 'web' };
const client = [up];
const belay = { checks: homeCheck };

/** The client waits for both of its streams, and takes their end for a good one. */
function streamsEndAt({ railway }: Ground, status: DeploymentStatus): void {
  Object.assign(railway.switches, { statusStreamEndsAt: status, logStream: 'ends-early' });
  // As long as the client needs to open its socket.
  railway.switches.pace = { ...railway.switches.pace, buildMs: 4_000 };
}

/** How a deployment ends, or does not, for which the client has no word. */
export const endings: readonly Case[] = [
  {
    name: 'the stream of its status ends, and the build fails',
    happens: 'Railway closes the stream while it builds. The client ends with 0, and says nothing.',
    given: (ground) => {
      streamsEndAt(ground, 'BUILDING');
      ground.railway.next(web, { kind: 'build-fails' });
    },
    client,
    belay,
  },
  {
    name: 'it is skipped',
    happens:
      'No changed file matches the watch paths: SKIPPED, and the stream is closed. The client ends with 0; where the stream stays open, it waits for ever.',
    given: (ground) => {
      streamsEndAt(ground, 'SKIPPED');
      ground.railway.next(web, { kind: 'skipped' });
    },
    client,
    belay,
  },
  {
    name: 'it waits for a person',
    happens: 'NEEDS_APPROVAL: somebody with more rights has to approve it.',
    given: (ground) => {
      streamsEndAt(ground, 'NEEDS_APPROVAL');
      ground.railway.next(web, { kind: 'needs-approval' });
    },
    client,
    belay,
  },
  {
    name: 'somebody else’s overtakes it',
    happens: 'A colleague uploads v9 while it builds: REMOVED. v9 is being built now, and v1 still serves.',
    given: (ground) => {
      const { railway } = ground;
      Object.assign(railway.switches, { statusStreamEndsAt: 'REMOVED', logStream: 'ends-early' });
      railway.next(web, { kind: 'build-takes', ms: 20_000 }, { kind: 'build-takes', ms: 90_000 });
      ground.once('BUILDING', async () => {
        await delay(4_000);
        await somebodyUploads(railway, 'v9');
      });
    },
    client,
    belay,
    atOnce: true,
  },
];
