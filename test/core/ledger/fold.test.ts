import { describe, expect, it } from 'vitest';
import { fingerprintOf } from '../../../packages/core/src/ledger/fingerprint.ts';
import { foldRecord, readOpening } from '../../../packages/core/src/ledger/fold.ts';
import { readIntent, sameIntent } from '../../../packages/core/src/ledger/intent.ts';
import { anIntent } from '../../support/ledger-builders.ts';

const intent = anIntent();
const row = { id: '9', task: 'belay:deploy', created: '2026-11-21T08:00:00Z', payload: intent };

describe('a payload', () => {
  it.each([
    ['an object', intent],
    ['JSON text', JSON.stringify(intent)],
    ['JSON text encoded twice', JSON.stringify(JSON.stringify(intent))],
    ['an object with fields of a later version', { ...intent, added: true }],
  ])('is read from %s', (_, payload) => {
    expect(readIntent(payload)).toEqual(intent);
  });

  it('says of a rollback that it builds again; anything but `true` there says nothing', () => {
    const read = [true, false, 'yes'].map((rebuild) => readIntent({ ...intent, rebuild }));
    expect(read).toEqual([{ ...intent, rebuild: true }, intent, intent]);
  });

  it.each([
    ['nothing', null],
    ['empty text', ''],
    ['text', 'deploy!'],
    ['a number', 7],
    ['a list', [intent]],
    ['another schema', { ...intent, schema: 2 }],
    ['a platform that no registry could name', { ...intent, platform: 'Heroku!' }],
    ['a missing field', { ...intent, service: undefined }],
    ['a wrong type', { ...intent, attempt: '1' }],
    ['text encoded three times', JSON.stringify(JSON.stringify(JSON.stringify(intent)))],
    ['half of the text', JSON.stringify(intent).slice(0, 40)],
  ])('is not ours when it is %s', (_, payload) => {
    expect(readIntent(payload)).toBeUndefined();
  });

  it.each([
    ['a short one', 'abcdef1'],
    ['a branch', 'main'],
    ['a path', `${'a'.repeat(40)}/../../../eve/shop`],
    ['one in capitals', 'A'.repeat(40)],
  ])('knows no commit where it names %s', (_, commit) => {
    expect(readIntent({ ...intent, commit })).toEqual({ ...intent, commit: null });
  });

  it('is read with its fingerprint', () => {
    const fingerprint = fingerprintOf({ image: 'a' }, 'key');
    expect(readIntent(JSON.stringify({ ...intent, fingerprint }))).toEqual({ ...intent, fingerprint });
  });

  it.each([
    ['text', 'Xk3'],
    ['forged', { key: 'a', parts: {} }],
    [
      'huge',
      { key: 'a'.repeat(10), parts: Object.fromEntries([...Array(9_999).keys()].map((at) => [at, at])) },
    ],
  ])('is ours, and says nothing of the release, when its fingerprint is %s', (_what, fingerprint) => {
    expect(readIntent({ ...intent, fingerprint })).toEqual(intent);
  });

  it('is the same as another only in every field', () => {
    expect(sameIntent(intent, anIntent())).toBe(true);
    expect(sameIntent(intent, anIntent({ attempt: 2 }))).toBe(false);
    const printed = (image: string) => anIntent({ fingerprint: fingerprintOf({ image }, 'key') });
    expect(sameIntent(printed('a'), printed('a'))).toBe(true);
    expect(sameIntent(printed('a'), printed('b'))).toBe(false);
    expect(sameIntent(printed('a'), intent)).toBe(false);
  });
});

describe('the opening of a record', () => {
  it.each([
    ['belay:deploy', 'deploy'],
    ['belay:rollback', 'rollback'],
  ])('of task %s is a %s', (task, kind) => {
    const opening = { id: '9', kind, created: '2026-11-21T08:00:00Z', intent };
    expect(readOpening({ ...row, task })).toEqual(opening);
  });

  it.each([
    ['a foreign task', { ...row, task: 'deploy' }],
    ['a payload that is not ours', { ...row, payload: {} }],
  ])('is not seen in %s', (_, foreign) => {
    expect(readOpening(foreign)).toBeUndefined();
  });
});

describe('the facts of a record', () => {
  const opening = { id: '9', kind: 'deploy' as const, created: row.created, intent };
  const status = (description: string | null, second: number, state = 'in_progress') => ({
    description,
    state,
    created: `2026-11-21T08:00:0${second}Z`,
  });

  it('stand oldest first, whatever strangers wrote between them or set inactive after them', () => {
    const statuses = [
      status('', 5),
      status('belay/1 verdict pass', 4),
      status('Approved by Ada', 3),
      status(null, 3),
      status('belay/1 shipped rel_2 v2 -', 1),
    ];
    expect(foldRecord(opening, statuses)).toEqual({
      ...opening,
      facts: [
        {
          fact: { kind: 'shipped', release: 'rel_2', label: 'v2', artifact: null },
          at: '2026-11-21T08:00:01Z',
        },
        { fact: { kind: 'verdict', verdict: 'pass' }, at: '2026-11-21T08:00:04Z' },
      ],
    });
  });

  it.each([
    ['is', 'was called a success last', ['inactive', 'success'], { isActive: true }],
    ['is no more', 'was set inactive', ['success', 'inactive'], { isRetired: true }],
    ['is no more', 'failed later', ['success', 'failure'], {}],
    ['is not', 'has no status', [], {}],
  ] as const)('are of a record that %s active where it %s', (_, __, states, marks) => {
    const statuses = states.map((state, second) => status('', second, state)).toReversed();
    expect(foldRecord(opening, statuses)).toEqual({ ...opening, facts: [], ...marks });
  });

  it('of one second stand in the order they were listed', () => {
    const { facts } = foldRecord(opening, [
      status('belay/1 verdict fail', 1),
      status('belay/1 verdict pass', 1),
    ]);
    expect(facts.map(({ fact }) => fact)).toEqual([
      { kind: 'verdict', verdict: 'pass' },
      { kind: 'verdict', verdict: 'fail' },
    ]);
  });
});
