import { expect, it } from 'vitest';
import type { Release } from '../../../packages/core/src/platforms/platform.ts';
import { chooseTarget, type TargetQuestion } from '../../../packages/core/src/rollout/choose-target.ts';
import { aRelease } from '../../support/a-release.ts';

const made = (n: number): Release =>
  aRelease({ id: `v${n}`, label: `v${n}`, state: 'superseded', created: `2026-11-${10 + n}T00:00:00Z` });

/** A fleet whose machines run several releases, without a ledger. */
function asked(serving: readonly string[], wanted: TargetQuestion['wanted']): string {
  const shares = serving.map((id) => ({
    release: { ...made(1), id, label: id },
    share: 1 / serving.length,
  }));
  const choice = chooseTarget({
    wanted,
    live: { kind: 'mixed', shares },
    records: [],
    recordsRead: true,
    releases: [made(4), made(3), made(2), made(1)],
    allowUnverified: false,
    maxSteps: 5,
    maxAgeMs: 30 * 86_400_000,
    now: Date.parse('2026-11-21T00:00:00Z'),
  });
  const replaces = choice.kind === 'target' ? (choice.replaces?.label ?? 'nothing') : '';
  return choice.kind === 'target' ? `${choice.release.label} for ${replaces}` : choice.kind;
}

const previous = { kind: 'previous' } as const;

it.each<[string, readonly string[], TargetQuestion['wanted'], string]>([
  ['the newest of two is taken back', ['v3', 'v4'], previous, 'v3 for v4'],
  ['the newest of three is taken back, wherever it stands', ['v2', 'v4', 'v3'], previous, 'v3 for v4'],
  ['the newest need not have been the last that was made', ['v3', 'v1'], previous, 'v2 for v3'],
  [
    'a release with a share is not there yet when it is asked for',
    ['v3', 'v4'],
    { kind: 'version', label: 'v4' },
    'v4 for v4',
  ],
  [
    'what was changed by hand goes before any release does',
    ['v4', 'v4+0011aabb'],
    previous,
    'v4 for nothing',
  ],
])('in a mix %s', (_, serving, wanted, choice) => {
  expect(asked(serving, wanted)).toBe(choice);
});
