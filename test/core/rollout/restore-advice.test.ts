import { expect, it } from 'vitest';
import type { Live } from '../../../packages/core/src/platforms/platform.ts';
import type { RolloutPorts } from '../../../packages/core/src/rollout/ports.ts';
import { RestoreChoosing } from '../../../packages/core/src/rollout/restore-choosing.ts';
import { aRelease } from '../../support/a-release.ts';
import { manualClock } from '../../support/manual-clock.ts';

const one = (fields: Parameters<typeof aRelease>[0]): Live => ({ kind: 'one', release: aRelease(fields) });
const nothing: Live = { kind: 'nothing' };
const none = async () => ({ kind: 'none', why: 'No older release can be taken.' }) as const;
const down = () => Promise.reject(new Error('GET https://api.fly.io/graphql → 503'));

/** What a restore that has nowhere to go is told; nothing is trusted of what served `before`. */
async function refused(before: Live, lastVerified: RolloutPorts['lastVerified']) {
  const ports = { gates: [], lastVerified, clock: manualClock(), target: { id: 'fly:shop' }, platform: {} };
  const choosing = new RestoreChoosing(ports as unknown as RolloutPorts, undefined);
  const work = { do: 'choose-restore', want: 'last-verified', live: one({ id: 'v2' }), before } as const;
  return choosing.choose(work, { budgetMs: 10_000, signal: new AbortController().signal });
}

it.each([
  [
    'by name to what served before, which nobody trusts',
    one({ id: 'v1' }),
    none,
    'Run the rollback action with `to: v1` and a `reason` if v1 is better than what serves, or deploy a working version.',
  ],
  ['nowhere where nothing served', nothing, none, undefined],
  ['nowhere where it cannot come back', one({ id: 'v1', restorable: 'no' }), none, undefined],
  [
    'to a rebuild where nothing but its source is left',
    one({ id: 'v1', restorable: 'no', rebuild: 'not-allowed' }),
    none,
    'Run the rollback action with `to: v1`, a `reason` and `allow-rebuild: true`, which builds it again from its source, or deploy a working version.',
  ],
  [
    'to nothing that is not known: to ask again',
    one({ id: 'v1' }),
    down,
    'Run the rollback action once the platform and GitHub answer again: what could be gone back to is not known.',
  ],
])('a restore without a target is sent %s', async (_, before, lastVerified, next) => {
  expect(await refused(before, lastVerified)).toEqual({
    kind: 'restore-refused',
    reason: 'no-target',
    note: lastVerified === none ? 'No older release can be taken.' : 'GET https://api.fly.io/graphql → 503',
    ...(next === undefined ? {} : { next }),
  });
});
