import { describe, expect, it } from 'vitest';
import { claimsOf } from '../../../packages/core/src/ledger/claims.ts';
import type { Fact, LedgerRecord, SignatureProblem } from '../../../packages/core/src/ledger/record.ts';
import type { Live } from '../../../packages/core/src/platforms/platform.ts';
import type { ChosenTarget } from '../../../packages/core/src/rollout/choose-target.ts';
import { withClaims } from '../../../packages/core/src/rollout/claimed.ts';
import { aRelease } from '../../support/a-release.ts';
import { anIntent, aRecord } from '../../support/ledger-builders.ts';

const created = '2026-11-21T08:00:00Z';
const shipped = (release: string): Fact => ({ kind: 'shipped', release, label: release, artifact: null });
const passed: Fact = { kind: 'verdict', verdict: 'pass' };

function claimed(
  doubt: SignatureProblem,
  facts: readonly Fact[],
  record: Partial<LedgerRecord> = {},
): LedgerRecord {
  const unproven = facts.map((fact) => ({ fact, at: created, doubt }));
  return { ...aRecord({ id: '7', created }), unproven, ...record };
}

describe('what is claimed of releases', () => {
  it.each<[string, LedgerRecord, readonly string[]]>([
    ['nothing, where all is proven', aRecord({ created }, shipped('v1'), passed), []],
    [
      'a verdict on what a proven fact names',
      { ...claimed('unsigned', [passed]), facts: aRecord({ created }, shipped('v1')).facts },
      ['v1 pass: its verdict `pass` is not signed with `ledger-key`'],
    ],
    [
      'a verdict on what is only named itself',
      claimed('wrong', [shipped('v1'), passed]),
      ['v1 pass: its verdict `pass` is signed with another key, or for another record'],
    ],
    [
      'a release without a verdict',
      claimed('unsigned', [shipped('v1')]),
      ['v1 none: its record 7 is not signed with `ledger-key`'],
    ],
    [
      'what a copied rollback brought back',
      { ...claimed('copied', []), kind: 'rollback', doubt: 'copied', intent: anIntent({ restores: 'v1' }) },
      ['v1 none: its record 7 stands in a copy of another record'],
    ],
  ])('is %s', (_, record, told) => {
    expect(claimsOf([record]).map(({ release, verdict, why }) => `${release} ${verdict}: ${why}`)).toEqual(
      told,
    );
  });
});

describe('a choice', () => {
  const [v3, v2, v1] = ['v3', 'v2', 'v1'].map((id) => aRelease({ id })) as [never, never, never];
  const releases = [v3, v2, v1];
  const live: Live = { kind: 'one', release: v3 };
  const claim = (release: string, verdict: 'pass' | 'fail' = 'pass') => ({
    release,
    verdict,
    created,
    why: `its verdict \`${verdict}\` is not signed`,
  });
  const taken: ChosenTarget = {
    kind: 'target',
    release: v1,
    why: 'the newest verified release',
    warnings: [],
    candidates: [
      { id: 'v2', label: 'v2', created, verdict: 'none', release: v2, passedOver: 'never verified' },
      { id: 'v1', label: 'v1', created, verdict: 'pass', release: v1 },
    ],
  };
  const shown = (claims: Parameters<typeof withClaims>[1]['claims'], isWalk = true) => {
    const chosen = withClaims(taken, { claims, releases, live, isWalk });
    return chosen.kind === 'target'
      ? [chosen.candidates.map(({ id, passedOver }) => [id, passedOver]), chosen.warnings]
      : chosen.kind;
  };
  const untouched = [
    ['v2', 'never verified'],
    ['v1', undefined],
  ];

  it.each([
    ['nothing is claimed', [], [untouched, []]],
    [
      'it passed over what is claimed to be good',
      [claim('v2')],
      [
        [
          ['v2', 'never verified; its verdict `pass` is not signed'],
          ['v1', undefined],
        ],
        [],
      ],
    ],
    [
      'something is claimed of what it did not look at',
      [claim('v9')],
      [[['v9', 'its verdict `pass` is not signed'], ...untouched], []],
    ],
    ['something good is claimed of what serves', [claim('v3')], [untouched, []]],
    ['something good is claimed of what it takes', [claim('v1')], [untouched, []]],
    ['something bad is claimed of what it passed over', [claim('v2', 'fail')], [untouched, []]],
    [
      'something bad is claimed of what it takes',
      [claim('v1', 'fail')],
      [untouched, ['v1: its verdict `fail` is not signed, and takes nothing away.']],
    ],
    [
      'very much is claimed',
      Array.from({ length: 99 }, (_, at) => claim(`x${at}`)),
      [[...[0, 1, 2, 3, 4].map((at) => [`x${at}`, 'its verdict `pass` is not signed']), ...untouched], []],
    ],
  ])('shows it where %s, and stays as it is', (_, claims, expected) => {
    expect(shown(claims)).toEqual(expected);
  });

  it('of a release that was asked for by name adds none that was not', () => {
    expect(shown([claim('v9')], false)).toEqual([untouched, []]);
  });

  it('that found nothing names what it did not take', () => {
    const none: ChosenTarget = { kind: 'no-target', why: 'There is no older release.', candidates: [] };
    const why = 'its verdict `pass` is not signed';
    expect(withClaims(none, { claims: [claim('v2')], releases, live, isWalk: true })).toEqual({
      ...none,
      candidates: [
        {
          id: 'v2',
          label: 'v2',
          created: aRelease({ id: 'v2' }).created,
          verdict: 'none',
          release: v2,
          passedOver: why,
          claim: why,
        },
      ],
    });
  });
});
