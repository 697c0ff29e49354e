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
});
