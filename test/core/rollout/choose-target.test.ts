import { describe, expect, it } from 'vitest';
import type { Release } from '../../../packages/core/src/platforms/platform.ts';
import type { ChosenTarget, TargetQuestion } from '../../../packages/core/src/rollout/choose-target.ts';
import { chooseTarget } from '../../../packages/core/src/rollout/choose-target.ts';
import { aRelease } from '../../support/a-release.ts';
import { anIntent, aRecord } from '../../support/ledger-builders.ts';
import {
  commit,
  day,
  deploy,
  failedLater,
  now,
  release,
  rollback,
  unlabelled,
} from '../../support/target-builders.ts';

const four = [release(14, { state: 'live' }), release(13), release(12), release(11)];
const base: TargetQuestion = {
  wanted: { kind: 'last-verified' },
  live: { kind: 'one', release: release(14) },
  records: [deploy(14, 'fail'), deploy(13, 'pass'), deploy(12, 'pass'), deploy(11, 'pass')],
  recordsRead: true,
  releases: four,
  allowUnverified: false,
  maxSteps: 5,
  maxAgeMs: 30 * day,
  now,
};
const previous = { ...base, wanted: { kind: 'previous' } } as const;

function withoutDigest({ artifact: _, ...rest }: Release): Release {
  return { ...rest, restorable: 'unknown' };
}

/** `v13`, `already v14` or `none, but v12`, and what was passed over. */
function told(choice: ChosenTarget): string {
  if (choice.kind === 'already-live') return `already ${choice.release.label}`;
  const passed = choice.candidates.flatMap(({ label, passedOver }) =>
    passedOver === undefined ? [] : [`; not ${label}: ${passedOver}`],
  );
  if (choice.kind === 'target') return `${choice.release.label}${passed.join('')}`;
  const other = choice.otherCandidate === undefined ? '' : `, but ${choice.otherCandidate.label}`;
  return `none${other}${passed.join('')}`;
}

function table(rows: readonly (readonly [string, Partial<TargetQuestion>, string])[], question = base): void {
  it.each(rows)('%s', (_, changes, expected) => {
    expect(told(chooseTarget({ ...question, ...changes }))).toBe(expected);
  });
}

describe('the last verified release', () => {
  table([
    ['is the newest one before what serves that passed', {}, 'v13'],
    [
      'is one that another run shipped in between, though its record was opened later',
      { records: [deploy(13, 'pass'), deploy(14, 'fail'), deploy(12, 'pass')] },
      'v13',
    ],
    [
      'is the one that took traffic last, though its record was opened first',
      { records: [deploy(14, 'fail'), deploy(12, 'pass'), deploy(13, 'pass')] },
      'v13',
    ],
    [
      'is one that a rollback brought back as itself, however old it is',
      {
        records: [
          deploy(14, 'fail'),
          aRecord(
            { id: '13b', kind: 'rollback', intent: anIntent({ restores: 'rel_11', replaces: 'rel_13' }) },
            { kind: 'verdict', verdict: 'pass' },
          ),
          deploy(12, 'pass'),
          deploy(11, 'pass'),
        ],
      },
      'v11',
    ],
    [
      'is none that came after what serves',
      {
        live: { kind: 'one', release: release(13) },
        records: [deploy(14, 'pass'), deploy(13, 'fail'), deploy(12, 'pass')],
      },
      'v12',
    ],
    [
      'is not one that ran without checks, failed, or could not be judged',
      {
        records: [deploy(14, 'fail'), deploy(13, 'settled'), deploy(12, 'fail'), deploy(11, 'inconclusive')],
      },
      'none, but v13; not v13: never verified: it ran without checks; not v12: it failed or was taken back; not v11: it could not be judged',
    ],
    [
      'may be one that was never verified, when that is allowed; never one that failed',
      { allowUnverified: true, records: [deploy(14, 'fail'), deploy(13, 'fail'), deploy(12, 'none')] },
      'v12; not v13: it failed or was taken back',
    ],
    [
      'is not one that was taken back later',
      { records: [rollback(15, 12, 13), deploy(14, 'fail'), deploy(13, 'pass'), deploy(12, 'pass')] },
      'v12; not v13: it failed or was taken back',
    ],
    [
      'is not the same commit again',
      { live: { kind: 'one', release: release(14, { commit: commit(13) }) } },
      'v12; not v13: the same commit as what serves',
    ],
    [
      'is not the same commit again, which only the ledger knows',
      {
        live: { kind: 'one', release: unlabelled(14) },
        releases: [unlabelled(14), unlabelled(13), unlabelled(12)],
        records: [deploy(14, 'fail', { commit: commit(13) }), deploy(13, 'pass'), deploy(12, 'pass')],
      },
      'v12; not v13: the same commit as what serves',
    ],
    [
      'is not the commit that a rollback brought back and that serves',
      {
        live: { kind: 'one', release: unlabelled(15) },
        releases: [unlabelled(15), unlabelled(14), unlabelled(13), unlabelled(12), unlabelled(11)],
        records: [
          failedLater(rollback(15, 12, 14)),
          deploy(14, 'fail'),
          deploy(13, 'pass', { commit: commit(12) }),
          deploy(12, 'pass'),
          deploy(11, 'pass'),
        ],
      },
      'v11; not v14: it failed or was taken back; not v13: the same commit as what serves; not v12: the same commit as what serves',
    ],
    [
      'is not the same image again',
      { releases: [release(14), release(13, { artifact: 'sha256:rel_14' }), release(12)] },
      'v12; not v13: the same build as what serves',
    ],
    [
      'must still be there',
      { releases: [release(14), release(13, { state: 'removed' }), release(11)] },
      'v11; not v13: the platform does not have it any more; not rel_12: the platform does not have it any more',
    ],
    [
      'must be one the platform can bring back',
      {
        releases: [
          release(14),
          release(13, { restorable: 'no', restorableWhy: 'its image was pruned' }),
          release(12, { restorable: 'no' }),
          release(11),
        ],
      },
      'v11; not v13: its image was pruned; not v12: the platform cannot bring it back',
    ],
    [
      'is not too old',
      { maxAgeMs: 5 * day },
      'none; not v13: older than 5 days; not v12: older than 5 days; not v11: older than 5 days',
    ],
    [
      'is not too many releases back',
      { maxSteps: 1, records: [deploy(14, 'fail'), deploy(13, 'fail'), deploy(12, 'pass')] },
      'none; not v13: it failed or was taken back; not v12: more than 1 release back',
    ],
    [
      'is not behind a barrier that serves',
      { records: [deploy(14, 'fail', { barrier: true }), deploy(13, 'pass')] },
      'none; not v13: behind a rollback barrier',
    ],
    [
      'is not behind a barrier that was passed over',
      { records: [deploy(14, 'fail'), deploy(13, 'fail', { barrier: true }), deploy(12, 'pass')] },
      'none; not v13: it failed or was taken back; not v12: behind a rollback barrier',
    ],
    [
      'may be the barrier itself',
      { records: [deploy(14, 'fail'), deploy(13, 'pass', { barrier: true }), deploy(12, 'pass')] },
      'v13',
    ],
    [
      'counts a release with several records once',
      {
        records: [deploy(14, 'fail'), deploy(13, 'fail'), deploy(13, 'none'), deploy(12, 'pass')],
        maxSteps: 2,
      },
      'v12; not v13: it failed or was taken back',
    ],
    ['is none on a first deploy', { records: [deploy(14, 'fail')], releases: [release(14)] }, 'none'],
    [
      'is none when the history is only the same release',
      { records: [deploy(14, 'fail'), deploy(14, 'pass')] },
      'none, but v13',
    ],
    [
      'is looked for among all records when what serves has none',
      { records: [deploy(13, 'pass'), deploy(12, 'pass')] },
      'v13',
    ],
    [
      'may have a share of a mix already',
      {
        live: {
          kind: 'mixed',
          shares: [
            { release: release(14), share: 0.5 },
            { release: release(13), share: 0.5 },
          ],
        },
      },
      'v13',
    ],
  ]);

  it('is not gone back from twice: what a rollback brought back stays', () => {
    const live = release(15, { artifact: 'sha256:rel_13' });
    const records = [rollback(15, 13, 14), ...base.records];
    expect(chooseTarget({ ...base, live: { kind: 'one', release: live }, records })).toEqual({
      kind: 'already-live',
      release: live,
      why: 'v15 was brought back at 2026-11-15T00:00:00.000Z; name an older release to go further.',
    });
  });

  it('is gone back from when what a rollback brought back failed later', () => {
    const records = [
      { ...rollback(15, 13, 14), facts: [...rollback(15, 13, 14).facts, failLater] },
      ...base.records,
    ];
    expect(
      told(
        chooseTarget({
          ...base,
          live: { kind: 'one', release: release(15, { artifact: 'sha256:rel_13' }) },
          records,
        }),
      ),
    ).toBe('v12; not v14: it failed or was taken back; not v13: the same build as what serves');
  });

  const failLater = { fact: { kind: 'verdict', verdict: 'fail' }, at: '2026-11-16T00:00:00Z' } as const;
});

describe('the previous release', () => {
  table(
    [
      ['is the one the platform served before, judged or not', { records: [] }, 'v13'],
      [
        'is one that served',
        {
          records: [],
          releases: [
            release(14),
            release(13, { state: 'failed' }),
            release(12, { state: 'ready' }),
            release(11),
          ],
        },
        'v11',
      ],
      [
        'is not one that failed its checks',
        { records: [deploy(14, 'fail'), deploy(13, 'fail')] },
        'v12; not v13: it failed or was taken back',
      ],
      [
        'does not stand in for a verified one, and names it',
        {
          maxSteps: 1,
          records: [deploy(14, 'none'), deploy(12, 'pass')],
          releases: [release(14), release(13, { artifact: 'sha256:rel_14' }), release(12)],
        },
        'none, but v12; not v13: the same build as what serves; not v12: more than 1 release back',
      ],
      [
        'is not behind a barrier',
        { records: [deploy(14, 'fail'), deploy(13, 'fail', { barrier: true })] },
        'none; not v13: it failed or was taken back; not v12: behind a rollback barrier',
      ],
    ],
    previous,
  );
});

describe('a release that is named', () => {
  const version = (label: string) => ({ wanted: { kind: 'version', label } }) as const;
  table([
    ['by its version is taken, judged or not', { ...version('v12'), records: [deploy(12, 'fail')] }, 'v12'],
    [
      'may be older and further back than a walk goes',
      { ...version('v11'), maxSteps: 1, maxAgeMs: day },
      'v11',
    ],
    ['by its digest', { wanted: { kind: 'image', image: 'sha256:rel_12' } }, 'v12'],
    [
      'by a reference with its digest',
      { wanted: { kind: 'image', image: 'ghcr.io/acme/shop@sha256:rel_12' } },
      'v12',
    ],
    ['by its commit', { wanted: { kind: 'sha', commit: commit(11) } }, 'v11'],
    ['by a short commit', { wanted: { kind: 'sha', commit: '1111111' } }, 'v11'],
    [
      'by a commit that only the ledger knows',
      {
        wanted: { kind: 'sha', commit: commit(12) },
        releases: [{ ...aRelease({ id: 'rel_12', label: 'v12' }) }],
      },
      'v12',
    ],
    ['is already live', version('v14'), 'already v14'],
    [
      'is already live under another number',
      {
        ...version('v12'),
        live: { kind: 'one', release: release(14, { restores: release(12).id }) },
        releases: [release(14), release(12)],
      },
      'already v14',
    ],
    [
      'is not known to be live under another number where nobody knows its digest: its tag may have moved before',
      {
        ...version('v12'),
        live: { kind: 'one', release: release(14, { restores: release(12).id }) },
        releases: [release(14), withoutDigest(release(12))],
      },
      'v12',
    ],
    [
      'is known to be live under another number where the platform is sure of it, and has no digests',
      {
        ...version('v12'),
        live: { kind: 'one', release: release(14, { restores: release(12).id }) },
        releases: [release(14), { ...withoutDigest(release(12)), restorable: 'yes' }],
      },
      'already v14',
    ],
    [
      'is another one though it has the image that serves: its configuration may differ',
      { ...version('v12'), releases: [release(14), release(12, { artifact: 'sha256:rel_14' })] },
      'v12',
    ],
    ['must exist', version('v99'), 'none'],
    [
      'must still be there',
      {
        ...version('v12'),
        releases: [release(14), release(12, { restorable: 'no', restorableWhy: 'its image was pruned' })],
      },
      'none; not v12: its image was pruned',
    ],
    [
      'must not be behind a barrier',
      { ...version('v12'), records: [deploy(13, 'pass', { barrier: true })] },
      'none; not v12: behind a rollback barrier',
    ],
    [
      'may be newer than a barrier that serves',
      {
        ...version('v14'),
        live: { kind: 'one', release: release(12) },
        records: [deploy(12, 'pass', { barrier: true })],
      },
      'v14',
    ],
  ]);

  it.each([
    ['was never verified', [], {}, ['v12 was never verified.']],
    ['failed before', [deploy(12, 'fail')], {}, ['v12 failed or was taken back before.']],
    [
      'never finished deploying',
      [deploy(12, 'pass')],
      { state: 'failed' },
      ['v12 never finished deploying.'],
    ],
    [
      'may be gone',
      [deploy(12, 'pass')],
      { restorable: 'unknown', restorableWhy: 'images are pruned after a while' },
      ['Whether v12 can be brought back is not known: images are pruned after a while.'],
    ],
    ['was verified', [deploy(12, 'pass')], {}, []],
  ] as const)('warns of one that %s', (_, records, fields, warnings) => {
    const releases = [release(14), release(12, fields)];
    expect(chooseTarget({ ...base, ...version('v12'), records, releases })).toMatchObject({
      kind: 'target',
      warnings,
    });
  });

  it('says what was not found', () => {
    expect(chooseTarget({ ...base, ...version('v99') })).toEqual({
      kind: 'no-target',
      why: 'No release matches v99.',
      candidates: [],
    });
  });
});
