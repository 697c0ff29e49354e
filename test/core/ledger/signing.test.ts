import { describe, expect, it } from 'vitest';
import { readFact, writeFact } from '../../../packages/core/src/ledger/facts.ts';
import { foldRecord, readOpening } from '../../../packages/core/src/ledger/fold.ts';
import { latencyFacts } from '../../../packages/core/src/ledger/latency.ts';
import type { Fact } from '../../../packages/core/src/ledger/record.ts';
import { readSigned, roomBeside, signedText } from '../../../packages/core/src/ledger/signed-text.ts';
import { type FactClaim, type Seal, sealOf } from '../../../packages/core/src/ledger/signing.ts';
import { anIntent } from '../../support/ledger-builders.ts';

const [first, second, strange] = ['a key that signs', 'the key before it', 'somebody’s own key'];
const shop = { owner: 'acme', name: 'shop' };
const seal = (keys: readonly string[], repository = shop) => sealOf(keys, repository) as Seal;
const ours = seal([first]);
const at = '2026-11-21T08:00:00Z';
const now = Date.parse(at);
const moment = now / 1000;
const claim: FactClaim = { record: '9', state: 'success', text: 'belay/1 verdict pass', moment };
const signature = ours.fact(claim);

describe('the signature of a fact', () => {
  it('is 22 characters, the same each time, and not that of another key', () => {
    expect(signature).toMatch(/^[\w-]{22}$/);
    expect(seal([first, second]).fact(claim)).toBe(signature);
    expect(seal([second, first]).fact(claim)).not.toBe(signature);
  });

  it.each([
    ['as it was written', ours, claim, signature, undefined],
    [
      'in a repository named in other case',
      seal([first], { owner: 'Acme', name: 'SHOP' }),
      claim,
      signature,
      undefined,
    ],
    ['by the second of two keys', seal([second, first]), claim, signature, undefined],
    ['on another record', ours, { ...claim, record: '10' }, signature, 'wrong'],
    ['in another state', ours, { ...claim, state: 'failure' }, signature, 'wrong'],
    ['in another repository', seal([first], { owner: 'acme', name: 'api' }), claim, signature, 'wrong'],
    ['in another owner’s', seal([first], { owner: 'eve', name: 'shop' }), claim, signature, 'wrong'],
    ['signed at another moment', ours, { ...claim, moment: moment + 1 }, signature, 'wrong'],
    ['with other words', ours, { ...claim, text: 'belay/1 verdict fail' }, signature, 'wrong'],
    ['cut', ours, claim, signature.slice(0, -1), 'wrong'],
    ['with a character more', ours, claim, `${signature}A`, 'wrong'],
    ['as no text of ours', ours, claim, 'ä'.repeat(11), 'wrong'],
    ['by another key', ours, claim, seal([strange]).fact(claim), 'wrong'],
    ['by the key that was taken out', seal([first]), claim, seal([second]).fact(claim), 'wrong'],
    ['by nobody', ours, claim, undefined, 'unsigned'],
  ] as const)('is judged right: %s', (_, reader, given, sign, doubt) => {
    expect(reader.doubtFact(given, sign)).toBe(doubt);
  });

  it('is not made without a key, nor where there is no repository', () => {
    expect([sealOf([], shop), sealOf([first], undefined)]).toEqual([undefined, undefined]);
  });
});

const fields = { ...anIntent({ nonce: 'abcdefgh' }) };
const signed = { ...fields, signature: ours.intent({ kind: 'deploy', fields }) };

describe('the signature of an intent', () => {
  it.each([
    ['as it was written', 'deploy', signed, undefined],
    ['in another order', 'deploy', Object.fromEntries(Object.entries(signed).reverse()), undefined],
    ['as a rollback', 'rollback', signed, 'wrong'],
    ['of another commit', 'deploy', { ...signed, commit: 'f'.repeat(40) }, 'wrong'],
    ['of another run', 'deploy', { ...signed, run: '78' }, 'wrong'],
    ['of another attempt', 'deploy', { ...signed, attempt: 2 }, 'wrong'],
    ['with a field more', 'deploy', { ...signed, later: true }, 'wrong'],
    ['with a field less', 'deploy', { ...signed, nonce: undefined }, 'wrong'],
    ['without its signature', 'deploy', fields, 'unsigned'],
    ['with a signature that is no text', 'deploy', { ...fields, signature: 7 }, 'wrong'],
    ['with an empty signature', 'deploy', { ...fields, signature: '' }, 'wrong'],
  ] as const)('is judged right: %s', (_, kind, given, doubt) => {
    expect(ours.doubtIntent({ kind, fields: given })).toBe(doubt);
  });

  it('covers fields of a later version', () => {
    const later = { ...fields, later: { b: 1, a: [2] } };
    const of = (more: object) => ({
      ...later,
      ...more,
      signature: ours.intent({ kind: 'deploy', fields: later }),
    });
    expect(ours.doubtIntent({ kind: 'deploy', fields: of({}) })).toBeUndefined();
    expect(ours.doubtIntent({ kind: 'deploy', fields: of({ later: { a: [3], b: 1 } }) })).toBe('wrong');
  });
});

it('a payload nested deeper than the stack is no payload of ours, and nothing breaks on it', () => {
  const deep = JSON.parse(`${'['.repeat(20_000)}${']'.repeat(20_000)}`);
  expect(ours.doubtIntent({ kind: 'deploy', fields: { ...signed, deep } })).toBe('wrong');
});

describe('a signed status description', () => {
  const text = signedText(ours, claim, now);

  it('ends in when it was signed and its signature, and says the same to who has no key', () => {
    expect(text).toBe(`belay/1 verdict pass ~0toue80${signature}`);
    expect(readSigned(text)).toEqual({ text: 'belay/1 verdict pass', moment, signature });
    const { facts } = foldRecord({ id: '9', kind: 'deploy', created: at, intent: anIntent() }, [row(text)]);
    expect(facts).toEqual([{ fact: { kind: 'verdict', verdict: 'pass' }, at }]);
  });

  it.each([
    ['no signature', 'belay/1 verdict pass'],
    ['a short one', 'belay/1 verdict pass ~abc'],
    ['one without its moment', `belay/1 verdict pass ~${signature}`],
    ['a word that only looks like one', `belay/1 abandoned x~0toue80${signature}`],
  ])('has %s', (_, description) => {
    expect(readSigned(description)).toEqual({ text: description });
  });

  it('takes no name that starts like one for it', () => {
    const fact: Fact = { kind: 'abandoned', by: `~0toue80${signature}` };
    const line = writeFact(fact);
    expect(readSigned(line)).toEqual({ text: line });
    expect(readFact(line)).toEqual(fact);
  });

  it('has room for both: the fact gives way', () => {
    const room = roomBeside(ours);
    expect([room, roomBeside(undefined)]).toEqual([109, 140]);
    const digest = `sha256:${'a'.repeat(64)}`;
    const marks = Array.from({ length: 9 }, (_, at) => ({
      check: `check number ${at}`,
      metric: 'p95' as const,
      ms: 1234.5,
      samples: 30,
    }));
    const facts: readonly Fact[] = [
      { kind: 'shipped', release: 'v1234', label: 'v'.repeat(99), artifact: digest },
      { kind: 'turn', previous: 'v1', barrier: false, fleet: { [`web/${'x'.repeat(99)}`]: 2 } },
      ...latencyFacts(marks, 2, room),
    ];
    const lines = facts.map((fact) => writeFact(fact, room));
    const descriptions = lines.map((line) => signedText(ours, { ...claim, text: line }, now));
    expect(descriptions.filter(({ length }) => length > 140)).toEqual([]);
    expect(lines.map((line) => readFact(line)?.kind)).toEqual(['shipped', 'turn', 'latency', 'latency']);
    expect(readFact(lines[0] ?? '')).toMatchObject({ release: 'v1234', artifact: digest });
  });
});

function row(description: string, state = 'success', created = at) {
  return { description, state, created };
}

describe('a record that is read with a key', () => {
  const opened = (payload: object, task = 'belay:deploy') =>
    readOpening({ id: '9', task, created: at, payload }, ours);
  const passed = { kind: 'verdict', verdict: 'pass' } as const;

  it('keeps what is not proven apart', () => {
    const record = foldRecord(
      opened(signed) as NonNullable<ReturnType<typeof opened>>,
      [
        row(signedText(ours, claim, now), 'failure'),
        row('belay/1 verdict fail'),
        row(signedText(ours, claim, now)),
      ],
      ours,
    );
    expect(record).toEqual({
      id: '9',
      kind: 'deploy',
      created: at,
      intent: signed,
      facts: [{ fact: passed, at }],
      unproven: [
        { fact: { kind: 'verdict', verdict: 'fail' }, at, doubt: 'unsigned' },
        { fact: passed, at, doubt: 'wrong' },
      ],
    });
  });

  it.each([
    ['as long after as clocks may differ', '2026-11-21T08:05:00Z', undefined],
    ['later than that', '2026-11-21T08:05:01Z', 'wrong'],
    ['as long before', '2026-11-21T07:55:00Z', undefined],
    ['before that', '2026-11-21T07:54:59Z', 'wrong'],
    ['at no time', 'soon', 'wrong'],
  ])('minds when a fact was posted, and when it was signed: %s', (_, created, doubt) => {
    const opening = opened(signed) as NonNullable<ReturnType<typeof opened>>;
    const said = { fact: passed, at: created };
    expect(foldRecord(opening, [row(signedText(ours, claim, now), 'success', created)], ours)).toMatchObject(
      doubt === undefined ? { facts: [said] } : { facts: [], unproven: [{ ...said, doubt }] },
    );
  });

  it('has a fact once that was posted again within minutes, and one that was signed again twice', () => {
    const opening = opened(signed) as NonNullable<ReturnType<typeof opened>>;
    const failed = signedText(
      ours,
      { ...claim, text: 'belay/1 verdict fail', state: 'failure' },
      now + 1_000,
    );
    const [first, again] = [0, 2_000].map((later) => signedText(ours, claim, now + later)) as [
      string,
      string,
    ];
    const later = (seconds: number) => `2026-11-21T08:00:0${seconds}Z`;
    const rows = [
      row(again, 'success', later(4)),
      row(first, 'success', later(3)),
      row(failed, 'failure', later(1)),
      row(first),
    ];
    expect(foldRecord(opening, rows, ours).facts).toEqual([
      { fact: passed, at },
      { fact: { kind: 'verdict', verdict: 'fail' }, at: later(1) },
      { fact: passed, at: later(4) },
    ]);
    expect(foldRecord(opening, rows, ours).unproven).toBeUndefined();
  });

  it('is not told what it stands on by a turn that nobody signed', () => {
    const record = foldRecord(
      opened(signed) as NonNullable<ReturnType<typeof opened>>,
      [row('belay/1 turn v99 barrier')],
      ours,
    );
    expect(record.intent).toEqual(signed);
  });

  it.each([
    ['nobody signed', fields, 'belay:deploy', 'unsigned'],
    [
      'another key signed',
      { ...fields, signature: seal([strange]).intent({ kind: 'deploy', fields }) },
      'belay:deploy',
      'wrong',
    ],
    ['was signed as a deploy and stands as a rollback', signed, 'belay:rollback', 'wrong'],
  ])('has no facts where %s its intent', (_, payload, task, doubt) => {
    const opening = opened(payload, task);
    expect(opening?.doubt).toBe(doubt);
    const record = foldRecord(
      opening as NonNullable<typeof opening>,
      [row(signedText(ours, claim, now))],
      ours,
    );
    expect([record.facts, record.unproven]).toEqual([[], [{ fact: passed, at, doubt }]]);
  });

  it.each(['object', 'once', 'twice'])('is proven in whatever way GitHub encodes it: %s', (encoding) => {
    const once = JSON.stringify(signed);
    const payload = { object: signed, once, twice: JSON.stringify(once) }[encoding];
    const row = { id: '9', task: 'belay:deploy', created: at, payload };
    expect(readOpening(row, ours)).toEqual({ id: '9', kind: 'deploy', created: at, intent: signed });
  });
});
