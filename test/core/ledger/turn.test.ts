import { describe, expect, it } from 'vitest';
import type { Fact, Intent, LedgerRecord } from '../../../packages/core/src/ledger/record.ts';
import { isUnderWay, rollbackUnderWay, turnOf } from '../../../packages/core/src/ledger/turn.ts';
import { anIntent } from '../../support/ledger-builders.ts';

const minute = 60_000;
/** Minutes after eight. */
const at = (minutes: number) => Date.UTC(2026, 10, 21, 8) + minutes * minute;
const written = (minutes: number) => new Date(at(minutes)).toISOString();

/** A fact, and the minute in which it was written. */
type Told = readonly [Fact, number];

interface Ticket extends Partial<Intent> {
  readonly kind?: 'deploy' | 'rollback';
  /** The minute in which it was opened. */
  readonly from: number;
}

/** A record that takes ten minutes at most, where nothing else is said. */
function ticket(id: number, { kind = 'deploy', from, ...intent }: Ticket, ...facts: Told[]): LedgerRecord {
  return {
    id: String(id),
    kind,
    created: written(from),
    intent: anIntent({ budgetMs: 10 * minute, run: `run of ${id}`, ...intent }),
    facts: facts.map(([fact, minutes]) => ({ fact, at: written(minutes) })),
  };
}

const { budgetMs: _, ...noBudget } = anIntent();
const unbounded = (id: number, from: number): LedgerRecord => ({
  ...ticket(id, { from }),
  intent: { ...noBudget, run: `run of ${id}` },
});

const verdict = (value: 'pass' | 'fail'): Fact => ({ kind: 'verdict', verdict: value });
const passed = (minutes: number): Told => [verdict('pass'), minutes];
const failed = (minutes: number): Told => [verdict('fail'), minutes];
const restoring = (minutes: number): Told => [{ kind: 'restoring', release: 'v1' }, minutes];
const restored = (minutes: number): Told => [{ kind: 'restored', release: 'v4' }, minutes];
const staged = (minutes: number): Told => [{ kind: 'staged', release: 'v3' }, minutes];
const abandoned = (minutes: number): Told => [{ kind: 'abandoned', by: 'v3' }, minutes];
const shipped = (minutes: number): Told => [
  { kind: 'shipped', release: 'v3', label: 'v3', artifact: null },
  minutes,
];
const turn = (minutes: number): Told => [{ kind: 'turn', previous: 'v2', barrier: false }, minutes];

const own = ticket(5, { from: 4 });
/** The asker's own, always the fifth; asked in the fifth minute. */
const asked = (records: readonly LedgerRecord[], over: readonly number[] = [], now = 5) => ({
  records,
  own: '5',
  now: at(now),
  over: new Set(over.map(String)),
});

/** `held by 3 until 10`, in minutes after eight. */
function answer(question: Parameters<typeof turnOf>[0]): string {
  const told = turnOf(question);
  if (told.kind === 'own') return 'own';
  if (told.kind === 'overtaken') return `overtaken by ${told.by.id}`;
  return `held by ${told.by.id} until ${(told.untilMs - at(0)) / minute}`;
}

const cases: readonly (readonly [string, Parameters<typeof turnOf>[0], string])[] = [
  ['nobody else is there', asked([own]), 'own'],
  ['an older one is open', asked([own, ticket(3, { from: 0 })]), 'held by 3 until 10'],
  [
    'two older ones are open: the oldest goes first',
    asked([own, ticket(4, { from: 1 }), ticket(3, { from: 0 })]),
    'held by 3 until 10',
  ],
  ['a newer one is open: the higher id gives way', asked([own, ticket(6, { from: 4 })]), 'own'],
  [
    'an older one has a longer number of fewer digits: ids are numbers',
    { ...asked([ticket(9, { from: 0 }), ticket(10, { from: 4 })]), own: '10' },
    'held by 9 until 10',
  ],
  ['the older one has passed', asked([own, ticket(3, { from: 0 }, shipped(1), passed(2))]), 'own'],
  ['the older one has failed', asked([own, ticket(3, { from: 0 }, shipped(1), failed(2))]), 'own'],
  [
    'the older one has failed a moment ago: that it takes its change back may not be to be seen yet',
    { ...asked([own, ticket(3, { from: 0 }, shipped(1), failed(5))]), now: at(5) + 4_999 },
    'held by 3 until 10',
  ],
  [
    'and a moment later it is',
    { ...asked([own, ticket(3, { from: 0 }, shipped(1), failed(5))]), now: at(5) + 5_000 },
    'own',
  ],
  [
    'the older one has passed a moment ago',
    { ...asked([own, ticket(3, { from: 0 }, shipped(1), passed(5))]), now: at(5) },
    'own',
  ],
  ['the older one has only shipped', asked([own, ticket(3, { from: 0 }, shipped(1))]), 'held by 3 until 10'],
  ['the older one has given up', asked([own, ticket(3, { from: 0 }, abandoned(1))]), 'own'],
  ['the older one has stopped before traffic', asked([own, ticket(3, { from: 0 }, staged(1))]), 'own'],
  ['the budget of the older one is over', asked([own, ticket(3, { from: 0 })], [], 10), 'own'],
  [
    'the last moment of its budget',
    { ...asked([own, ticket(3, { from: 0 })]), now: at(10) - 1 },
    'held by 3 until 10',
  ],
  ['the run of the older one is over', asked([own, ticket(3, { from: 0 })], [3]), 'own'],
  [
    'the run of the oldest is over and the next one is alive',
    asked([own, ticket(3, { from: 0 }), ticket(4, { from: 1 })], [3]),
    'held by 4 until 20',
  ],
  [
    'the one before the older one has used its budget up: the next has all of its own from then on',
    asked([own, ticket(3, { from: 0 }), ticket(4, { from: 1 })], [], 11),
    'held by 4 until 20',
  ],
  [
    'the one before the older one ended early: the next has had its turn from then on',
    asked([own, ticket(3, { from: 0 }, passed(3)), ticket(4, { from: 1 })]),
    'held by 4 until 13',
  ],
  [
    'the older one says when its turn came',
    asked([own, ticket(3, { from: 0 }, passed(2)), ticket(4, { from: 1 }, turn(3))]),
    'held by 4 until 13',
  ],
  [
    'the older one had nobody before it: its budget runs from its beginning',
    asked([own, ticket(3, { from: 0 }, passed(1)), ticket(4, { from: 2 })]),
    'held by 4 until 12',
  ],
  ['the older one does not say how long it may take', asked([own, unbounded(3, 0)]), 'held by 3 until 30'],
  ['and half an hour is over', asked([own, unbounded(3, 0)], [], 30), 'own'],
  [
    'the older one takes its change back, and nobody has recorded yet how',
    asked([own, ticket(3, { from: 0 }, failed(1), restoring(1))]),
    'held by 3 until 10',
  ],
  [
    'the older one takes its change back, and is at it',
    asked([
      own,
      ticket(3, { from: 0 }, failed(1), restoring(1)),
      ticket(6, { kind: 'rollback', from: 1, change: '3' }),
    ]),
    'held by 3 until 10',
  ],
  [
    'the older one has taken its change back',
    asked([
      own,
      ticket(3, { from: 0 }, failed(1), restoring(1)),
      ticket(6, { kind: 'rollback', from: 1, change: '3' }, passed(3), restored(3)),
    ]),
    'own',
  ],
  [
    'the older one began to take its change back a second time',
    asked([
      own,
      ticket(3, { from: 0 }, failed(1), restoring(1)),
      ticket(6, { kind: 'rollback', from: 1, change: '3' }, abandoned(2)),
      ticket(7, { kind: 'rollback', from: 3, change: '3' }),
    ]),
    'held by 3 until 10',
  ],
  [
    'the older one gave up taking its change back',
    asked([own, ticket(3, { from: 0 }, failed(1), restoring(1), abandoned(4))]),
    'own',
  ],
  [
    'its own change is being taken back: that is no ticket of somebody else',
    asked([own, ticket(6, { kind: 'rollback', from: 4, change: '5' })]),
    'own',
  ],
  [
    'a rollback that began before',
    asked([own, ticket(3, { kind: 'rollback', from: 3 })]),
    'held by 3 until 13',
  ],
  [
    'a rollback that began before has ended',
    asked([own, ticket(3, { kind: 'rollback', from: 3 }, passed(4), restored(4))]),
    'own',
  ],
  [
    'a rollback waits for nobody: its time runs from its beginning, whoever was there before it',
    asked([own, ticket(2, { from: 0 }, abandoned(9)), ticket(3, { kind: 'rollback', from: 1 })], [], 10),
    'held by 3 until 11',
  ],
  [
    'a rollback that somebody asked for meanwhile',
    asked([own, ticket(6, { kind: 'rollback', from: 5 })]),
    'overtaken by 6',
  ],
  [
    'a rollback meanwhile, and an older deploy: it is over either way',
    asked([own, ticket(3, { from: 0 }), ticket(6, { kind: 'rollback', from: 5 })]),
    'overtaken by 6',
  ],
  [
    'a rollback meanwhile that has ended with what it wanted live',
    asked([own, ticket(6, { kind: 'rollback', from: 4 }, passed(5), restored(5))]),
    'overtaken by 6',
  ],
  [
    'a rollback meanwhile whose run is over',
    asked([own, ticket(6, { kind: 'rollback', from: 5 })], [6]),
    'own',
  ],
  [
    'a rollback meanwhile whose budget is over',
    asked([own, ticket(6, { kind: 'rollback', from: 5 })], [], 15),
    'own',
  ],
  [
    'its own record was written twice, the answer to the first was lost',
    asked([ticket(5, { from: 4, nonce: 'n' }), ticket(4, { from: 4, nonce: 'n' })]),
    'own',
  ],
  [
    'its own record was written twice, and another run opened one in between: the first counts',
    asked([ticket(3, { from: 3, nonce: 'n' }), ticket(4, { from: 3 }), ticket(5, { from: 4, nonce: 'n' })]),
    'own',
  ],
  [
    'and that other run gives way',
    {
      ...asked([
        ticket(3, { from: 3, nonce: 'n' }),
        ticket(4, { from: 3 }),
        ticket(5, { from: 4, nonce: 'n' }),
      ]),
      own: '4',
    },
    'held by 3 until 13',
  ],
  [
    'the record of another run was written twice: its budget counts once',
    asked([own, ticket(2, { from: 1, nonce: 'n' }), ticket(3, { from: 1, nonce: 'n' })], [], 11),
    'own',
  ],
  [
    'and the run is known to be over by the second',
    asked([own, ticket(2, { from: 1, nonce: 'n' }), ticket(3, { from: 1, nonce: 'n' })], [3]),
    'own',
  ],
  [
    'the record of another run was written twice, and that run has ended',
    asked([own, ticket(2, { from: 1, nonce: 'n' }), ticket(3, { from: 1, nonce: 'n' }, passed(3))]),
    'own',
  ],
  [
    'its own record is not to be seen yet: whoever is there goes first',
    asked([ticket(3, { from: 0 })]),
    'held by 3 until 10',
  ],
  ['neither its own record nor any other is to be seen yet', asked([]), 'own'],
];

describe('whose turn it is to change a target', () => {
  it.each(cases)('%s', (_name, question, expected) => {
    expect(answer(question)).toBe(expected);
    expect(answer({ ...question, records: question.records.toReversed() })).toBe(expected);
  });
});

const rollbacks: readonly (readonly [string, Parameters<typeof turnOf>[0], string | undefined])[] = [
  ['nobody else is there', asked([own]), undefined],
  ['a deploy waits behind', asked([own, ticket(6, { from: 4 })]), undefined],
  ['somebody has asked for one meanwhile', asked([own, ticket(6, { kind: 'rollback', from: 5 })]), '6'],
  ['it has ended', asked([own, ticket(6, { kind: 'rollback', from: 5 }, restored(5))]), undefined],
  ['it has given up', asked([own, ticket(6, { kind: 'rollback', from: 5 }, abandoned(5))]), undefined],
  ['its budget is over', asked([own, ticket(6, { kind: 'rollback', from: 5 })], [], 15), undefined],
  ['its run is over', asked([own, ticket(6, { kind: 'rollback', from: 5 })], [6]), undefined],
  [
    'it is the automatic restore of a deploy',
    asked([own, ticket(6, { kind: 'rollback', from: 5, change: '5' })]),
    undefined,
  ],
  ['it began before, and was passed by nobody', asked([own, ticket(3, { kind: 'rollback', from: 3 })]), '3'],
];

describe('the rollback that an automatic restore leaves the field to', () => {
  it.each(rollbacks)('%s', (_name, question, expected) => {
    expect(rollbackUnderWay(question)?.id).toBe(expected);
  });
});

describe('what came to its end before and after', () => {
  const back = (from: number, ...facts: Told[]) => ticket(6, { kind: 'rollback', from }, ...facts);
  const activated = (minutes: number): Told => [{ kind: 'activated', release: 'v4' }, minutes];
  const waited = ticket(5, { from: 4 }, turn(4.3));
  const first = ticket(3, { from: 0 }, passed(4.2));

  it('a verdict that a smoke test adds to an older record lengthens no ticket', () => {
    const records = [own, ticket(3, { from: 1 }), ticket(2, { from: -60 }, passed(-50), passed(9))];
    expect(answer(asked(records, [], 10))).toBe('held by 3 until 11');
    expect(answer(asked(records, [], 12))).toBe('own');
  });

  it('nor makes it one that ended meanwhile', () => {
    expect(turnOf(asked([own, ticket(2, { from: -60 }, passed(-50), passed(4.5))]))).toEqual({ kind: 'own' });
  });

  it('one that ended unseen since the own record was written is told', () => {
    expect(turnOf(asked([own, ticket(3, { from: 0 }, passed(4.5))]))).toEqual({
      kind: 'own',
      meanwhile: true,
    });
  });

  it('who waited for it has seen what it left', () => {
    expect(turnOf(asked([waited, first], [], 10))).toEqual({ kind: 'own' });
  });

  it.each([
    ['is still under way', back(5)],
    ['has ended with what it wanted live', back(5, activated(6), passed(7), restored(7))],
    ['has given up half way', back(5, activated(6), abandoned(7))],
  ])('a later rollback that %s is not shipped over', (_, rollback) => {
    const told = turnOf(asked([rollback, waited, first], [], 10));
    expect(told).toEqual({ kind: 'overtaken', by: rollback });
  });

  it('a later rollback that came to nothing changes nothing', () => {
    expect(turnOf(asked([back(5, abandoned(7)), waited, first], [], 10))).toEqual({ kind: 'own' });
  });

  it('a way back is over with the newest of its records', () => {
    const change = ticket(3, { from: 0 }, restoring(1));
    const given = ticket(6, { kind: 'rollback', from: 2, change: '3' }, abandoned(3));
    const second = ticket(7, { kind: 'rollback', from: 3, change: '3' });
    expect(isUnderWay(change, [second, given, change])).toBe(true);
    expect(isUnderWay(change, [change, given, second])).toBe(true);
  });
});
