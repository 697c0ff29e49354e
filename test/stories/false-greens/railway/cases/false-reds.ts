import { homeCheck } from '../../checks.ts';
import type { Case } from '../case.ts';
import { up } from '../commands.ts';

const client = [up];
const belay = { checks: homeCheck };

/** Red, and the new version serves everybody. */
export const falseReds: readonly Case[] = [
  {
    name: 'the answer to the upload is lost',
    happens:
      'Railway has the archive, and makes the deployment; the connection breaks before the client hears of it.',
    given: ({ stage }) => {
      stage.cloud.faults.add({ service: 'railway', route: 'upload', kind: 'reset-after' });
    },
    client,
    belay,
  },
  {
    name: 'half of the answer to the upload comes',
    happens: 'As above; the connection breaks while the answer is under way.',
    given: ({ stage }) => {
      stage.cloud.faults.add({ service: 'railway', route: 'upload', kind: 'truncate' });
    },
    client,
    belay,
  },
  {
    name: 'a socket that is cut again and again',
    happens:
      'A proxy cuts every socket after two messages. The client opens another each time, and waits for ever; `timeout` ends it, as `timeout-minutes` would.',
    given: ({ railway }) => {
      railway.switches.socketFrames = 2;
      railway.switches.pace = { ...railway.switches.pace, buildMs: 6_000 };
    },
    client: [`timeout 20 ${up}`],
    belay,
  },
];
