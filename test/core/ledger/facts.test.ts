import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFact, writeFact } from '../../../packages/core/src/ledger/facts.ts';
import type { Fact } from '../../../packages/core/src/ledger/record.ts';

const digest = `sha256:${'a'.repeat(64)}`;

const lines: [string, Fact][] = [
  [
    `belay/1 shipped rel_1 v43 ${digest}`,
    { kind: 'shipped', release: 'rel_1', label: 'v43', artifact: digest },
  ],
  ['belay/1 shipped rel_1 v43 -', { kind: 'shipped', release: 'rel_1', label: 'v43', artifact: null }],
  ['belay/1 activated rel_1', { kind: 'activated', release: 'rel_1' }],
  ['belay/1 staged rel_1', { kind: 'staged', release: 'rel_1' }],
  ['belay/1 turn - open', { kind: 'turn', previous: null, barrier: false }],
  [
    'belay/1 turn v42 barrier web/iad 2 worker/iad 0',
    { kind: 'turn', previous: 'v42', barrier: true, fleet: { 'web/iad': 2, 'worker/iad': 0 } },
  ],
  [
    'belay/1 turn v42 open constructor 1 __proto__ 2',
    {
      kind: 'turn',
      previous: 'v42',
      barrier: false,
      fleet: Object.fromEntries([
        ['constructor', 1],
        ['__proto__', 2],
      ]),
    },
  ],
  ['belay/1 verdict pass', { kind: 'verdict', verdict: 'pass' }],
  ['belay/1 verdict settled', { kind: 'verdict', verdict: 'settled' }],
  [
    'belay/1 latency home%20page p95 182.4 n 30 cart p50 9 n 20',
    {
      kind: 'latency',
      of: [
        { check: 'home page', metric: 'p95', ms: 182.4, samples: 30 },
        { check: 'cart', metric: 'p50', ms: 9, samples: 20 },
      ],
    },
  ],
  ['belay/1 restoring rel_1', { kind: 'restoring', release: 'rel_1' }],
  ['belay/1 restored rel_1', { kind: 'restored', release: 'rel_1' }],
  ['belay/1 abandoned rel_2', { kind: 'abandoned', by: 'rel_2' }],
];

describe('a fact', () => {
  it.each(lines)('is written as %s', (line, fact) => {
    expect(writeFact(fact)).toBe(line);
  });

  it.each(lines)('is read from %s', (line, fact) => {
    expect(readFact(line)).toEqual(fact);
  });

  it.each([
    ['spaces', 'my release'],
    ['a percent sign', '100%'],
    ['line breaks', 'a\nb'],
    ['control characters', '\u001b[31m\u0007'],
    ['a lone dash', '-'],
  ])('survives %s in a name', (_, release) => {
    const fact: Fact = { kind: 'shipped', release, label: release, artifact: release };
    expect(readFact(writeFact(fact))).toEqual(fact);
  });

  it('gives up the end of its label first, then its artifact, and stays readable', () => {
    const release = 'r'.repeat(36);
    const cutLabel = writeFact({
      kind: 'shipped',
      release,
      label: 'é %'.repeat(30),
      artifact: 'd'.repeat(36),
    });
    expect(cutLabel.length).toBeLessThanOrEqual(140);
    expect(readFact(cutLabel)).toMatchObject({ release, artifact: 'd'.repeat(36) });
    expect(writeFact({ kind: 'shipped', release, label: 'v1', artifact: 'd'.repeat(120) })).toBe(
      `belay/1 shipped ${release} v1 -`,
    );
  });

  it.each([
    [''],
    ['Deployed by Ada'],
    ['belay/2 verdict pass'],
    ['belay/1'],
    ['belay/1 verdict'],
    ['belay/1 verdict perfect'],
    ['belay/1 verdict pass twice'],
    ['belay/1  verdict pass'],
    ['belay/1 activated'],
    ['belay/1 activated '],
    ['belay/1 activated a b'],
    ['belay/1 activated 100%'],
    ['belay/1 shipped a b'],
    ['belay/1 shipped a b c d'],
    ['belay/1 latency'],
    ['belay/1 latency home p95 fast n 3'],
    ['belay/1 latency home p95 3'],
    ['belay/1 latency home p95 -3 n 1'],
    ['belay/1 latency home p97 3 n 1'],
    ['belay/1 latency home p95 3 samples 1'],
    ['belay/1 latency home p95 3 n 1 cart'],
    ['belay/1 latency home p95 3 n 1 cart p95 3 n'],
    ['belay/1 abandoned a b'],
    ['belay/1 toString x'],
    ['BELAY/1 verdict pass'],
    [' belay/1 verdict pass'],
  ])('%j is passed over', (text) => {
    expect(readFact(text)).toBeUndefined();
  });

  it('never throws, whatever the text', () => {
    fc.assert(fc.property(fc.string(), (text) => void readFact(`belay/1 ${text}`)));
  });
});
