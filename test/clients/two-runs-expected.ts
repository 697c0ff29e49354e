import { expect, it } from 'vitest';
import type { Client } from './run-client.ts';
import { leased, playTwoRuns, replacing } from './two-runs.ts';

/** A machine that takes two seconds to give way. */
const slowToStop = {
  config: { env: { SHOP_IGNORE_SIGTERM: 'true' }, stop_config: { signal: 'SIGTERM', timeout: '2s' } },
} as const;

/** What becomes of two deploys of one app at one time. */
export function expectTwoRuns(client: Client): void {
  it.concurrent('the second waits for the leases of the first, and is what stays', async () => {
    expect(await playTwoRuns(client, leased)).toEqual({
      exits: [0, 0],
      fleet: [
        ['started', 'v3', '3'],
        ['started', 'v3', '3'],
      ],
      releases: [
        [1, 'complete'],
        [2, 'complete'],
        [3, 'complete'],
      ],
      refused: true,
    });
  });

  it.concurrent('a machine that the second finds being replaced ends stopped, and both exit 0', async () => {
    expect(await playTwoRuns(client, replacing, slowToStop)).toEqual({
      exits: [0, 0],
      fleet: [
        ['started', 'v3', '3'],
        ['stopped', 'v3', '3'],
      ],
      releases: [
        [1, 'complete'],
        [2, 'complete'],
        [3, 'complete'],
      ],
      refused: true,
    });
  });
}
