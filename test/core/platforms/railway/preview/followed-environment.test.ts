import { describe, expect, it } from 'vitest';
import type { RailwayApi } from '../../../../../packages/core/src/platforms/railway/api/api.ts';
import { FollowedEnvironment } from '../../../../../packages/core/src/platforms/railway/preview/followed-environment.ts';
import { VirtualClock } from '../../../../support/virtual-clock.ts';

const pull = { repository: 'acme/shop', number: 7 };

/** At which second after the first look something is there. */
interface Given {
  readonly appears?: number;
  readonly filled?: number;
  readonly leftS?: number;
}

/** What came of waiting, and at which second. */
async function waited({ appears = Infinity, filled = Infinity, leftS = 600 }: Given) {
  const clock = new VirtualClock();
  const since = () => clock.monotonic() / 1_000;
  const named = { id: 'pr', name: 'shop-pr-7', isEphemeral: true };
  const api = {
    project: async () => ({ id: 'p1', environments: since() < appears ? [] : [named] }),
    environment: async () => ({
      ...named,
      meta: { prNumber: 7, prRepo: 'acme/shop' },
      serviceInstances: since() < filled ? [] : [{ serviceId: 's1', serviceName: 'web' }],
    }),
    pullRequestSettings: async () => ({ prDeploys: true }),
  };
  const followed = new FollowedEnvironment({
    api: api as unknown as RailwayApi,
    clock,
    signal: new AbortController().signal,
    project: { id: 'p1', name: 'site' } as never,
    service: { id: 's1', name: 'web' },
  });
  const came = await followed.wait(pull, { leftMs: leftS * 1_000, isBots: false }).then(
    ({ name }) => name,
    ({ code }) => code,
  );
  return { came, s: since() };
}

/** Between two looks, seconds. */
const pauseS = 3;

describe('the environment that Railway makes for a pull request', () => {
  it.each<readonly [string, Given, string, number]>([
    ['is taken at once where it is whole', { appears: 0, filled: 0 }, 'shop-pr-7', 0],
    ['is waited for for three minutes', { appears: 170, filled: 170 }, 'shop-pr-7', 170],
    ['is not waited for any longer', {}, 'environment-not-made', 180],
    ['has half a minute to get its services', { appears: 60, filled: 85 }, 'shop-pr-7', 85],
    ['lacks its service where it gets none in that', { appears: 60, filled: 120 }, 'service-left-out', 90],
    ['has that half a minute however late it came', { appears: 170, filled: 195 }, 'shop-pr-7', 195],
    ['is not waited for beyond the time of the step', { leftS: 40 }, 'environment-not-made', 40],
    [
      'is not waited for beyond that to get its services',
      { appears: 30, filled: 50, leftS: 40 },
      'service-left-out',
      40,
    ],
  ])('%s', async (_, given, expected, s) => {
    const end = await waited(given);
    expect(end.came).toBe(expected);
    expect(Math.abs(end.s - s)).toBeLessThanOrEqual(2 * pauseS);
  });
});
