import { describe, expect, it } from 'vitest';
import { Redactor } from '../../packages/core/src/redactor.ts';

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
    const keys = Array.from({ length: 600 }, (_, at) => [`key_${at}`, `value/${at}&"${'x'.repeat(40)}`]);
    const secret = JSON.stringify(Object.fromEntries(keys), null, 2);
    const redactor = new Redactor([secret]);
    const line = '2026-11-29T21:55:00Z app[148e] iad [info] GET "/healthz?a=1&b=2" 200 in 12ms';
    const from = process.cpuUsage();
    for (let at = 0; at < 10_000; at++) expect(redactor.redact(line)).toBe(line);
    const large = `${line.repeat(20_000)}${JSON.stringify({ secret })}${line.repeat(20_000)}`;
    expect(redactor.redact(large)).not.toContain('key_599');
    expect(process.cpuUsage(from).user / 1000).toBeLessThan(4000);
  });
});
