import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFact, writeFact } from '../../../packages/core/src/ledger/facts.ts';
import { latencyFacts, ledgerName, verifiedLatencies } from '../../../packages/core/src/ledger/latency.ts';
import type { Fact, LatencyMeasurement } from '../../../packages/core/src/ledger/record.ts';
import { anIntent, aRecord } from '../../support/ledger-builders.ts';

const mark = (check: string, ms = 120, samples = 50): LatencyMeasurement => ({
  check,
  metric: 'p95',
  ms,
  samples,
});
const shipped = (id: string, label = id): Fact => ({ kind: 'shipped', release: id, label, artifact: null });
const verdict = (one: 'pass' | 'fail' | 'settled'): Fact => ({ kind: 'verdict', verdict: one });
const latency = (...of: LatencyMeasurement[]): Fact => ({ kind: 'latency', of });

describe('the name of a check in the ledger', () => {
  it('stays as it is where it fits', () => {
    expect(ledgerName('home page')).toBe('home page');
  });

  it('is cut where it does not fit, and told apart by a hash of the whole', () => {
    expect(ledgerName('the page of a product that has very many reviews')).toMatch(
      /^the page of a product that ~[0-9a-f]{8}$/,
    );
  });

  it('differs for names that begin alike', () => {
    const long = 'x'.repeat(60);
    expect(ledgerName(`${long}1`)).not.toBe(ledgerName(`${long}2`));
  });
});

describe('latencies', () => {
  it('stand several in one status', () => {
    const facts = latencyFacts([mark('home'), mark('cart', 80.5), mark('search', 7)], 2);
    expect(facts.map(writeFact)).toEqual([
      'belay/1 latency home p95 120 n 50 cart p95 80.5 n 50 search p95 7 n 50',
    ]);
  });

  it('take no more statuses than they may, whatever is left out', () => {
    const marks = Array.from({ length: 30 }, (_, index) => mark(`check number ${index}`));
    const facts = latencyFacts(marks, 2);
    const kept = facts.flatMap((fact) => (fact.kind === 'latency' ? fact.of : []));
    expect(facts).toHaveLength(2);
    expect(kept).toEqual(marks.slice(0, kept.length));
    expect(kept.length).toBeGreaterThan(5);
  });

  it('fit their statuses and read back as themselves, whatever the checks are called', () => {
    const name = fc.string({ minLength: 1, maxLength: 200, unit: 'grapheme' }).map(ledgerName);
    const ms = fc.integer({ min: 0, max: 6_000_000 }).map((tenths) => tenths / 10);
    const marks = fc.array(fc.tuple(name, ms, fc.integer({ min: 2, max: 100_000 })), { maxLength: 6 });
    fc.assert(
      fc.property(marks, (given) => {
        for (const fact of latencyFacts(
          given.map((one) => mark(...one)),
          9,
        )) {
          const line = writeFact(fact);
          expect(line.length).toBeLessThanOrEqual(140);
          expect(readFact(line)).toEqual(fact);
        }
      }),
    );
  });
});

describe('what the last verified releases measured', () => {
  it('is of each check the newest of a release that is verified still', () => {
    const records = [
      aRecord(
        { id: '5', intent: anIntent({ commit: 'e' }) },
        shipped('v5'),
        verdict('settled'),
        latency(mark('home', 9)),
      ),
      aRecord(
        {
          id: '4',
          kind: 'rollback',
          created: '2026-11-20T09:00:00Z',
          intent: anIntent({ restores: 'v1', replaces: 'v3' }),
        },
        { kind: 'activated', release: 'v4' },
        verdict('pass'),
      ),
      aRecord(
        { id: '3', created: '2026-11-19T09:00:00Z' },
        shipped('v3'),
        verdict('pass'),
        latency(mark('home', 500)),
      ),
      aRecord(
        { id: '2', created: '2026-11-18T09:00:00Z' },
        shipped('v2', 'the second'),
        verdict('pass'),
        latency(mark('home', 120)),
        verdict('pass'),
        latency(mark('home', 130, 40)),
      ),
      aRecord(
        { id: '1', created: '2026-11-17T09:00:00Z' },
        shipped('v1'),
        verdict('pass'),
        latency(mark('home', 100), mark('cart', 70)),
      ),
    ];
    expect(Object.fromEntries(verifiedLatencies(records))).toEqual({
      home: { label: 'the second', at: '2026-11-18T09:00:00Z', samples: 40, measured: { p95: 130 } },
      cart: { label: 'v1', at: '2026-11-17T09:00:00Z', samples: 50, measured: { p95: 70 } },
    });
  });

  it('is nothing where no verified release measured anything', () => {
    expect([...verifiedLatencies([aRecord({}, shipped('v1'), verdict('pass'))])]).toEqual([]);
  });
});
