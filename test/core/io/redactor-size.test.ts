import { describe, expect, it } from 'vitest';
import { createLineSplitter } from '../../../packages/core/src/io/line-splitter.ts';
import { Redactor } from '../../../packages/core/src/io/redactor.ts';

/** JSON of 40 kB, as a service account's key is. */
const keys = Array.from({ length: 600 }, (_, at) => [`key_${at}`, `value/${at}&"${'x'.repeat(40)}`]);
const large = JSON.stringify(Object.fromEntries(keys), null, 2);

/** Processor time that `work` takes, milliseconds: what else the machine does is not counted. */
function processorTime(work: () => void): number {
  const from = process.cpuUsage();
  work();
  return process.cpuUsage(from).user / 1000;
}

describe('a redactor', () => {
  it('hides a secret of a megabyte, and half of one at an edge', () => {
    const secret = `top${'s'.repeat(1_000_000)}`;
    const redactor = new Redactor([secret, 'short']);
    expect(redactor.redact(`a ${secret} b short`)).toBe('a *** b ***');
    expect(redactor.excerpt(`a ${secret} b`, 10)).toBe('a ***…');
  });

  it('hides thousands of secrets without holding up who writes', () => {
    const redactor = new Redactor([]);
    const from = performance.now();
    for (let at = 0; at < 1000; at++) redactor.add(`token-${at}-${'x'.repeat(700)}`);
    for (let at = 0; at < 100; at++)
      expect(redactor.redact('GET https://shop.example/ → 200')).toMatch(/200$/);
    expect(redactor.redact(`it is token-999-${'x'.repeat(700)}.`)).toBe('it is ***.');
    expect(performance.now() - from).toBeLessThan(5000);
  });

  it('lets a log of ten thousand lines and a text of megabytes pass, though it looks for JSON of 40 kB', () => {
    const redactor = new Redactor([large]);
    const line = '2026-11-29T21:55:00Z app[148e] iad [info] GET "/healthz?a=1&b=2" 200 in 12ms';
    const took = processorTime(() => {
      for (let at = 0; at < 10_000; at++) expect(redactor.redact(line)).toBe(line);
      const text = `${line.repeat(20_000)}${JSON.stringify({ large })}${line.repeat(20_000)}`;
      expect(redactor.redact(text)).not.toContain('key_599');
    });
    expect(took).toBeLessThan(4000);
  });
});

describe('a redactor that looks for 40 kB is held up by no text, such as', () => {
  const megabyte = 1_000_000;
  const nested = (depth: number, text: string): string =>
    depth === 0 ? text : nested(depth - 1, JSON.stringify(text));
  const secrets = { JSON: large, 'one character': 'a'.repeat(40_000), cuts: '…'.repeat(40_000) };
  const texts = {
    '65 kB of …': '…'.repeat(65_536),
    'a megabyte of …': '…'.repeat(megabyte),
    '… and a letter': '…a'.repeat(megabyte / 2),
    '… far apart': `${'a'.repeat(9_000)}…b${'a'.repeat(9_000)}`.repeat(50),
    'starts of its lines': 'key_'.repeat(megabyte / 4),
    'starts of its lines, each cut': 'key_…'.repeat(megabyte / 5),
    'starts of its lines, each cut too late': 'key_5x…y": '.repeat(megabyte / 10),
    'all of it but the last character': large.slice(0, -1).repeat(25),
    'all of it but the first, behind a …': `…${large.slice(1)}`.repeat(25),
    'its hex, cut': `${Buffer.from(large).toString('hex').slice(0, 70_000)}…`.repeat(14),
    'one letter': 'a'.repeat(megabyte),
    references: '&amp;'.repeat(megabyte / 5),
    'references without end': '&#x'.repeat(megabyte / 3),
    'percent signs': '%25'.repeat(megabyte / 3),
    'percent signs that are escaped': `${'%25'.repeat(300)}41…`.repeat(1_000),
    backslashes: '\\'.repeat(megabyte),
    'quotes in JSON in JSON, 14 deep': nested(14, '"…').repeat(30),
    'blanks and cuts': ' \n…\t'.repeat(megabyte / 4),
  };
  const rows = Object.entries(secrets).flatMap(([secret, value]) =>
    Object.entries(texts).map(([text, shown]) => [text, secret, value, shown] as const),
  );
  it.each(rows)('%s, for a secret of %s', (_, __, secret, text) => {
    const redactor = new Redactor([secret]);
    redactor.redact('once, to begin with');
    expect(processorTime(() => redactor.redact(text))).toBeLessThan(3000);
  });

  it('a line without end that comes in small chunks', () => {
    const splitter = createLineSplitter(new Redactor([large]));
    let length = 0;
    const took = processorTime(() => {
      for (let at = 0; at < 40_000; at++)
        for (const line of splitter.push('a'.repeat(100))) length += line.length;
      for (const line of splitter.end()) length += line.length;
    });
    expect(length).toBe(4_000_000);
    expect(took).toBeLessThan(3000);
  });

  it('and twice a text takes about twice as long', () => {
    const redactor = new Redactor([large]);
    const time = (length: number) => processorTime(() => redactor.redact('key_…'.repeat(length)));
    time(20_000);
    expect(time(400_000)).toBeLessThan(4 * time(200_000) + 100);
  });
});
