import { expect, it } from 'vitest';
import { chooseTarget } from '../../../packages/core/src/rollout/choose-target.ts';
import { aRelease } from '../../support/a-release.ts';

it('a release that has to be built again is taken with a warning of what that is', () => {
  const gone = aRelease({ id: 'v12', state: 'superseded', rebuild: 'allowed' });
  const choice = chooseTarget({
    wanted: { kind: 'version', label: 'v12' },
    live: { kind: 'one', release: aRelease({ id: 'v13' }) },
    records: [],
    recordsRead: true,
    releases: [aRelease({ id: 'v13' }), gone],
    allowUnverified: false,
    maxSteps: 5,
    maxAgeMs: 86_400_000,
    now: Date.parse('2026-11-21T00:00:00Z'),
  });
  expect(choice).toMatchObject({
    kind: 'target',
    release: gone,
    warnings: [
      'v12 is built again from its source, since its image is no longer kept: what comes of it is not the artifact that was proved.',
      'v12 was never verified.',
    ],
  });
});
