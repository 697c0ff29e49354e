import { describe, expect, it } from 'vitest';
import type { Contents } from '../../../packages/core/src/ledger/fingerprint.ts';
import { fingerprintOf } from '../../../packages/core/src/ledger/fingerprint.ts';
import { chooseTarget } from '../../../packages/core/src/rollout/choose-target.ts';
import { aRelease } from '../../support/a-release.ts';
import { anIntent, aRecord } from '../../support/ledger-builders.ts';

const now = Date.UTC(2026, 10, 21);
const commit = 'c'.repeat(40);

/** v2 was verified; v3, of the same commit, failed and serves. What each was made of, and with which key it was marked. */
function chosen(
  [v2, v3]: readonly [Contents, Contents],
  { artifact = 'sha256:v3', key = 'key' }: { artifact?: string; key?: string } = {},
): string {
  const made = (id: string, contents: Contents, verdict: 'pass' | 'fail', by: string) =>
    aRecord(
      { id, intent: anIntent({ commit, fingerprint: fingerprintOf(contents, by) }) },
      { kind: 'shipped', release: id, label: id, artifact: null },
      { kind: 'verdict', verdict },
    );
  const created = '2026-11-20T10:00:00Z';
  const [live, older] = [
    aRelease({ id: 'v3', artifact: 'sha256:v3', created }),
    aRelease({ id: 'v2', artifact, created, state: 'superseded' }),
  ];
  const choice = chooseTarget({
    wanted: { kind: 'last-verified' },
    live: { kind: 'one', release: live },
    records: [made('v3', v3, 'fail', key), made('v2', v2, 'pass', 'key')],
    recordsRead: true,
    releases: [live, older],
    allowUnverified: false,
    maxSteps: 5,
    maxAgeMs: 30 * 86_400_000,
    now,
  });
  if (choice.kind === 'target') return choice.release.label;
  return choice.kind === 'no-target' ? `none: ${choice.candidates[0]?.passedOver}` : 'already there';
}

const plain = { image: 'a', 'env.DEBUG': '0' };

describe('the verified release before what serves is', () => {
  it.each([
    [
      'taken though it has the same image, where its environment was another',
      [plain, { ...plain, 'env.DEBUG': '1' }],
      {},
      'v2',
    ],
    [
      'the same build where nothing else was another',
      [plain, plain],
      {},
      'none: the same build as what serves',
    ],
    [
      'the same commit where only the image was built anew',
      [plain, { ...plain, image: 'b' }],
      { artifact: 'sha256:v2' },
      'none: the same commit as what serves',
    ],
    [
      'taken though it is of the same commit, where its configuration was another',
      [plain, { ...plain, 'config.http_service': {} }],
      { artifact: 'sha256:v2' },
      'v2',
    ],
    [
      'the same build where the marks cannot be compared',
      [plain, { ...plain, 'env.DEBUG': '1' }],
      { key: 'another' },
      'none: the same build as what serves',
    ],
  ] as const)('%s', (_, contents, how, expected) => {
    expect(chosen(contents, how)).toBe(expected);
  });
});
